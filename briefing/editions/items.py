"""A candidate and a page in, the item it becomes out: its headline, its sentences, its parts; or None if none fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from briefing.editions.lineup import INDEPENDENT, Candidate
from briefing.editions.novelty import Told
from briefing.editions.page import Page, words
from briefing.editions.parts import parts_of
from briefing.editions.repeats import runs, unprinted, words_of
from briefing.editions.signatures import Digest, HeadlineOf
from briefing.model import Article, Headline, Item, Quote, Summary

LEAD_SENTENCES = 4
READ = 30  # articles of a storyline that sentences are chosen from; more say the same again
PARTS_FROM = 120  # words a lead may have, from which on it is more than its summary …
SUMMARY_SHARE = 0.75  # … which then has this much of them


def lead(one: Candidate, page: Page, limit: int, digest: Digest, headline_of: HeadlineOf | None) -> Item | None:
    """Headline, up to four sentences, and parts where there is room; at most `limit` words without the headline."""
    title = _headline(one, headline_of)
    room = min(limit, page.left - words(title))
    rich = room >= PARTS_FROM
    summary = _sentences(one, title, page, int(SUMMARY_SHARE * room) if rich else room, LEAD_SENTENCES, digest)
    if not summary:
        return None
    page.place(title, summary)
    parts = parts_of(one, page, room - sum(quote.words for quote in summary), digest) if rich else {}
    return _item(one, title, summary, parts)


def brief(one: Candidate, page: Page, limit: int, digest: Digest, headline_of: HeadlineOf | None) -> Item | None:
    """One sentence; for a storyline of bare headlines the headline alone."""
    title = _headline(one, headline_of)
    if not any(article.sentences for article in one.current):
        if words(title) > min(limit, page.left):
            return None
        page.place(title, ())
        return _item(one, title, [], {})
    sentence = _sentences(one, title, page, min(limit, page.left), 1, digest)
    if not sentence:
        return None
    page.place(None, sentence)
    return _item(one, title, sentence, {})


def _item(
    one: Candidate, title: Headline | Quote, summary: Sequence[Quote], parts: dict[str, tuple[Quote, ...]]
) -> Item:
    sections = [article.section for article in one.current if article.section]
    return Item(
        storyline=replace(one.storyline, headline=title),
        summary=Summary(tuple(summary)),
        section=max(sections, key=lambda section: (sections.count(section), section), default=None),
        status=_status(one),
        volume=one.volume,
        score=one.score,
        parts=parts,
    )


def _status(one: Candidate) -> str:
    if len(one.outlets) >= INDEPENDENT:
        return one.phase
    return f"{one.phase}, {'outlet not stated' if one.unstated else 'one outlet'}"


def _headline(one: Candidate, headline_of: HeadlineOf | None) -> Headline | Quote:
    """The storyline's own where it stands in the window; else one of the window's: news is not told in old words."""
    title = one.storyline.headline
    if title.article in one.current:
        return title
    if headline_of:
        return headline_of(one.current)
    stated = [article for article in one.current if article.headline]
    return Headline(max(stated, key=lambda article: _agreement(article, one.current))) if stated else title


def _agreement(article: Article, others: Sequence[Article]) -> float:
    """Share of a headline's terms that the others' headlines and first sentences hold, on average; less for a tease."""
    terms = set(article.headline_terms)
    held = [len(terms & {*other.headline_terms, *chain(*other.analysis.terms[:2])}) for other in others]
    tease = set("?!…") & set(article.headline or "")
    return round(sum(held) / max(len(terms), 1) / len(others), 9) * (0.5 if tease else 1.0)


def _sentences(  # noqa: PLR0917 each is a plain value of one caller
    one: Candidate, title: Headline | Quote, page: Page, room: int, count: int, digest: Digest
) -> list[Quote]:
    """What the digest says of the window's articles, less what is printed and what was told before the window."""
    if room <= 0:
        return []
    articles = _reading_order(one.current, title)
    told = Told(one.earlier)
    printed = [*page.printed, words_of(title)] if isinstance(title, Quote) else page.printed
    chosen = _usable(digest(articles, words=room, sentences=count), printed, told)
    if len(chosen) < count:  # what was refused left room: look further down the ranking
        wider = digest(articles, words=3 * room, sentences=3 * count)
        chosen = _usable(Summary((*chosen, *_others(wider, chosen))), printed, told)
    return _fitting(chosen, room, count) or _fitting(
        _usable(digest(articles, words=room, sentences=count), printed, Told(())), room, count
    )


def _reading_order(articles: Sequence[Article], title: Headline | Quote) -> list[Article]:
    """The headline's article first, then the latest: the first sentence says what the headline promises."""
    latest_first = [article for article in reversed(articles) if article.sentences]
    return sorted(latest_first, key=lambda article: article != title.article)[:READ]


def _usable(summary: Summary, printed: Sequence[frozenset[str]], told: Told) -> list[Quote]:
    fresh = [run for run in runs(summary.quotes) if any(told.is_new(quote) for quote in run)]
    return list(chain.from_iterable(unprinted(fresh, printed)))


def _others(wider: Summary, chosen: Sequence[Quote]) -> list[Quote]:
    places = {(quote.article.id, quote.span) for quote in chosen}
    return [quote for quote in wider.quotes if (quote.article.id, quote.span) not in places]


def _fitting(quotes: Sequence[Quote], room: int, count: int) -> list[Quote]:
    """Whole runs from the front, as long as they fit; a run that does not is cut after a sentence, or left out."""
    kept: list[Quote] = []
    for run in runs(quotes):
        for quote in run:
            if len(kept) == count or sum(one.words for one in kept) + quote.words > room:
                break
            kept.append(quote)
    return kept
