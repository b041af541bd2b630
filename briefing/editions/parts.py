"""A lead and the words left to it in, its further parts out: who said what, and what led here."""

from __future__ import annotations

import re

from briefing.editions.lineup import Candidate
from briefing.editions.page import Page
from briefing.editions.repeats import unprinted
from briefing.editions.signatures import Digest
from briefing.model import Article, Quote

DEVELOPMENTS = 2  # days before that are told, a sentence each
DEVELOPMENT_WORDS = 35
QUOTATION = re.compile(r"“([^”]{25,})”|\"([^\"]{25,})\"|‘([^’]{25,})’(?!\w)")
SPEECH = re.compile(r"\b(said|says|told|added|asked|warned|argued|wrote|insisted|called|replied)\b")


def parts_of(one: Candidate, page: Page, room: int, digest: Digest) -> dict[str, tuple[Quote, ...]]:
    """What else there is room for: a quotation with its speaker, and what led here, day by day."""
    parts: dict[str, tuple[Quote, ...]] = {}
    for name, quotes in (("they said", _they_said(one)), ("how it developed", _developments(one, digest))):
        fitting = [quote for (quote,) in unprinted([[quote] for quote in quotes], page.printed) if quote.words <= room][
            : 1 if name == "they said" else DEVELOPMENTS
        ]
        while sum(quote.words for quote in fitting) > room:
            fitting.pop(0)
        if fitting:
            page.place(None, fitting)
            room -= sum(quote.words for quote in fitting)
            parts[name] = tuple(fitting)
    return parts


def _they_said(one: Candidate) -> list[Quote]:
    """Quotations whose speaker is named in the same sentence, latest article first."""
    return [
        Quote(article, span)
        for article in reversed(one.current)
        for span in article.sentences
        if _speaks(article, span.start, span.of(article.text))
    ]


def _speaks(article: Article, start: int, sentence: str) -> bool:
    said = QUOTATION.search(sentence)
    if not said or not SPEECH.search(sentence[: said.start()] + sentence[said.end() :]):
        return False
    inside = range(start + said.start(), start + said.end())
    return any(
        start <= name.start < start + len(sentence) and name.start not in inside for name in article.analysis.names
    )


def _developments(one: Candidate, digest: Digest) -> list[Quote]:
    days = sorted({article.published.day for article in one.earlier if article.published})[-DEVELOPMENTS:]
    told: list[Quote] = []
    for day in days:
        articles = [article for article in one.earlier if article.published and article.published.day == day]
        told += digest(articles, words=DEVELOPMENT_WORDS, sentences=1).quotes
    return told
