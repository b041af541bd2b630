"""Storylines in, an edition out: leads and briefs within hard limits, and a ledger that accounts for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date  # noqa: N812 the parameter is called date
from typing import Protocol

from briefing.editions.ledger import fate_of, ledger
from briefing.editions.lengths import Length
from briefing.editions.lineup import INDEPENDENT, Candidate, candidates, independent_outlets
from briefing.editions.repeats import Words, fresh, words_of
from briefing.editions.windows import after
from briefing.model import Article, Edition, Fate, Headline, Item, Quote, Storyline, Summary, Window

LEAD_SENTENCES = 4
BRIEF_SHARE = 0.3  # of the words kept back for the briefs while leads are filled
LEAST = 20  # words below which a lead is not begun


class Digest(Protocol):
    """The best sentences of some articles within a number of words."""

    def __call__(self, articles: Sequence[Article], /, *, words: int, sentences: int | None) -> Summary: ...


@dataclass
class _Page:
    """What is printed so far; filled from the top, never altered."""

    limit: int
    used: int = 0
    printed: list[Words] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.limit - self.used

    def place(self, quotes: Sequence[Quote], headline_words: int = 0) -> None:
        self.used += headline_words + sum(quote.words for quote in quotes)
        self.printed += [words_of(quote) for quote in quotes]


def compose(
    storylines: Iterable[Storyline],
    /,
    *,
    title: str,
    profile: str,
    date: Date,
    window: Window,
    length: Length,
    digest: Digest,
    headline: Callable[[Sequence[Article]], Headline | Quote] | None = None,
    language: str = "en",
    timezone: str = "UTC",
    fates: Iterable[Fate] = (),
    version: str = "",
) -> Edition:
    """The edition of `window`, at most `length.words` words; the same for any order of `storylines`.

    `digest` gives the sentences of some articles. `fates` are the ledger's lines so far.
    """
    given = sorted(storylines, key=lambda storyline: storyline.id)
    lineup = candidates(given, window, date, timezone)
    page = _Page(length.words)
    leads = _leads(lineup, page, length, digest, headline)
    led = {item.storyline.id for item in leads}
    briefs = _briefs([one for one in lineup if one.storyline.id not in led], page, length, digest, headline)
    articles = [article for storyline in given for article in storyline.articles]
    lines = ledger(fates, _made(given, lineup, leads, briefs, window, timezone), articles)
    edition = Edition(
        title, profile, date, window, tuple(leads), tuple(briefs), lines, {}, length.words, language, timezone, version
    )
    return replace(edition, counts=_counts(edition, lineup, articles))


def _leads(lineup: Sequence[Candidate], page: _Page, length: Length, digest: Digest, headline: object) -> list[Item]:
    able = [one for one in lineup if len(one.outlets) >= INDEPENDENT]
    able = able or list(lineup)
    items: list[Item] = []
    kept_back = min(int(BRIEF_SHARE * length.words), (len(lineup) - 1) * length.brief_words)
    for one in able:
        if len(items) == length.leads or page.left - kept_back < LEAST:
            break
        item = _item(
            one, page, min(length.lead_words, page.left - kept_back), LEAD_SENTENCES, digest, headline, lead=True
        )
        if item:
            items.append(item)
    return items


def _briefs(lineup: Sequence[Candidate], page: _Page, length: Length, digest: Digest, headline: object) -> list[Item]:
    items: list[Item] = []
    for one in lineup:
        if len(items) == length.briefs:
            break
        item = _item(one, page, min(length.brief_words, page.left), 1, digest, headline, lead=False)
        if item:
            items.append(item)
    return items


def _item(one, page, words, sentences, digest, headline, *, lead):  # type: ignore
    storyline = one.storyline
    title = storyline.headline
    if title.article not in one.current:
        title = headline(one.current) if headline else _own(one.current, title)
    storyline = replace(storyline, headline=title)
    title_words = len(str(title).split()) if lead else 0
    if lead:
        words = min(words, page.left - title_words)
    if words <= 0:
        return None
    quotes = fresh(digest(one.current, words=words, sentences=sentences).quotes, page.printed)
    if not quotes:
        return None
    page.place(quotes, title_words)
    return Item(
        storyline, Summary(tuple(quotes)), section=None, status=_status(one), volume=one.volume, score=one.score
    )


def _own(current, title):  # type: ignore
    return next((Headline(a) for a in reversed(current) if a.headline), title)


def _status(one: Candidate) -> str:
    outlets = one.outlets
    note = "" if len(outlets) >= INDEPENDENT else ", one outlet" if outlets else ", outlet not stated"
    return one.phase + note


def _made(given, lineup, leads, briefs, window, timezone):  # type: ignore
    place = {i.storyline.id: ("lead", i) for i in leads} | {i.storyline.id: ("brief", i) for i in briefs}
    current = {one.storyline.id: one.current for one in lineup}
    for storyline in given:
        for article in storyline.articles:
            if article not in current.get(storyline.id, ()):
                when = "after" if after(article.published, window, timezone) else "before"
                yield fate_of(article, "outside the window", f"published {when} it")
            elif storyline.id in place:
                fate, item = place[storyline.id]
                quoted = any(q.article == article for q in item.quotes)
                yield fate_of(article, fate, f"{'quoted in' if quoted else 'stands behind'} {storyline.id}")
            else:
                yield fate_of(article, "over the limit", storyline.id)


def _counts(edition: Edition, lineup: Sequence[Candidate], articles: Sequence[Article]) -> dict[str, int]:
    current = [article for one in lineup for article in one.current]
    return {
        "documents": sum(fate.kind == "document" for fate in edition.ledger),
        "articles": sum(fate.kind == "article" for fate in edition.ledger),
        "copies": sum(fate.fate == "folded" for fate in edition.ledger),
        "storylines": len(lineup),
        "outlets": len(independent_outlets(current)),
    }
