"""Invented articles for tests of storylines and editions, analysed by simple rules: no spaCy, quick
to make.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from briefing.model import Analysis, Article, Moment, Quote, Span, Summary

SMALL = re.compile(
    r"(a|an|and|at|by|for|from|ha[ds]|he|her|his|in|is|it|of|on|said|she|that|the|they|to|was|were)"
)

STRIKE = (
    "Dockers walked out at the port of Halden on Tuesday over pay.",
    "Marit Osei, leader of the harbour union, said the strike would last until an offer was made.",
    "The port put the cost of the stoppage at 18 million crowns a day.",
    "Ships waited in the roads while the cranes stood still.",
)
FLOOD = (
    "The river Orla rose to 7.4 metres in Tessin after two days of rain.",
    "Rescue workers moved 1,150 people out of the lower town, the mayor Roswitha Kjeld said.",
    "Soldiers filled sandbags along the dyke through the night.",
    "Schools in Tessin stay shut until the water falls.",
)
TRIAL = (
    "A jury in Aarlund found Piet Olander guilty of murder on Tuesday.",
    "The judge Karin Thal will pass sentence on Wednesday.",
    "Olander, a former foreman, showed no emotion as the verdict was read.",
    "His lawyers announced an appeal against the conviction.",
)


def article(
    sentences: Sequence[str],
    *,
    headline: str | None = None,
    outlet: str | None = None,
    day: date | None = None,
    at: datetime | None = None,
    key: str = "",
    **rest: object,
) -> Article:
    """An article of these sentences, a paragraph each; its id is made from all that is given."""
    text = "\n".join(sentences)
    identity = hashlib.sha256(repr((text, headline, outlet, day, at, key)).encode()).hexdigest()[
        :16
    ]
    spans = tuple(Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text))
    published = Moment(at) if at else Moment.on(day) if day else None
    values: dict[str, object] = {
        "document": f"{identity}.txt",
        "analysis": Analysis(
            spans, tuple(terms(s.of(text)) for s in spans), names(text), tuple(range(len(spans)))
        ),
        "headline_terms": terms(headline or ""),
    }
    return Article(identity, text, headline, outlet, published=published, **{**values, **rest})  # type: ignore[arg-type]


def terms(text: str) -> tuple[str, ...]:
    words = re.findall(r"\w+(?:[.,]\d+)*", text.lower())
    return tuple(word.rstrip("s") for word in words if not SMALL.fullmatch(word))


def names(text: str) -> tuple[Span, ...]:
    return tuple(
        Span(m.start(), m.end()) for m in re.finditer(r"(?<=[a-z,] )[A-Z]\w+(?: [A-Z]\w+)*", text)
    )


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def lead_digest(articles: Sequence[Article], /, *, words: int, sentences: int | None) -> Summary:
    """First sentences of each article in turn, within the words: the simplest thing that keeps a
    digest's promise.
    """
    kept: list[Quote] = []
    rounds = max((len(one.sentences) for one in articles), default=0)
    for number in range(rounds):
        for one in articles:
            if number < len(one.sentences):
                quote = Quote(one, one.sentences[number])
                room = words - sum(other.words for other in kept)
                if quote.words <= room and (sentences is None or len(kept) < sentences):
                    kept.append(quote)
    return Summary(tuple(kept))
