"""Editions made by hand for the tests of renditions: every field can be given, the words are
invented.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from briefing.model import (
    Analysis,
    Article,
    Edition,
    Fate,
    Headline,
    Insertion,
    Item,
    Licence,
    Moment,
    Quote,
    Span,
    Storyline,
    Summary,
    Window,
)

HERE = timezone(timedelta(hours=1))
DAY = date(2026, 3, 5)

STRIKE = (
    (
        "Dockers at the Port of Halden voted on Thursday to accept 6.8 per cent, union "
        "leader Marit Osei said."
    ),
    (
        "The ballot of members will be held on 12 March, and until then the pickets are "
        "“suspended, not lifted”."
    ),
    "“Nobody goes back to the old shift pattern,” Osei told members at the east gate.",
)
QUEUE = (
    (
        "Forty-one ships were waiting off the Marrow Coast, the harbour master's office "
        "said, the most since 2011."
    ),
    "The port put its losses at 18 million crowns a day; Ledger & Exchange counts 21 <million>.",
)
FLOOD = (
    "The Orla reached 8.1 metres at 02:40, when the Lower Dyke gave way.",
    "№ 7_a [sic] * 2 * `x` #dyke",
)


def article(
    number: int,
    sentences: Sequence[str],
    *,
    headline: str | None = None,
    outlet: str | None = None,
    published: Moment | None = None,
    url: str | None = "",
    copies: tuple[Article, ...] = (),
    licence: str | None = None,
    document: str | None = None,
) -> Article:
    """Sentences one a line; `url` empty stands for one made from the number."""
    spans, place = [], 0
    for sentence in sentences:
        spans.append(Span(place, place + len(sentence)))
        place += len(sentence) + 1
    return Article(
        id=f"{number:016x}",
        text="\n".join(sentences),
        headline=headline,
        outlet=outlet,
        published=published,
        url=f"https://news.example/2026/{number}" if url == "" else url,
        document=document or f"2026-03-05/report-{number}.txt",
        analysis=Analysis(sentences=tuple(spans)),
        copies=copies,
        licence=licence,
    )


def quotes(source: Article, *positions: int) -> tuple[Quote, ...]:
    return tuple(Quote(source, source.sentences[position]) for position in positions)


def item(
    name: str,
    articles: Sequence[Article],
    chosen: tuple[Quote, ...],
    *,
    section: str | None = None,
    status: str = "new",
    volume: tuple[int, ...] = (),
    score: Mapping[str, float] | None = None,
    parts: Mapping[str, tuple[Quote, ...]] | None = None,
) -> Item:
    head = articles[0]
    headline = Headline(head) if head.headline else Quote(head, head.sentences[0])
    storyline = Storyline(name, tuple(articles), headline)
    return Item(storyline, Summary(chosen), section, status, volume, score or {}, parts or {})


def sample() -> Edition:
    """Two leads, one with every part, and two briefs."""
    reprint = article(9, STRIKE, outlet="Lowland Post", headline="Dock deal")
    morning = Moment(datetime(2026, 3, 5, 7, 40, tzinfo=HERE))
    courier = article(
        1,
        STRIKE,
        headline="Dockers end walkout",
        outlet="The Halden Courier",
        published=morning,
        copies=(reprint,),
    )
    wire = article(
        2,
        QUEUE,
        headline="Queue of ships",
        outlet="Marrow Wire",
        published=Moment.on(date(2026, 3, 4)),
        licence="quotation with credit",
    )
    unknown = article(3, FLOOD, url=None)
    strike = item(
        "harbour-strike",
        (courier, wire),
        quotes(courier, 0, 1) + quotes(wire, 0),
        section="business",
        status="day 3",
        volume=(0, 0, 3, 6, 8),
        score={"outlets": 2.4, "new": 1.0, "change": 0.0},
        parts={
            "they said": quotes(courier, 2),
            "how it developed": quotes(wire, 0) + quotes(courier, 0),
        },
    )
    flood = item("orla-flood", (unknown, wire), quotes(unknown, 0), section="Ostra", volume=(1,))
    briefs = (
        item("dyke", (unknown,), quotes(unknown, 1), section="Ostra"),
        item("port", (wire,), quotes(wire, 1), section="business", status="updated, one outlet"),
    )
    ledger = (
        Fate(
            "document",
            "2026-03-04/clip.pdf",
            "set aside",
            "nothing readable was found (4 kB)",
            "2026-03-04/clip.pdf",
        ),
        Fate("document", "2026-03-05/report-1.txt", "read", "1 article", "2026-03-05/report-1.txt"),
        Fate(
            "article",
            courier.id,
            "lead",
            "quoted in harbour-strike",
            courier.document,
            courier.outlet,
            courier.headline,
        ),
        Fate(
            "article",
            reprint.id,
            "folded",
            f"a copy of {courier.id}",
            reprint.document,
            reprint.outlet,
        ),
    )
    return Edition(
        title="Morning briefing",
        profile="daily",
        date=DAY,
        window=Window(datetime(2026, 3, 4, 6, tzinfo=HERE), datetime(2026, 3, 5, 6, tzinfo=HERE)),
        leads=(strike, flood),
        briefs=briefs,
        ledger=ledger,
        counts={
            "documents": 2,
            "articles": 4,
            "copies": 1,
            "storylines": 4,
            "outlets": 2,
            "undated": 0,
        },
        timezone="Europe/Oslo",
        version="0.1.0",
    )


def full() -> Edition:
    """The sample with everything an edition may say: accounts that differ, days added, late
    reports, a revision.
    """
    edition = sample()
    lead, *others = edition.leads
    wire, courier = lead.quotes[2].article, lead.quotes[0].article
    dead = (
        article(
            21,
            ["At least 41 ships wait off Halden, the port said."],
            outlet="Marrow Wire",
            published=wire.published,
        ),
        article(
            22, ["Ships that wait number 38, a pilot counted on Tuesday."], outlet="Radio Vestra"
        ),
    )
    parts = {
        "new since the last edition": quotes(courier, 2),
        **lead.parts,
        "where accounts differ": quotes(dead[0], 0) + quotes(dead[1], 0),
    }
    told = replace(lead, parts=parts, divided={"where accounts differ": (2,)})
    place = courier.text.index("Thursday") + len("Thursday")
    added = (
        Insertion(courier.id, place, DAY),
        Insertion(
            dead[1].id, dead[1].text.index("Tuesday") + len("Tuesday"), date(2026, 3, 3), "day"
        ),
    )
    return replace(
        edition,
        leads=(told, *others),
        insertions=tuple(sorted(added)),
        late=(courier.id,),
        licences=(Licence("syndicated*", "full"), Licence("headline only", "headline"), Licence()),
        kind="extra",
        revision=2,
        changes=("the figure of the ships was put right",),
        note="Read *slowly*.",
    )


def large(storylines: int, *, leads: int | None = None) -> Edition:
    """As many storylines as asked for, each of its own articles, four sentences a lead."""
    items = []
    for number in range(storylines):
        words = [
            f"Sentence {n} of storyline {number} says that “{STRIKE[n % 3]}” was said."
            for n in range(4)
        ]
        one = article(
            2 * number + 1,
            words[:2],
            headline=f"Storyline {number} in the news",
            outlet="Marrow Wire",
        )
        two = article(
            2 * number + 2, words[2:], headline=f"Storyline {number}", outlet="The Halden Courier"
        )
        items.append((f"storyline-{number}", (one, two), quotes(one, 0, 1) + quotes(two, 0, 1)))
    cut = storylines // 2 + 1 if leads is None else leads
    made = tuple(
        item(*one, volume=(1, 2, 3), score={"outlets": 2.0}, section="World") for one in items[:cut]
    )
    brief = tuple(
        item(name, articles, chosen[:1], section="World") for name, articles, chosen in items[cut:]
    )
    return Edition("Morning briefing", "daily", DAY, Window(), made, brief, version="0.1.0")
