"""Storylines in, an edition out: leads and briefs within hard limits, and a ledger that accounts
for all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date  # noqa: N812 the parameter is called date
from itertools import islice
from types import MappingProxyType

from briefing.editions.date_insertions import DaysOf, find_date_insertions
from briefing.editions.ledger import compile_ledger
from briefing.editions.lengths import Length
from briefing.editions.lineup.candidates import (
    Candidate,
    Sightings,
    independent_outlets,
    rank_candidates,
)
from briefing.editions.lineup.dormant import dormant_items
from briefing.editions.lineup.importance import is_pastime
from briefing.editions.lineup.items import compose_brief, compose_lead, headline_alone
from briefing.editions.lineup.lead_rules import (
    cap_leads,
    eligible_leads,
    is_below_floor,
    is_sole_source,
    skip_same_affairs,
    spread_outlets,
)
from briefing.editions.lineup.live_posts import best_post_only, posts_apart
from briefing.editions.lineup.outcomes import decide_outcomes as decided
from briefing.editions.lineup.space import Page
from briefing.editions.protocols import Desk, Digest, HeadlineOf, PartsOf, Quotable, Stands
from briefing.editions.reader.mutes import apply_mutes
from briefing.editions.reader.profile import Audience
from briefing.model import Article, Edition, Fate, Item, Licence, Quote, Storyline, Window

BRIEFS_SHARE = 0.3  # of the words kept for the briefs while the leads are filled …
BRIEF_WORDS = 38  # … or so many for each there could be, headline and sentence
NOBODY = Audience()  # a reader without wishes
LEAST = 15  # words below which nothing is begun
MORE_FROM = (
    100  # words left beside those of the briefs, from which on a rich day has a further lead …
)
LEAST_OF_MORE = 40  # words of such a lead's summary: with fewer it is a brief
MORE_LEADS, MORE_BRIEFS = 2, 3  # … up to so many times the usual number; the same of briefs
VIEW_WORDS, VIEWS_PER_BRIEFS = (
    38,
    3,
)  # of an opinion with its headline; one for so many briefs of the usual number
OTHERS_SHARE, OTHER_WORDS = (
    0.12,
    10,
)  # of the words kept for headlines alone, or so many for each that is left


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
    headline_of: HeadlineOf | None = None,
    parts_of: PartsOf | None = None,
    stands: Stands | None = None,
    quotable: Quotable | None = None,
    days_of: DaysOf | None = None,
    audience: Audience = NOBODY,
    licences: Sequence[Licence] = (),
    sent: Iterable[Quote] = (),
    late: Iterable[str] = (),
    parsers: Mapping[str, str] = MappingProxyType({}),
    language: str = "en",
    timezone: str = "UTC",
    fates: Iterable[Fate] = (),
    version: str = "",
    kind: str = "",
    note: str = "",
    memory: Sightings | None = None,
) -> Edition:
    """The edition of `window`: never more than `length.words` words, nothing in it said twice.

    `digest` gives the best sentences of some articles; `headline_of` a headline where a storyline's
    own lies outside the window; `parts_of` what a lead may hold beside its summary; `stands`
    whether a sentence can be read alone, `quotable` how it is printed where it can; `days_of` the
    days that a sentence's words name, to be printed beside them; `audience` is who it is for;
    `licences` what may be quoted, the first that fits (without any, all); `sent` are quotations
    that this profile has had already; `parsers` the name of each language's trained pipeline;
    `late` ids of articles from before the window that came in after it began; `fates` the ledger's
    lines so far; `kind` what it is called beside the day's edition; `note` the editor's; `memory`
    what readers of one collection share and no result depends on. Storylines are ordered by points,
    equal ones by id, so their order as given changes nothing.
    """
    given = sorted(storylines, key=lambda storyline: storyline.id)
    seen, hidden = apply_mutes(given, audience, date)
    behind = frozenset(late)
    lineup = rank_candidates(seen, window, date, timezone, audience, behind, memory)
    page = Page(length.words, sent, licences)
    desk = Desk(digest, headline_of, parts_of, stands, quotable)
    worth = [one for one in lineup if not is_below_floor(one) and not is_sole_source(one, audience)]
    worth = posts_apart(worth)
    leads = _fill_leads(worth, page, length, desk, audience)
    led = {item.storyline.id for item in leads}
    rest = [one for one in worth if one.storyline.id not in led]
    thought = [one for one in rest if one.is_view]
    room = VIEW_WORDS * min(len(thought), max(1, length.briefs // VIEWS_PER_BRIEFS))
    briefs = _fill_briefs([one for one in rest if not one.is_view], page, length, desk, spare=room)
    views = _views(thought, page, length, desk, room)
    told = {item.storyline.id for item in (*briefs, *views)}
    others = _others(
        [one for one in rest if one.storyline.id not in told and not one.is_view], page, desk
    )
    printed = {"lead": leads, "brief": briefs, "view": views, "headline": others}
    made = decided(_storyline_articles(seen), lineup, printed, window, timezone, audience)
    lines = compile_ledger(
        (*fates, *hidden), [_mark_late(fate, behind) for fate in made], _storyline_articles(given)
    )
    reported = frozenset(one.storyline.id for one in lineup)
    briefs += views + others + dormant_items(seen, reported, audience, window, timezone, page, date)
    return Edition(
        title=title,
        profile=profile,
        date=date,
        window=window,
        leads=leads,
        briefs=briefs,
        ledger=lines,
        counts=_edition_counts(lineup, lines),
        limit=length.words,
        language=language,
        timezone=timezone,
        version=version,
        kind=kind,
        note=note,
        insertions=find_date_insertions((*leads, *briefs), days_of),
        parsed_by=_pipelines_of((*leads, *briefs), parsers),
        late=tuple(sorted(behind & {article.id for one in lineup for article in one.current})),
        licences=tuple(licences),
    )


def _pipelines_of(items: Sequence[Item], parsers: Mapping[str, str]) -> tuple[str, ...]:
    """The pipelines of the languages that an edition quotes."""
    languages = {quote.article.language or "en" for item in items for quote in item.quotes}
    return tuple(sorted({parsers[language] for language in languages if parsers.get(language)}))


def _mark_late(fate: Fate, late: frozenset[str]) -> Fate:
    """What came in late says so in the ledger."""
    return replace(fate, reason=f"{fate.reason}; it came in late") if fate.id in late else fate


def _fill_leads(
    worth: Sequence[Candidate], page: Page, length: Length, desk: Desk, audience: Audience
) -> tuple[Item, ...]:
    """Words go by points: the first lead has the most, none more than its limit, and the briefs
    keep theirs.
    """
    coming = skip_same_affairs(
        cap_leads(best_post_only(eligible_leads(worth)), audience)
    )  # looked for one by one: each is held against all
    able = list(islice(coming, length.leads))
    kept = min(
        int(BRIEFS_SHARE * length.words),
        BRIEF_WORDS * min(length.briefs, max(0, len(worth) - length.leads)),
    )
    items: list[Item] = []
    for place, one in enumerate(able):
        rivals = able[place : place + max(1, length.leads - len(items))]
        least = LEAST if len(items) < length.leads else MORE_FROM
        if len(items) == MORE_LEADS * length.leads or page.left - kept < least:
            break
        share = one.points / sum(rival.points for rival in rivals)
        usual = len(items) < length.leads
        words = min(length.lead_words, int((page.left - kept) * share))
        item = compose_lead(one, page, words, desk, least=0 if usual else LEAST_OF_MORE)
        if item:
            items.append(item)
        if not item or len(items) >= length.leads:
            able += islice(coming, 1)
    return tuple(items)


def _views(
    worth: Sequence[Candidate], page: Page, length: Length, desk: Desk, room: int
) -> tuple[Item, ...]:
    """A few opinions, each of another outlet as long as there are others; as many as `room` words
    hold.
    """
    items: list[Item] = []
    before = page.left
    for one in spread_outlets(worth, 1):
        left = min(length.brief_words, page.left, room - before + page.left)
        item = compose_brief(one, page, left, desk) if left >= LEAST else None
        items += [item] if item else []
    return tuple(items)


def _fill_briefs(
    worth: Sequence[Candidate], page: Page, length: Length, desk: Desk, *, spare: int
) -> tuple[Item, ...]:
    """With a headline and a sentence each, until the words left are those of the headlines of all
    others.

    `spare` are words that others are to have.
    """
    items: list[Item] = []
    kept = spare + min(
        int(OTHERS_SHARE * length.words), OTHER_WORDS * max(0, len(worth) - length.briefs)
    )
    for one in spread_outlets(worth, length.briefs):
        if len(items) == MORE_BRIEFS * length.briefs or page.left - kept < LEAST:
            break
        item = compose_brief(one, page, min(length.brief_words, page.left - kept), desk)
        if item:
            items.append(item)
    return _group_by_section(
        sorted(items, key=lambda item: (is_pastime(item.storyline.articles), -item.points))
    )


def _others(worth: Sequence[Candidate], page: Page, desk: Desk) -> tuple[Item, ...]:
    """Headlines alone, as long as words are left."""
    return _group_by_section([item for one in worth if (item := headline_alone(one, page, desk))])


def _group_by_section(items: Sequence[Item]) -> tuple[Item, ...]:
    """Items of one section together, the section of the best first, those without one last; order
    in one as given.
    """
    first = {item.section: place for place, item in reversed([*enumerate(items)])}
    return tuple(sorted(items, key=lambda item: (item.section is None, first[item.section])))


def _storyline_articles(storylines: Iterable[Storyline]) -> list[Article]:
    return [article for storyline in storylines for article in storyline.articles]


def _edition_counts(lineup: Sequence[Candidate], lines: Sequence[Fate]) -> dict[str, int]:
    """Documents and articles as the ledger lists them; storylines and outlets of the window."""
    current = [article for one in lineup for article in (*one.current, *one.behind)]
    return {
        "documents": sum(line.kind == "document" for line in lines),
        "articles": sum(line.kind == "article" for line in lines),
        "copies": sum(line.kind == "article" and line.fate == "folded" for line in lines),
        "storylines": len(lineup),
        "outlets": len(independent_outlets(current)),
        "undated": sum(article.published is None for article in current),
        "bare headlines": sum(not article.sentences for article in current),
    }
