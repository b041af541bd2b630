"""articles of one storyline > sentences that carry a figure with its unit: "Numbers"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model import Article, Articles, Quote, Span
from briefing.summaries.coherence.constraints import Reader
from briefing.summaries.protocols import Position

LARGE = "million|billion|trillion|Millionen|Milliarden|millions?|milliards?|millones"
NUMBER = rf"(?:\d{{1,3}}(?:[,.\u202f\u00a0]\d{{3}})+|\d+(?:[.,]\d+)?)(?:\s(?:{LARGE}))?"
SMALL = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
MONEY = (
    "crowns?|euros?|dollars?|pounds?|francs?|yen|yuan|roubles?|rupees?|kronor|kroner|pesos?"
    "|Kronen|Euro|Dollar|couronnes?|coronas?"
)
# Kind of unit -> expression; the order is the order of preference.
UNITS: dict[str, re.Pattern[str]] = {
    "casualties": re.compile(
        rf"\b(?:{NUMBER}|{SMALL})\s(?:(?:other\s)?[a-z]+\s)?(?:were\s|are\s|have "
        r"been\s|had been\s)?"
        r"(?:dead|killed|injured|wounded|missing|hurt|Tote|Verletzte|morts|blessés|muertos|heridos)\b",
        re.IGNORECASE,
    ),
    "money": re.compile(rf"[$€£¥]\s?{NUMBER}(?:bn|m|k)?\b|\b{NUMBER}\s(?:{MONEY})\b"),
    "share": re.compile(
        rf"\b{NUMBER}\s?(?:%|per cent|percent|percentage points?|Prozent|pour cent|por "
        r"ciento)(?!\w)"
    ),
    "votes": re.compile(
        r"\b\d{1,4}\s(?:votes\s)?(?:to|against)\s\d{1,4}\b|\b\d[\d,]*\s(?:votes|seats|Stimmen|voix|votos)\b"
    ),
    "temperature": re.compile(rf"[-−]?\b{NUMBER}\s?(?:°\s?[CF]?|degrees|Grad)(?!\w)"),
    "people": re.compile(
        rf"\b{NUMBER}\s(?:[a-z]+\s)?(?:people|workers|dockers|residents|passengers|patients|jobs|homes|households|members|soldiers|children|"
        r"students|families|hens|birds|Menschen|personnes|personas)\b"
    ),
    "size": re.compile(
        rf"\b{NUMBER}\s?(?:km|kilometres|kilometers|miles|metres|meters|tonnes|tons|hectares|acres|megawatts|MW)\b"
    ),
}
LONGEST = 40  # words: a longer sentence buries its figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A sentence, the figure in it with its unit, and what kind of unit that is."""

    quote: Quote
    span: Span
    kind: str

    def __str__(self) -> str:
        return self.span.of(self.quote.article.text)


def extract_figures(articles: Articles, /, *, most: int = 4) -> tuple[Figure, ...]:
    """Sentences with figures that most articles carry, each figure once; in the order of kinds,
    then of support.

    Each can stand alone and carries one or two figures, outside quotations.
    """
    reader, found = Reader(articles, for_print=True), list(_figure_candidates(articles))
    carried = {
        key: len({place[0] for place, one in found if _figure_key(one) == key})
        for key in {_figure_key(one) for _, one in found}
    }
    order, chosen, kinds = list(UNITS), list[tuple[Position, Figure]](), dict[str, int]()
    for place, one in sorted(
        found,
        key=lambda each: (
            -carried[_figure_key(each[1])],
            order.index(each[1].kind),
            each[0][1],
            each[0][0],
        ),
    ):
        new = all(
            _figure_key(one) != _figure_key(other) and not reader.alike(place, there)
            for there, other in chosen
        )
        if (
            new
            and kinds.get(one.kind, 0) < 2
            and not reader.refusals((), place)
            and len(chosen) < most
        ):
            chosen.append((place, Figure(reader.quote(place), one.span, one.kind)))
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
    return tuple(
        one for _, one in sorted(chosen, key=lambda each: (order.index(each[1].kind), each[0]))
    )


def _figure_key(one: Figure) -> str:
    """What two reports of one figure have in common: its digits and its kind."""
    return one.kind + " " + re.sub(r"\s+", " ", str(one).lower().replace(",", ""))


def _figure_candidates(articles: Articles) -> Iterator[tuple[Position, Figure]]:
    for a, article in enumerate(articles):
        for s, span in enumerate(article.sentences):
            if figure := _first_figure(article, span):
                yield (a, s), figure


def _first_figure(article: Article, span: Span) -> Figure | None:
    """The first figure of the first kind that a sentence carries; None for none, for many, or in a
    quotation.
    """
    text = span.of(article.text)
    if re.search(r"[“”\"«»„]", text) or len(text.split()) > LONGEST:
        return None
    found = [(kind, match) for kind, unit in UNITS.items() for match in unit.finditer(text)]
    if not 1 <= len(found) <= 2:
        return None
    kind, match = found[0]
    return Figure(
        Quote(article, span), Span(span.start + match.start(), span.start + match.end()), kind
    )
