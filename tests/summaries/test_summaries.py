"""Summaries: what may stand in one, limits, order, methods, quotations, dates, figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.language import analyse, extract_terms, split_sentences
from briefing.model import Analysis, Article, Moment, Span
from briefing.summaries import (
    SUMMARISERS,
    Limit,
    digest_articles,
    headline_line,
    may_stand_alone,
    standalone_faults,
    summarise,
    summarise_at_level,
)
from briefing.summaries.coherence.datelines import strip_dateline
from briefing.summaries.coherence.sentence_faults import (
    find_faults,
    has_dangling_pronoun,
    required_context,
)
from briefing.summaries.facets.figures import extract_figures
from briefing.summaries.facets.quotations import extract_quotations
from briefing.summaries.facets.relative_dates import extract_days
from briefing.summaries.facets.timeline import extract_timeline
from briefing.summaries.jsonl import explanation_records, parse_articles, summary_record

STRIKE = """HALDEN, March 3 (Marrow Wire) - Dockers at the Port of Halden walked out on Tuesday over pay.
Read more: the strike in pictures
The harbour union said 3,200 workers had joined the strike.
It wants a rise of 9 per cent this year.
“We will go back when there is an offer worth going back for, and not before,” said union leader Marit Osei.
But the port refused to talk.
Port chief Calder Voss said the walkout had cost 18 million crowns on Monday.
I was there when the gates closed, and you should have seen it.
Talks between the port and the harbour union collapsed on Wednesday night, officials said."""


def article(
    text: str, name: str = "a", *, published: date | None = date(2026, 3, 4), language: str = "en"
) -> Article:
    moment = Moment.on(published) if published else None
    return Article(
        name * 4,
        text,
        published=moment,
        language=language,
        analysis=analyse(text, language=language),
    )


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Read more: the strike in pictures, day by day.", "boilerplate"),
        ("Dockers at the gates (pictured) on Tuesday morning.", "caption"),
        ("On strike: Dockers at the gates of the port on Tuesday.", "caption"),
        ("Strike at the port", "fragment"),
        ("and then the port closed its gates.", "lower-case start"),
        ("“We will stay, the union leader said on Tuesday.", "unbalanced quotation"),
        ("Mr Voss added on Monday.", "attribution only"),
        ("I saw the gates close on Tuesday morning.", "first or second person"),
        ("CNN asked the port for comment on Tuesday.", "outlet speaks of itself"),
        ("The port was closed for good.Then it opened again on Tuesday.", "sentences run together"),
        ("Dockers with Marit Osei, the union leader, on March 3.", "no verb"),
        ("@PortOfHalden or the union should answer that today.", "no statement"),
        ("Must pass the harbour law and build the quay.", "no statement"),
        ("Consider the harbour that nobody wanted in 1990.", "no statement"),
        ("Here’s what the port offered to its dockers on Tuesday.", "teaser"),
        ("CLOSE Dockers walked out of the port on Tuesday.", "boilerplate"),
        ("Dockers left the gates on Tuesday (Photo: Ari Holm).", "boilerplate"),
        ("Dockers at the gate walked out | Getty on Tuesday.", "boilerplate"),
        ("word " * 400 + "end.", "too long"),
    ],
)
def test_a_sentence_with_a_fault_stands_in_no_summary(sentence: str, fault: str) -> None:
    assert fault in find_faults(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Dockers at the Port of Halden walked out on Tuesday.",
        "“We will stay until there is an offer,” said Marit Osei, leader of the union.",
        "The union, “we” in its letters, wants 9 per cent.",
        "World War I ended in 1918, and the port reopened.",
        "US dockers sent a message to the union on Tuesday.",
        "Police said: “Nobody was hurt when the gates closed.”",
        "Both the port and the union will meet on Friday.",
        "Senator Marit Osei (R-Halden) called the offer a joke on Tuesday.",
        "The union shut the most popular of the four terminals.",
    ],
)
def test_a_good_sentence_has_no_fault(sentence: str) -> None:
    assert find_faults(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "need"),
    [
        ("He left at once.", "person"),
        ("“His offer is poor,” the union said.", "person"),
        ("They left at once.", "pronoun"),
        ("It wants a rise of 9 per cent.", "pronoun"),
        ("It is unclear whether the port will open.", ""),
        ("It emerged that the port had lost 18 million crowns.", ""),
        ("IT workers joined the strike.", ""),
        ("When they left, the gates closed.", "pronoun"),
        ("In 2015, he led the port.", "person"),
        ("As he left the port, Calder Voss called the union.", ""),
        ("As he left the port, the union called.", "person"),
        ("After Calder Voss had left, he called the union.", ""),
        ("This angered the union.", "demonstrative"),
        ("The decision angered the union.", "demonstrative"),
        ("The decision of the court angered the union.", ""),
        ("The company’s ships waited.", "demonstrative"),
        ("Some said the strike was lost.", "demonstrative"),
        ("Some 200 people came.", ""),
        ("But the port refused.", "connective"),
        ("However, the port refused.", "connective"),
        ("Butter is scarce in Halden.", ""),
        ("First, the port refused.", "connective"),
        ("First Minister Ilse Holm refused.", ""),
        ("“We will go back when there is an offer worth it.”", "speaker"),
        ("'We will go back when there is an offer worth it.'", "speaker"),
    ],
)
def test_what_a_sentence_needs_before_it(sentence: str, need: str) -> None:
    assert required_context(sentence) == need


@pytest.mark.parametrize(
    ("sentence", "leaning"),
    [
        ("When the gates closed, they left for the town.", True),
        ("Nobody thought that it would last.", True),
        ("Marit Osei said that she would go back.", False),
        ("“They left at once,” said Marit Osei.", False),
        (
            (
                "Dockers at the Port of Halden walked out on Tuesday over pay because "
                "they want a better offer."
            ),
            False,
        ),
        ("Dockers walked out on Tuesday.", False),
    ],
)
def test_a_sentence_leans_when_a_pronoun_comes_before_what_it_could_stand_for(
    sentence: str, leaning: bool
) -> None:
    assert has_dangling_pronoun(sentence) is leaning
    assert not has_dangling_pronoun(sentence, language="pl")


@pytest.mark.parametrize(
    ("language", "sentence", "need"),
    [
        ("de", "Sie verließ den Saal.", "pronoun"),
        ("de", "Doch der Hafen blieb zu.", "connective"),
        ("de", "Diese Entscheidung ärgert die Stadt.", "demonstrative"),
        ("de", "Es gibt kein Geld für die Brücke.", ""),
        ("fr", "Il a quitté la salle.", "person"),
        ("fr", "Mais le port est fermé.", "connective"),
        ("fr", "Il faut attendre la décision du juge.", ""),
        ("es", "Sin embargo, el puerto cerró.", "connective"),
        ("es", "Esta decisión molestó a la ciudad.", "demonstrative"),
        ("pl", "On wyszedł z sali.", ""),
    ],
)
def test_needs_in_other_languages(language: str, sentence: str, need: str) -> None:
    assert required_context(sentence, language=language) == need


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        (
            "HALDEN, March 3 (Marrow Wire) - Dockers walked out of the port.",
            "Dockers walked out of the port.",
        ),
        (
            "HALDEN (Marrow Wire) — Dockers walked out of the port.",
            "Dockers walked out of the port.",
        ),
        (
            "HALDEN – Dockers walked out of the port on Tuesday.",
            "Dockers walked out of the port on Tuesday.",
        ),
        (
            "Halden, Vestmark (Reuters) - Dockers walked out of the port.",
            "Dockers walked out of the port.",
        ),
        (
            "Grünau (dpa) - Die Brücke in Grünau bleibt gesperrt.",
            "Die Brücke in Grünau bleibt gesperrt.",
        ),
        (
            "Halden (CNN)Dockers walked out of the port on Tuesday.",
            "Dockers walked out of the port on Tuesday.",
        ),
        ("The Harbour Workers’ Union (HWU) - which has 3,200 members - struck.", None),
        ("Dockers – 3,200 of them – walked out of the port.", None),
    ],
)
def test_a_dateline_is_cut_off_by_place(sentence: str, left: str | None) -> None:
    assert strip_dateline(sentence, Span(0, len(sentence))).of(sentence) == (left or sentence)


def test_a_summary_is_verbatim_in_order_and_free_of_faults() -> None:
    given = article(STRIKE)

    quotes = summarise(given).quotes

    assert str(quotes[0]) == "Dockers at the Port of Halden walked out on Tuesday over pay."
    assert len(quotes) == 3
    assert all(str(quote) in STRIKE for quote in quotes)
    assert list(quotes) == sorted(quotes, key=lambda quote: quote.span)
    assert not any(
        word in str(quote) for quote in quotes for word in ("Read more", "I was there", "HALDEN")
    )


def test_a_sentence_that_leans_on_another_stands_only_behind_it() -> None:
    given = article(STRIKE)
    lines = [span.of(STRIKE) for span in given.sentences]
    leaning = [i for i, line in enumerate(lines) if line.startswith(("It wants", "But the port"))]

    for count in range(1, 8):
        kept = [
            lines.index(str(q)) for q in summarise(given, sentences=count).quotes if str(q) in lines
        ]
        assert all(i - 1 in kept for i in leaning if i in kept)


def test_what_fits_alone_is_told_with_reasons() -> None:
    given = article(STRIKE)

    assert may_stand_alone(given, 0)
    assert standalone_faults(given, 1) == (
        "fragment",
        "boilerplate",
    ) or "boilerplate" in standalone_faults(given, 1)
    assert standalone_faults(given, 3) == ("opens on a pronoun",)
    assert not may_stand_alone(given, 7)


def test_a_text_without_a_good_sentence_gives_its_best_and_boilerplate_gives_none() -> None:
    assert len(summarise(article("It was late when she came to the port.")).quotes) == 1
    assert summarise(article("Read more: the strike")).quotes == ()
    assert summarise(article("")).quotes == ()


@pytest.mark.parametrize("words", [1, 10, 25, 60, 150])
def test_a_digest_never_passes_its_limit_and_never_cuts(words: int) -> None:
    articles = [article(STRIKE, "a"), article(STRIKE.replace("Tuesday", "Monday"), "b")]

    summary = digest_articles(articles, words=words)

    assert summary.words <= words
    assert all(str(quote).endswith((".", "”")) for quote in summary.quotes)


def test_a_digest_says_nothing_twice() -> None:
    articles = [article(STRIKE, name) for name in "abc"]

    lines = [str(quote) for quote in digest_articles(articles, words=500).quotes]

    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("name", sorted(SUMMARISERS))
def test_every_method_ranks_positions_of_its_articles(name: str) -> None:
    articles = (article(STRIKE, "a"), article(STRIKE.replace("pay", "wages"), "b"))
    places = {(a, s) for a, one in enumerate(articles) for s in range(len(one.sentences))}

    ranked = SUMMARISERS[name](articles, limit=Limit(3))

    assert set(ranked) <= places
    assert len(ranked) == len(set(ranked)) > 0
    assert SUMMARISERS[name]((), limit=Limit(3)) == []
    assert (
        len(summarise(articles[0], SUMMARISERS[name], sentences=2, constraints=False).quotes) == 2
    )


def test_the_same_under_any_hash_seed() -> None:
    program = (
        "import json, sys\nfrom briefing.summaries import SUMMARISERS, Limit\n"
        "from briefing.summaries.jsonl import parse_articles\n"
        "record = json.load(sys.stdin)\narticles = parse_articles(record)\n"
        "print(json.dumps({n: s(articles, limit=Limit(4)) for n, s in SUMMARISERS.items()}))"
    )
    documents = [{"title": "Strike", "text": STRIKE}, {"title": "Port", "text": STRIKE.upper()}]
    record = json.dumps({"id": "x", "documents": documents})
    results = set()

    for seed in ("0", "31337"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "OPENBLAS_NUM_THREADS": str(1 + int(seed) % 2),
        }
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=record,
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        results.add(done.stdout)

    assert len(results) == 1


PIECES = st.sampled_from(
    [*STRIKE.splitlines(), "He left.", "(", "“", "It is so. ", "\n", "… ", "A" * 300]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12), st.integers(1, 4))
def test_whatever_the_text_quotes_are_verbatim_in_order_and_few(
    pieces: list[str], count: int
) -> None:
    text = " ".join(pieces)
    spans = tuple(split_sentences(text))
    given = Article(
        "x",
        text,
        language="en",
        analysis=Analysis(spans, tuple(extract_terms(span.of(text)) for span in spans)),
    )

    quotes = summarise(given, sentences=count).quotes

    assert len(quotes) <= count
    assert all(
        any(span.start <= q.span.start and q.span.stop == span.stop for span in spans)
        for q in quotes
    )
    assert [q.span for q in quotes] == sorted({q.span for q in quotes})


# [speaker] marks the name that is to be found; lines without one must be refused.
QUOTATIONS = """
“The port broke promises its rich owners signed for workers,” said Marit Osei.|Marit Osei
“The port broke promises its rich owners signed for workers,” Marit Osei, who leads them, said.|Marit Osei
“The port broke promises its rich owners signed for workers,” Osei told reporters.|Osei
“The port broke promises its rich owners signed for workers,” said Minister Ilse Marendahl.|Minister Ilse Marendahl
Tomas Brekke said: “Nobody trusts them: no town, village, party, paper or union on the river.”|Tomas Brekke
Tomas Brekke said that “the government lost the trust of every town, village, party and paper”.|Tomas Brekke
"The government lost the trust of every town, village, party, paper," said leader Tomas Brekke.|Tomas Brekke
'Nobody trusts them: no town, village, party, paper or union on the river,' Tomas Brekke said.|Tomas Brekke
“Nobody trusts them: no town, village, party, paper or union on the river,” he said.|
“The government lost the trust of every town, village, party and paper,” said a spokesman for Tomas Brekke.|
A spokesman for Tomas Brekke said: “The government has lost the trust of the house and country.”|
“Nobody trusts them: no town, village, party, paper or union on the river,” Tomas Brekke’s lawyer said.|
“The government has lost the trust of the house and country,” said Tomas Brekke and Gerda Holm.|
“A mess,” said Tomas Brekke.|
Tomas Brekke said the government had lost the trust of the house.|
Tomas Brekke left, and in the street people sang: “The government has lost the trust of the house.”|
"""


@pytest.mark.parametrize("case", QUOTATIONS.strip().splitlines())
def test_a_quotation_has_a_certain_speaker_or_is_refused(case: str) -> None:
    sentence, _, speaker = case.partition("|")
    given = article(f"The house met in Halden. {sentence}")

    assert [str(one) for one in extract_quotations(given)] == ([speaker] if speaker else [])


# What stands before a quotation that "he" or "she" says | the speaker, or nobody.
WORDS = "“Nobody trusts them: no town, village, party, paper or union on the river,”"
PRONOUNS = """
Tomas Brekke called the offer a joke.|he said|Tomas Brekke
Mr Tomas Brekke called the offer a joke.|she said|
Tomas Brekke and Marit Osei called the offer a joke.|he said|
He spoke for long about Tomas Brekke.|he said|
The spokesman for Tomas Brekke called it a joke.|he said|
The Harbour Union called the offer a joke.|he said|
Tomas Brekke’s house was shut.|he said|
A letter came from Tomas Brekke.|he said|
Tomas Brekke called the offer a joke.|they said|
Tomas Brekke called the offer a joke.|he told Marit Osei|
The president had accused Mr Tomas Brekke of a joke.|he said|
On Monday, said Tomas Brekke, the offer was a joke.|he said|Tomas Brekke
Ms Osei, who met Tomas Brekke, left early.|she said|
"""


@pytest.mark.parametrize("case", PRONOUNS.strip().splitlines())
def test_a_pronoun_speaks_for_the_one_person_it_can_mean_or_for_nobody(case: str) -> None:
    before, says, speaker = case.split("|")
    given = article(f"The house met in Halden. {before} {WORDS} {says}.")

    assert extract_quotations(given) == []
    assert [str(one) for one in extract_quotations(given, pronouns=True)] == (
        [speaker] if speaker else []
    )


@pytest.mark.parametrize(("level", "most"), [("sentence", 1), ("short", 3), ("long", 9)])
def test_a_level_says_how_much_is_told(level: str, most: int) -> None:
    one, two = article(STRIKE, "a"), article(STRIKE.replace("Tuesday", "Monday"), "b")

    for articles in ([one], [one, two]):
        assert 0 < len(summarise_at_level(articles, level).quotes) <= most
    assert len(summarise_at_level([one], "long").quotes) > len(
        summarise_at_level([one], "short").quotes
    )


def test_the_headline_line_is_the_headline_of_the_best_sentences_article_else_that_sentence() -> (
    None
):
    bare = article(STRIKE)
    headed = replace(bare, headline="Dockers walk out")

    assert str(headline_line([headed])) == "Dockers walk out"
    assert headline_line([bare]) == summarise_at_level([bare], "sentence").quotes[0]
    assert headline_line([article("Read more: the strike")]) is None


def test_without_constraints_the_same_ranking_takes_what_a_reader_would_stumble_over() -> None:
    given = article("Read more: the strike in pictures\n" + STRIKE)

    free = summarise(given, sentences=2, constraints=False)

    assert str(free.quotes[0]) == "Read more: the strike in pictures"
    assert str(summarise(given, sentences=2).quotes[0]) != str(free.quotes[0])


# Published on Wednesday 4 March 2026. Dates after the bar, in order; nothing is to be found where
# there is doubt.
DATES = """
Dockers walked out on Tuesday.|2026-03-03
Dockers walked out on Wednesday.|2026-03-04
Dockers walked out on Thursday.|
Dockers walked out on Friday.|2026-02-27
Officials said on Friday that they would go back.|2026-02-27
They are to be called out Friday.|
Dockers walked out last Friday.|2026-02-27
Dockers walked out last Tuesday.|
Dockers walked out yesterday.|2026-03-03
Dockers walked out last night.|2026-03-03
Dockers walked out three days ago.|2026-03-01
Dockers walked out on 2 March.|2026-03-02
Dockers walked out on March 2, 2025.|2025-03-02
Dockers walked out on December 28.|2025-12-28
Dockers will walk out on Friday.|
Dockers walk out every Friday.|
Dockers met on Fridays.|
Dockers have been out since Monday.|
The port is shut from Monday to Wednesday.|
Dockers met on Black Friday.|
The Sunday Times reported it.|
“We walked out on Monday,” he said.|
Dockers walked out on 31 February.|
Dockers may 3 times walk out.|
USA Today reported it.|
"""


@pytest.mark.parametrize("case", DATES.strip().splitlines())
def test_a_day_is_resolved_against_the_day_of_publication(case: str) -> None:
    sentence, _, expected = case.partition("|")

    found = extract_days(sentence, Span(0, len(sentence)), date(2026, 3, 4))

    assert [day.date.isoformat() for day in found] == expected.split()


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("de", "Am Dienstag stieg der Pegel.", "2026-03-03"),
        ("de", "Der Damm brach am 2. März.", "2026-03-02"),
        ("de", "Der Damm brach gestern.", "2026-03-03"),
        ("fr", "La digue a cédé mardi.", "2026-03-03"),
        ("fr", "La digue a cédé le 2 mars 2026.", "2026-03-02"),
        ("es", "El dique cedió el lunes.", "2026-03-02"),
        ("es", "El dique cedió el 2 de marzo de 2026.", "2026-03-02"),
    ],
)
def test_days_in_other_languages(language: str, sentence: str, expected: str) -> None:
    found = extract_days(sentence, Span(0, len(sentence)), date(2026, 3, 4), language=language)

    assert [day.date.isoformat() for day in found] == [expected]


def test_how_it_developed_is_told_by_day_and_only_of_two_days_or_more() -> None:
    found = extract_timeline([article(STRIKE, published=date(2026, 3, 5))])

    assert [one.date.isoformat() for one in found] == sorted(one.date.isoformat() for one in found)
    assert len(found) >= 2
    assert all(one.words.of(STRIKE) in str(one.quote) for one in found)
    assert extract_timeline([article("The gates closed on Tuesday at the port.")]) == ()
    assert extract_timeline([article(STRIKE, published=None)]) == ()


def test_numbers_come_with_their_unit() -> None:
    text = (
        "The flood in Tessin left four people dead on Tuesday.\nThe water rose to 4 "
        "metres at the bridge in Tessin.\n"
        "Repairs to the dyke cost the province 18 million crowns.\nShe likes the "
        "number 7 very much."
    )

    found = extract_figures([article(text)])

    assert [(one.kind, str(one)) for one in found] == [
        ("casualties", "four people dead"),
        ("money", "18 million crowns"),
        ("size", "4 metres"),
    ]


def test_a_record_gives_a_record_and_every_sentence_its_reasons() -> None:
    articles = parse_articles({"id": "1", "title": "Dockers walk out", "text": STRIKE})

    summary = summary_record(articles, SUMMARISERS["hybrid"], Limit(2), name="1")
    rows = explanation_records(articles, SUMMARISERS["hybrid"], Limit(2))

    assert summary["id"] == "1"
    assert [STRIKE[start:stop] for _, start, stop in summary["spans"]] == summary["summary"]
    assert sorted(row["rank"] for row in rows if row["rank"]) == [1, 2]
    assert any("boilerplate" in row["refused"] for row in rows)
    assert all(set(row["parts"]) == {"position", "centrality"} for row in rows)
