"""An edition in which everything is said that an edition can say; the words of its sources are
invented.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime

from rendition_samples import DAY, HERE, article, item, quotes

from briefing.model import Article, Edition, Fate, Insertion, Item, Licence, Moment, Window
from briefing.resources import message_file
from briefing.resources import templates_folder as shipped

ENGLISH = tomllib.loads((shipped() / message_file("en")).read_text(encoding="utf-8"))
PHRASES = tuple(ENGLISH["record"])
FILLED = {
    "n": "3", "m": "5", "day": "2026-03-01", "name": "Havnavakt", "phase": "updated", "reason": "1 article",
    "size": "7 bytes", "outlets": "Lavlandsposti", "kind": ".docx", "fault": "EACCES", "language": "sv",
}  # fmt: skip
CHANGES = PHRASES.index("other title")  # from here on the record names what a revision changed
STATUSES = PHRASES[: PHRASES.index("Followed, no news")]
REASONS = PHRASES.index(
    "{reason}; it came in late"
)  # from here to there, why something met its fate

SEA = (
    "Havnavakta melde torsdag at 41 skuter vantar utanfor Marrenkyst, flest sidan 2011.",
    "“Ingin gar attur til gamle skifta”, sagde Marit Osei pa ostre kai.",
    "Tap utgjer 18,4 millionar kronur, 6,8 prosent meir enn tysdag.",
    "Avtala vart signera 4. mars klokka 02:40 etter tretten timar.",
)
HEBREW, ARABIC = "הנמל נסגר ב-12 במרץ, כך נמסר.", "قال المتحدث إن 41 سفينة تنتظر."
CHINESE = "共有四十一艘船在马罗海岸外等候，为二〇一一年以来最多。"
LONG = "Sjoforsikringsselskapstilsynskommisjonsformannskandidaturvedtak"


def at(hour: int, minute: int, day: int = 5) -> Moment:
    return Moment(datetime(2026, 3, day, hour, minute, tzinfo=HERE))


def recorded(phrase: str) -> str:
    """A phrase of the record with something in each of its places."""
    return re.sub(r"\{(\w+)\}", lambda found: FILLED[found[1]], phrase)


def sources() -> dict[str, Article]:
    """Reports with and without outlet, time and address, in several scripts, one of them
    reprinted.
    """
    reprint = article(90, SEA, outlet="Lavlandsposti", headline="Havnavakt")
    return {
        "wire": article(1, SEA, headline="Havnavakt melde 41 skuter", outlet="Marrentrad", published=at(7, 40),
                        copies=(reprint,), licence="sitatrett"),
        "paper": article(2, SEA[:3], headline="Skifta attur", outlet="Haldens Kurir", published=at(23, 5, 4)),
        "radio": article(3, ["Skuter som vantar er 38, sagde losen tysdag."], outlet="Radju Vestra"),
        "early": article(4, SEA[3:], outlet="Marrentrad", published=Moment.on(date(2026, 3, 3))),
        "view": replace(article(10, SEA[1:2], headline="Skifta er galne", outlet="Haldens Kurir"),
                        genre="opinion"),
        "bare": article(5, SEA[2:], url=None),
        "dated": article(6, SEA[1:2], published=Moment.on(date(2025, 12, 1)), url=None),
        "hebrew": replace(article(7, [HEBREW, ARABIC], headline="סגירת הנמל", outlet="قناة الساحل",
                                  published=at(6, 0)), language="he"),
        "chinese": article(8, [CHINESE], headline="港口罢工结束", outlet="海岸日报", published=Moment.on(DAY)),
        "long": article(9, [f"{LONG} vart vald.", *SEA[:1]], headline=f"{LONG} vald etter " + "lang natt pa kai " * 5,
                        outlet="Blad for dei nordre distrikt og oyar, med tillegg", published=at(5, 5),
                        url="https://nytt.example/" + "svaert-lang-adresse/" * 12 + "?a=1&b=2"),
    }  # fmt: skip


def leads(told: dict[str, Article]) -> tuple[Item, ...]:
    wire, paper, radio, early = (told[name] for name in ("wire", "paper", "radio", "early"))
    scores = [recorded(name) for name in PHRASES[PHRASES.index("outlets") : PHRASES.index("read")]]
    first = item(
        "havn", (wire, paper, radio, early, told["chinese"]), quotes(wire, 0, 1) + quotes(paper, 2), section="hamn",
        status="day 3", volume=(0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 5, 9, 4),
        score={name: 5.125 - place / 4 for place, name in enumerate(scores)},
        parts={
            "new since the last edition": quotes(paper, 0),
            "they said": quotes(wire, 1),
            "numbers": quotes(wire, 2),
            "how it developed": quotes(early, 0) + quotes(wire, 0),
            "where accounts differ": quotes(wire, 0) + quotes(radio, 0),
        },
    )  # fmt: skip
    first = replace(
        first,
        divided={"where accounts differ": (1,)},
        storyline=replace(first.storyline, related=("stengd",)),
    )
    return (
        first,
        item("stengd", (told["hebrew"],), quotes(told["hebrew"], 0, 1), section="verd", status="reopened, one outlet",
             volume=(0, 4), parts={"they said": quotes(told["hebrew"], 1)}),
        item("utan", (told["bare"],), quotes(told["bare"], 0, 1), status="undated, outlet not stated", volume=(1,)),
        item("lang", (told["long"], told["dated"]), quotes(told["long"], 0) + quotes(told["dated"], 0), section="verd",
             status="updated", volume=(2, 1)),
        item("kina", (told["chinese"],), quotes(told["chinese"], 0), section="verd", status="fading"),
        *(item(f"status-{place}", (early,), quotes(early, 0), status=recorded(status))
          for place, status in enumerate(STATUSES)),
    )  # fmt: skip


def briefs(told: dict[str, Article]) -> tuple[Item, ...]:
    return (
        item("b1", (told["paper"],), quotes(told["paper"], 2), section="hamn", status="new"),
        item("b2", (told["wire"],), (), section="verd", status="day 12"),
        item("b3", (told["hebrew"],), quotes(told["hebrew"], 0), section="verd", status="new"),
        item("b6", (told["view"],), quotes(told["view"], 0), section="verd", status="new"),
        item(
            "b4",
            (told["paper"],),
            (),
            section="Followed, no news",
            status="no news since 2026-03-01",
        ),
        item(
            "b5",
            (told["radio"],),
            quotes(told["radio"], 0),
            section="Followed, no news",
            status="no news",
        ),
    )


def ledger() -> tuple[Fate, ...]:
    """Every fate, and every reason, of documents and articles."""
    reasons, fates = PHRASES[REASONS:CHANGES], tuple(ENGLISH["fates"])
    lines = [
        Fate("document" if place % 3 else "article", f"hav/{place}.txt", fates[place % len(fates)], recorded(reason),
             f"hav/{place}.txt", "Marrentrad", "Havnavakt" if place % 2 else None)
        for place, reason in enumerate(reasons)
    ]  # fmt: skip
    return (
        *lines,
        *(Fate("article", f"{n:016x}", fate, "", "hav/a.txt") for n, fate in enumerate(fates)),
    )


def everything(language: str = "en") -> Edition:
    told = sources()
    wire, radio = told["wire"], told["radio"]
    added = (
        Insertion(wire.id, wire.text.index("torsdag") + len("torsdag"), DAY),
        Insertion(radio.id, radio.text.index("tysdag") + len("tysdag"), date(2026, 3, 3), "day"),
    )
    return Edition(
        title="Morgunblad",
        profile="dagleg",
        date=DAY,
        window=Window(datetime(2026, 3, 4, 6, tzinfo=HERE), datetime(2026, 3, 5, 6, tzinfo=HERE)),
        leads=leads(told),
        briefs=briefs(told),
        ledger=ledger(),
        counts={
            name: 1204 if name == "documents" else 3
            for name in ("bare headlines", *list(ENGLISH["counts"])[2:])
        },
        language=language,
        timezone="Europe/Oslo",
        version="0.1.0",
        kind="catch-up",
        note="Les *sakte*, sei [vakta](https://example.org/).",
        insertions=tuple(sorted(added)),
        late=(told["paper"].id,),
        licences=(
            Licence("syndisert*", "full"),
            Licence("overskrift", "headline"),
            Licence("utdrag", "excerpt", edition=400),
            Licence(),
        ),
        revision=2,
        changes=tuple(recorded(phrase) for phrase in PHRASES[CHANGES:]),
    )
