"""The sentence splitter: a table of news cases, properties, an annotated set where it is present,
and speed.
"""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import split_sentences

CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "summaries"
FLOOR_F1 = 0.975  # boundaries of 24 Wikinews reports, paragraph ends not counted

# " | " stands where a sentence ends.
ENGLISH = """
Dockers walked out on Tuesday. | The port fell silent.
Mr. Lund met Mrs. Kjeld and Dr. Saal at noon. | They spoke for an hour.
The prize went to Prof. Ada Lindqvist of Halden. | She thanked her team.
Gen. Orst and Lt. Col. Brandt flew in. | Neither spoke.
It happened outside St. Olaf's church on Sunday. | Nobody was hurt.
Sen. Holm voted against Rep. Dahl's bill. | It failed.
The No. 1 seed lost in straight sets. | Nobody had foreseen it.
Rooms No. 14 and No. 15 stood open. | Both were empty.
Asked whether he would go, he said no. | The union disagreed.
Talks began at 9 a.m. on Friday. | They ended by dusk.
Talks ended at 7 p.m. Saturday in the town hall. | Nothing was signed.
Talks ended at 7 p.m. | The ministers left without a word.
They moved from the U.S. | The family now lives in Tessin.
The U.S. Treasury would not comment. | Nor would the bank.
The U.N. Security Council met. | No vote was taken.
Officials in Washington, D.C. said so. | Others doubted it.
Shares of Orla Savings Co. fell. | The bank blamed the weather.
Brandt & Co. Ltd. employs 400 people. | It was founded in 1911.
Fuel, wood, salt, etc. were unloaded. | The crane broke.
Fuel, wood, salt, etc. | The list went on.
George R. R. Hansen wrote it. | Critics were kind.
The bill was signed by J. Brekke. | It takes effect in May.
J. K. Moen and A. Friis won. | They beat 40 others.
They fear a lack of vitamin C. | Fresh fruit is scarce.
The levy rose 3.5 per cent to 1.25 crowns. | Drivers protested.
It cost $4.5m. | Nobody complained.
He was born on Jan. 4 and baptised on Feb. 11. | The records burned.
The trial opens in Sept. | The judge has asked for order.
“We will not move,” said Marit Osei. | The crowd cheered.
“We will not move.” | The crowd cheered.
“We will not move,” she said. | “Not today.” | The crowd cheered.
“Will you move?” Mr Hall asked. | She shook her head.
“Stop!” shouted the officer. | The van drove on.
“Why now?” asked Tomas Brekke. | Nobody answered.
“Why now?” the opposition leader asked. | Nobody answered.
He said: “It is over. | We lost.” | Then he left.
"It is over." | Then he left.
'It is over,' she said. | 'We lost.'
'It is over.' | She left at once.
She asked, “Who pays?” | The minister smiled.
“I love this town.” | “I know.”
“We tried ... and failed,” he said. | The room was quiet.
“It was… strange,” he said. | The room was quiet.
He paused… | Then the lights went out.
The result (76 to 74) was close. | Both sides claimed victory.
The vote was close (76 to 74). | Both sides claimed victory.
(The Courier first reported the story.) | The port denies it.
Who pays? | Who decides? | Nobody knows!
What?! | The hall erupted.
The iPhone was found. | eBay removed the offer.
He works for Yahoo! in Halden. | She does not.
Visit the site at halden.example for details. | It opens on Monday.
1. The port reopens. | 2. The strike ends.
The firm, formerly Holm Bros. of Tessin, has closed. | All 40 jobs are gone.
Halden beat Aarlund 2-1. | Saarn drew 0-0.
Water rose to 4.2 m. above the mark. | The dyke held.
Insp. Karaman and Det. Sgt. Foss gave evidence. | The jury listened.
Brekke v. Marendahl will be heard in May. | Both will appear.
“Is it safe?” | That is what parents ask.
It was, she wrote, "a mess." | The board agreed.
It was, she wrote, 'a mess'. | The board agreed.
The man, 41, of Mill Rd. Tessin, was fined. | He paid at once.
He holds a Ph.D. | The other candidates do not.
Two people died, among them Ola Berg Jr. | His father survived.
Rain fell on Mon. and Tue. in the east. | The west stayed dry.
She left the E.U. | He stayed.
The report – all 90 pages of it – is out. | Few have read it.
He said "yes". | She said "no".
That was in 1998. | In 2003 it closed.
Nobody—not even the mayor—knew. | She was told at 6 p.m.
"""
OTHERS = {
    "de": """
Am 3. März wurde die Brücke gesperrt. | Sie öffnet am 12. Mai.
Dr. Aldhaus und Prof. Weber sprachen z.B. über den Pegel. | Danach regnete es.
„Wir bleiben.“ | Der Bürgermeister ging.
„Warum?“, fragte Frau Huber. | Niemand antwortete.
Es geschah im Jahr 2021. | Die Stadt erholte sich.
So nicht, Mr. Holm. | Er wohnt in der Hafenstr. 9 und wartet.
»Nein!« | Sie ging.
Der Schaden beträgt 3,5 Mio. Kronen. | Das ist viel.
""",
    "fr": """
Selon J.-P. Roche, l’art. 9 suffit. | Personne ne paie.
M. Dupont a parlé. | Mme Morel s'est tue.
« C'est fini. » | Le maire est parti.
« Pourquoi ? » a demandé le juge. | Personne n'a répondu.
Il a acheté du bois, du sel, etc. | Le reste attend.
""",
    "es": """
Vive en EE. UU. desde 2019 y cita la pág. 4. | Nadie lo sabe.
El Sr. García llegó a las 5. | La Dra. Ruiz no vino.
¿Quién paga? | Nadie lo sabe.
«Es tarde.» | El alcalde se fue.
""",
    "ja": """
東京で会議があった。 | 結論は出なかった。
「六年待った。もう待てない」と市長は話した。 | 工事は四月に始まる。
""",
    "zh": """
镇议会同意了。 | 工程四月开始！ | 钱够吗？
“我们等了六年。”她说。 | 没有人反对。
""",
    "it": """
L’on. Ferri cita l’art. 9. | Il sindaco tace.
La sig.ra Conti vive a S. Marco. | Costa troppo, ecc. | Nessuno paga.
""",
    "pt": """
O Sr. Lopes chegou. | A Dra. Reis, da pág. 4, saiu. | Ninguém falou.
""",
    "nl": """
Dhr. Bakker sprak. | Zie blz. 4 van het rapport. | De raad zweeg.
""",
    "sv": """
Kl. 9.15 kom bl.a. Dr. Holm. | Det var sent.
Den 3. mars röstade de. | Alla var med. | Nu väntar staden.
""",
    "da": """
Den 3. marts kom hr. Holm. | Byen var med. | Det er slut.
""",
    "no": """
Den 3. mars kom Dr. Holm kl. 9. | Det er slutt.
""",
    "fi": """
Klo 9.15 tuli n. 400 ihmistä. | Se riitti.
""",
    "pl": """
Prof. dr hab. Ewa Nowak mieszka przy ul. Długiej. | To prawda.
""",
    "cs": """
Přišlo např. 5 tis. lidí, řekl Ing. Novák. | To stačí.
""",
    "tr": """
Prof. Dr. Ayşe Kaya 3. kez seçildi. | Bu bir rekor.
""",
    "hu": "Jött kb. 5 ezer ember. | Ez elég.",
    "hi": "परिषद ने हाँ कहा। | काम अप्रैल में होगा। | पैसा कहाँ है?",
    "ur": "کونسل نے ہاں کہا۔ | کام کب ہوگا؟ | پتہ نہیں۔",
    "ar": "هل يكفي المال؟ | لا أحد يعرف. | بدأ العمل!",
    "fa": "آیا پول هست؟ | کسی نمی‌داند.",
    "el": "Ποιος πληρώνει; | Κανείς.",
    "hy": "Խորհուրդը քվեարկեց։ | Նա գնաց։",
    "am": "ምክር ቤቱ ተስማማ። | ሥራው ይጀመራል።",
}
CASES = [("en", line) for line in ENGLISH.strip().splitlines()] + [
    (language, line) for language, lines in OTHERS.items() for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_news_sentences_end_where_a_reader_ends_them(language: str, case: str) -> None:
    expected = case.split(" | ")
    text = ("" if language in {"ja", "zh"} else " ").join(expected)

    assert [span.of(text) for span in split_sentences(text, language=language)] == expected


def test_the_table_holds_sixty_cases_and_more() -> None:
    assert len(CASES) >= 60


def test_a_line_break_always_ends_a_sentence() -> None:
    text = "Port shut by strike\nDockers walked out\r\nof the port.\n\n  Talks failed.  "

    found = [span.of(text) for span in split_sentences(text)]

    assert found == ["Port shut by strike", "Dockers walked out", "of the port.", "Talks failed."]


@given(st.text(alphabet=st.sampled_from("ab AB.!?…\"'“”‘’()«»\n 1.。Mr-")) | st.text())
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = split_sentences(text)

    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(one.stop <= other.start for one, other in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(
    st.lists(
        st.sampled_from(["Dr. Lund left.", "“Why?” he asked.", "It rained 3.5 mm.", "No. 4 won"]),
        min_size=1,
    )
)
def test_paragraphs_are_split_each_by_itself(paragraphs: list[str]) -> None:
    together = "\n".join(paragraphs)

    apart = [span.of(paragraph) for paragraph in paragraphs for span in split_sentences(paragraph)]

    assert [span.of(together) for span in split_sentences(together)] == apart


def test_boundaries_of_annotated_news() -> None:
    path = CORPORA / "open" / "gum_news.jsonl"
    if not path.exists():
        pytest.skip("the annotated sentences (../shared/corpora/summaries/open) are not here")
    right = wrong = missed = 0

    for report in map(json.loads, path.open(encoding="utf-8")):
        paragraphs = [sentences for sentences in report["paragraphs"] if sentences]
        text = "\n".join(" ".join(sentences) for sentences in paragraphs)
        gold = ends(sentence for sentences in paragraphs for sentence in sentences)
        found = ends(span.of(text) for span in split_sentences(text))
        right, wrong, missed = (
            right + len(gold & found),
            wrong + len(found - gold),
            missed + len(gold - found),
        )

    assert 2 * right / (2 * right + wrong + missed) >= FLOOR_F1


def ends(sentences) -> set[int]:  # type: ignore[no-untyped-def]
    """How many characters, white space aside, stand before the end of each sentence."""
    places, length = set(), 0
    for sentence in sentences:
        length += len("".join(sentence.split()))
        places.add(length)
    return places


@pytest.mark.parametrize(
    "hostile",
    ["." * 100_000, "“" * 100_000, "A. " * 40_000, "' " * 50_000, "(" * 100_000 + ".", "a" * 10**6],
)
def test_hostile_text_takes_no_longer(hostile: str) -> None:
    begin = time.process_time()

    split_sentences(hostile)

    assert time.process_time() - begin < 20  # quadratic would be minutes
