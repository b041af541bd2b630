"""How good summaries are, with floors that only go up: a sample of the sets with references, where they are present."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from briefing.language import split, terms
from briefing.model import Analysis, Article
from briefing.summaries import SUMMARISERS, digest, summarise

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).parent / "floors_summaries.json"
ITEMS = {"cnndm": 60, "llm": 60, "xsum": 60, "multi_news": 12, "neus": 60}
SLACK = 0.02  # ROUGE points: the last digit printed


def measured(name: str) -> dict[str, float | str]:
    """What is held to a floor, of the first items of a set, and the digest of its data."""
    pytest.importorskip("rouge_score")
    from benchmarks import summaries as benchmark

    if not benchmark.CORPORA.is_dir():
        pytest.skip("the sets with reference summaries (../shared/corpora/summaries) are not here")
    given = benchmark.sample(name, first=ITEMS[name])
    method = benchmark.methods(multi=given.multi)["consensus" if given.multi else "hybrid"]
    result = benchmark.run(method, given)
    one, two, longest = (round(float(value), 2) for value in result.rouge.mean(0))
    found: dict[str, float | str] = {"data": given.digest, "rouge1": one, "rouge2": two, "rougeLsum": longest}
    if result.checks:
        found |= {"clean": round(result.share("clean"), 2), "verbatim": round(result.share("verbatim"), 2)}
        found |= {"not redundant": 100 - round(result.share("redundant"), 2)}
    return found


@pytest.mark.parametrize("name", list(ITEMS))
def test_no_score_falls_below_its_floor(name: str, request: pytest.FixtureRequest) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    found, floor = measured(name), floors.get(name, {})

    if request.config.getoption("--update"):
        kept = {key: max(value, floor.get(key, value)) for key, value in found.items()}
        FLOORS.write_text(json.dumps({**floors, name: kept}, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        return

    assert found["data"] == floor["data"], "the data have changed: measure anew with --update"
    fallen = {key: (value, floor[key]) for key, value in found.items() if key != "data" and value < floor[key] - SLACK}
    assert not fallen, f"{name}: below the floor (found, floor): {fallen}"


def test_summaries_of_annotated_reports_leave_no_pronoun_hanging_at_a_start() -> None:
    path = ROOT.parent / "shared" / "corpora" / "summaries" / "open" / "gum_coreference.jsonl"
    if not path.exists():
        pytest.skip("the annotated reports (../shared/corpora/summaries/open) are not here")
    hanging = {"news": 0, "other": 0}
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    for report in reports:
        kind = "news" if report["genre"] == "news" else "other"
        hanging[kind] += hangs(report)

    assert hanging["news"] == 0
    assert hanging["other"] <= 0.035 * sum(report["genre"] != "news" for report in reports)


def hangs(report: dict) -> bool:  # type: ignore[type-arg]
    """Whether a sentence of the summary begins with a pronoun whose entity is not named in it or before."""
    lines = [sentence["text"] for sentence in report["sentences"]]
    text = "\n".join(lines)
    spans = tuple(split(text))
    found = Analysis(spans, tuple(terms(span.of(text)) for span in spans))
    by_text = {"".join(sentence["text"].split()): sentence for sentence in report["sentences"]}
    named: set[str] = set()
    for quote in summarise(Article(report["id"], text, language="en", analysis=found)).quotes:
        sentence = by_text.get("".join(str(quote).split()))
        if sentence is None:
            continue
        named |= set(sentence["names"])
        if any(pronoun["first"] and pronoun["entity"] not in named for pronoun in sentence["pronouns"]):
            return True
    return False


def long_article(sentences: int) -> Article:
    """Sentences of made-up words, about one in three of them frequent, as in a text."""
    syllables = ["har", "bo", "lin", "ta", "mer", "so", "vik", "dal", "ne", "ros"]

    def word(number: int) -> str:
        return "".join(syllables[int(digit)] for digit in str(number))

    lines = []
    for i in range(sentences):
        words = [word((i * 7919 + j * 104_729) % (30 if j % 3 == 0 else 9973)) for j in range(14)]
        lines.append(f"The {' '.join(words)} on day {i % 31}.")
    text = " ".join(lines)
    spans = tuple(split(text))
    return Article("long", text, language="en", analysis=Analysis(spans, tuple(terms(s.of(text)) for s in spans)))


@pytest.mark.parametrize(("sentences", "seconds"), [(2000, 0.15), (10_000, 0.75)])
def test_time_grows_with_length_and_no_faster(sentences: int, seconds: float) -> None:
    article = long_article(sentences)
    begin = time.process_time()

    summarise(article)

    assert time.process_time() - begin < 2 * seconds  # twice: machines differ


def test_a_digest_of_many_long_articles_ends() -> None:
    articles = [long_article(200) for _ in range(5)]
    begin = time.process_time()

    summary = digest(articles, SUMMARISERS["consensus"], words=100)

    assert summary.words <= 100
    assert time.process_time() - begin < 20
