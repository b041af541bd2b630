"""A candidate and a page in, the item it becomes out: its headline, its sentences, its parts; or
None if none fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice

from briefing.editions.lineup.candidates import INDEPENDENT, Candidate
from briefing.editions.lineup.run_ins import (
    Parts,
    collect_offers,
    fit_run_ins,
    reserved_sentences,
    still_so,
    topic_terms,
)
from briefing.editions.lineup.space import Page, count_words
from briefing.editions.lineup.telling import additions, best_opening, main_facts, place_of
from briefing.editions.novelty.detection import Told
from briefing.editions.novelty.redundancy import (
    distinct_words,
    drop_redundant_runs,
    is_redundant,
    sentence_terms,
    split_runs,
)
from briefing.editions.protocols import Desk
from briefing.editions.reader.profile import OPENING
from briefing.model import Article, Headline, Item, Quote, Summary

LEAD_SENTENCES = 4
TOLD_SENTENCES = (
    3  # of a storyline that readers know: what is new beside them has a part of its own
)
FEW = 3  # sentences below which the headline's article is asked again for more of its own
READ = 30  # articles of a storyline that sentences are chosen from; more say the same again
SHORTEST_HEADLINE, LONGEST_HEADLINE = 5, 36  # words of a sentence that stands in for a headline
PROMISE = (
    1 / 3
)  # of a headline's terms that the first sentence of its article must hold to open the item
BRIEF_PROMISE = (
    1 / 5
)  # the same of a brief's one sentence: its words are the body's, a headline's are shorter
ADDED = 3  # words that a sentence has beside those of its headline, from which on it says more
TRIED = 6  # articles in which a brief's sentence is looked for
PARTS_FROM = 120  # words a lead may have, from which on it is more than its summary …
SUMMARY_SHARE = 0.65  # … which then has this much of them
SPAN_SENTENCES, SPAN_SHARE = (
    2,
    0.45,
)  # where the window holds several days, and how it developed is told


def compose_lead(
    one: Candidate, page: Page, limit: int, desk: Desk, *, least: int = 0
) -> Item | None:
    """Headline, up to four sentences, and parts where there is room; at most `limit` words without
    the headline.

    None where its summary would have fewer words than `least`, or none.
    """
    title = _select_headline(one, desk)
    one = one.as_of(title.article)
    room = min(limit, page.left - count_words(title))
    rich = room >= PARTS_FROM
    most = (
        SPAN_SENTENCES
        if rich and one.spans
        else TOLD_SENTENCES
        if rich and one.earlier
        else LEAD_SENTENCES
    )
    share = int((SPAN_SHARE if one.spans else SUMMARY_SHARE) * room) if rich else room
    offered = collect_offers(one, room - share, desk) if rich else {}
    elsewhere = reserved_sentences(offered) if rich else frozenset[tuple[str, int]]()
    title, summary = _told(one, title, page, share, most, desk, elsewhere)
    if not summary or sum(quote.words for quote in summary) < least:
        return None
    page.place(title, summary)
    left = room - sum(quote.words for quote in summary)
    offered = still_so(offered, one.as_of(title.article))
    parts = fit_run_ins(one, title, summary, page, left, offered) if rich else Parts()
    return _build_item(one, title, summary, parts)


def _told(  # noqa: PLR0917 each is a plain value of one caller
    one: Candidate, title: Headline | Quote, page: Page, room: int, count: int, desk: Desk,
    elsewhere: frozenset[tuple[str, int]],
) -> tuple[Headline | Quote, list[Quote]]:  # fmt: skip
    """The headline and the summary: as one report opens, with the main fact and what others add."""
    reports = _reading_order(one.newest, title)
    opening = best_opening(one, title, reports, page, room, desk, elsewhere)
    if not opening:
        return title, _select_sentences(one, title, page, room, count, desk, elsewhere)
    teller = opening[0].article
    told_apart = title.article.kind == "live blog" and teller.part_of == title.article.id
    if teller != title.article and teller.headline and not one.storyline.named and not told_apart:
        title = Headline(teller)
    reports = _reading_order(one.as_of(teller).newest, title)
    matter = topic_terms(reports, title, opening)
    facts = [
        quote
        for quote in main_facts(one, opening, matter, desk)
        if place_of(quote) not in elsewhere
    ]
    best = desk.digest(reports, words=3 * room, sentences=3 * count).quotes
    offered = [
        quote for quote in best if quote.article != teller and place_of(quote) not in elsewhere
    ]
    fresh = [quote for quote in offered if one.told.is_new(quote)]
    chosen = [*opening, *facts, *additions([*opening, *facts], fresh, matter, desk)]
    summary = _together(_fit_quotes(_unsaid(chosen, page), room, count, page), one)
    if len(summary) < min(FEW, count):  # nobody adds anything: the report itself goes on
        own = desk.digest([teller], words=room, sentences=count).quotes
        more = [each for each in own if each not in summary and place_of(each) not in elsewhere]
        more = [quote for quote in more if one.told.is_new(quote)]
        summary = _fit_quotes(
            _unsaid(_merge_in_reading_order(summary, more), page), room, count, page
        )
    return title, summary


def _unsaid(quotes: Sequence[Quote], page: Page) -> list[Quote]:
    return [*chain.from_iterable(drop_redundant_runs(split_runs(quotes), page.printed))]


def _together(quotes: Sequence[Quote], one: Candidate) -> list[Quote]:
    """Sentences of one report beside one another, in its order: the opening report's, then others'
    as time went on.
    """
    times = {article: place for place, article in enumerate(one.newest)}
    return sorted(
        quotes,
        key=lambda quote: (
            quote.article != quotes[0].article,
            times.get(quote.article, 0),
            quote.span,
        ),
    )


def compose_brief(one: Candidate, page: Page, limit: int, desk: Desk) -> Item | None:
    """A headline and one sentence that says what it says, both of one article; None where there is
    none or no room.
    """
    title = _select_headline(one, desk)
    one = one.as_of(title.article)
    room = min(limit, page.left - count_words(title))
    chosen = _lede_sentence(one, title, page, room, desk) or _find_promise_sentence(
        one, title, page, room, desk
    )
    if not chosen:
        return None
    if (
        chosen[0].article != title.article
        and chosen[0].article.headline
        and not one.storyline.named
    ):
        title = Headline(chosen[0].article)  # a headline stands above its own report
    page.place(None if title in chosen else title, chosen)
    return _build_item(one, title, chosen, Parts())


def headline_alone(one: Candidate, page: Page, desk: Desk) -> Item | None:
    """What a reader is told of a storyline for which there is no room; None where its headline has
    none either.
    """
    title = _select_headline(one, desk)
    if count_words(title) > page.left or is_redundant(title, page.printed):
        return None
    page.place(title, ())
    return _build_item(one, title, [], Parts())


def _find_promise_sentence(
    one: Candidate, title: Headline | Quote, page: Page, room: int, desk: Desk
) -> list[Quote]:
    """The first article's best sentence, in reading order, that keeps the headline's promise and is
    not printed yet.
    """
    for article in _reading_order(one.newest, title)[:TRIED] if room > 0 else ():
        best = desk.digest([article], words=room, sentences=1).quotes
        fitting = [
            quote for quote in best if _has_headline_promise(quote, title) and desk.can_open(quote)
        ]
        if (
            fitting
            and drop_redundant_runs([fitting], page.printed)
            and page.account.allows(fitting)
        ):
            return fitting
    return []


def _lede_sentence(
    one: Candidate, title: Headline | Quote, page: Page, room: int, desk: Desk
) -> list[Quote]:
    """The first sentence of the headline's article that stands and says what the headline says;
    none that teases.
    """
    if title.article not in one.newest:
        return []
    opening = (desk.sentence(title.article, number) for number in range(OPENING))
    fitting = (
        one
        for one in opening
        if one and _has_headline_promise(one, title) and _fits_below(one, title, page, room)
    )
    return [*islice(fitting, 1)]


def _fits_below(quote: Quote, title: Headline | Quote, page: Page, room: int) -> bool:
    """Whether a sentence has room below a headline, is not printed yet and says more than it."""
    said = len(distinct_words(quote) - distinct_words(title)) < ADDED and isinstance(
        title, Headline
    )
    if said or quote.words > room or not page.account.allows([quote]):
        return False
    return bool(drop_redundant_runs([[quote]], page.printed))


def _has_headline_promise(quote: Quote, title: Headline | Quote) -> bool:
    promise = set(title.article.headline_terms)
    return len(promise & sentence_terms(quote)) >= BRIEF_PROMISE * len(promise)


def _build_item(
    one: Candidate, title: Headline | Quote, summary: Sequence[Quote], parts: Parts
) -> Item:
    return Item(
        storyline=replace(one.storyline, headline=title),
        summary=Summary(tuple(summary)),
        section=one.section,
        status=_status_words(one),
        volume=one.volume,
        score=one.score,
        parts=parts.quotes,
        divided=parts.divided,
        why=parts.why,
    )


def _status_words(one: Candidate) -> str:
    phase = f"{one.phase}, nothing new" if _has_nothing_new(one) else one.phase
    if len(one.outlets) >= INDEPENDENT:
        return phase
    return f"{phase}, {'outlet not stated' if one.unstated else 'one outlet'}"


def _has_nothing_new(one: Candidate) -> bool:
    """Whether the newest articles say, in all they say, what was told before the window."""
    said = [(article, n) for article in one.newest for n in range(len(article.sentences))]
    return bool(one.earlier and said) and not any(
        one.told.why_new(article, n) for article, n in said
    )


def _select_headline(one: Candidate, desk: Desk) -> Headline | Quote:
    """The storyline's own where it stands in the window; else one of the window's: news is not told
    in old words.
    """
    title = one.storyline.headline
    if one.storyline.named:
        return title
    if title.article not in one.newest and desk.headline_of:
        title = desk.headline_of(one.newest)
    if isinstance(title, Quote) and title.words > LONGEST_HEADLINE:
        return _short_opening(one.newest, desk) or title
    if title.article in one.newest:
        return title
    stated = [article for article in one.newest if article.headline]
    return (
        Headline(max(stated, key=lambda article: _headline_agreement(article, one.newest)))
        if stated
        else title
    )


def _short_opening(articles: Sequence[Article], desk: Desk) -> Quote | None:
    """Where no outlet gives a headline: the short opening sentence that says most of what they
    share.
    """
    openings = [
        Quote(one, span) for one in articles if not one.headline for span in one.sentences[:OPENING]
    ]
    matter = Counter(
        term
        for article in articles
        for term in dict.fromkeys(chain(*article.analysis.terms[:OPENING]))
    )
    short = [
        quote
        for quote in openings
        if SHORTEST_HEADLINE <= quote.words <= LONGEST_HEADLINE and desk.can_open(quote)
    ]
    return max(
        short, key=lambda quote: sum(matter[term] for term in sentence_terms(quote)), default=None
    )


def _headline_agreement(article: Article, others: Sequence[Article]) -> float:
    """Share of a headline's terms that the others' headlines and first sentences hold, on average;
    less for a tease.
    """
    terms = set(article.headline_terms)
    held = [
        len(terms & {*other.headline_terms, *chain(*other.analysis.terms[:2])}) for other in others
    ]
    tease = set("?!…") & set(article.headline or "")
    return round(sum(held) / max(len(terms), 1) / len(others), 9) * (0.5 if tease else 1.0)


def _select_sentences(  # noqa: PLR0917 each is a plain value of one caller
    one: Candidate, title: Headline | Quote, page: Page, room: int, count: int, desk: Desk,
    elsewhere: frozenset[tuple[str, int]] = frozenset(),
) -> list[Quote]:  # fmt: skip
    """What the digest says of the newest articles, less what is printed and what was told before
    the window.

    `elsewhere` are sentences that another part of the lead prints: here they may only open it.
    """
    if room <= 0:
        return []
    articles = _reading_order(one.newest, title)
    printed = [*page.printed, distinct_words(title)] if isinstance(title, Quote) else page.printed

    def adds(run: Sequence[Quote], told: Told) -> bool:
        return bool(matter & sentence_terms(run[0])) and any(told.is_new(quote) for quote in run)

    def usable(quotes: Sequence[Quote], told: Told) -> list[Quote]:
        fresh = [
            run
            for run in split_runs(
                [quote for quote in quotes if quote in opener or place_of(quote) not in elsewhere]
            )
            if desk.can_open(run[0]) and (run[0] in opener or adds(run, told))
        ]
        return list(chain.from_iterable(drop_redundant_runs(fresh, printed)))

    matter = topic_terms(articles, title)
    opener = _find_opener(articles, title, room, desk)
    if count == 1 and (only := _fit_quotes(usable(opener, one.told), room, count, page)):
        return only
    best = desk.digest(articles, words=room, sentences=count).quotes
    chosen = usable(_move_opener_first(opener, best, title), one.told)
    if (
        len(_fit_quotes(chosen, room, count, page)) < count
    ):  # what was refused left room: look further down the ranking
        wider = desk.digest(articles, words=3 * room, sentences=3 * count).quotes
        chosen = usable((*chosen, *_unchosen_quotes(wider, chosen)), one.told)
    if (
        count > 1 and len(_fit_quotes(chosen, room, count, page)) < FEW
    ):  # others tell it in other words
        more = desk.digest(articles[:1], words=room, sentences=count).quotes
        chosen = usable(
            _merge_in_reading_order(chosen, [quote for quote in more if quote not in chosen]),
            one.told,
        )
    found = _fit_quotes(chosen, room, count, page) or _fit_quotes(
        usable(best, Told(())), room, count, page
    )
    return _together(found, one)


def _find_opener(
    articles: Sequence[Article], title: Headline | Quote, room: int, desk: Desk
) -> list[Quote]:
    """The best sentence of the headline's article, when it says what the headline promises."""
    promise = set(title.article.headline_terms)
    return [
        quote
        for quote in desk.digest(articles[:1], words=room, sentences=1).quotes
        if len(promise & sentence_terms(quote)) >= PROMISE * len(promise)
    ]


def _move_opener_first(
    opener: Sequence[Quote], quotes: Sequence[Quote], title: Headline | Quote
) -> list[Quote]:
    """The sentence of the headline's article first, with what follows it: it says what the headline
    promises.
    """
    groups = split_runs(quotes)
    first = [group for group in groups if group[0] in opener]
    rest = [group for group in groups if not any(quote in opener for quote in group)]
    lead = first[0] if first else opener
    if (
        not lead and title.article.kind == "update"
    ):  # a post is about its own headline, other posts about theirs
        rest.sort(key=lambda group: group[0].article != title.article)
    return [*lead, *chain.from_iterable(rest)]


def _reading_order(articles: Sequence[Article], title: Headline | Quote) -> list[Article]:
    """The headline's article first, then the latest: the first sentence says what the headline
    promises.

    Of a live blog the posts whose headlines are most like its own.
    """
    latest_first = [article for article in reversed(articles) if article.sentences]
    if title.article.kind == "live blog":
        promise = {*title.article.headline_terms}
        latest_first.sort(key=lambda article: -len(promise & {*article.headline_terms}))
    return sorted(latest_first, key=lambda article: article != title.article)[:READ]


def _unchosen_quotes(wider: Sequence[Quote], chosen: Sequence[Quote]) -> list[Quote]:
    """Runs of which nothing is chosen: the rest of a run would lean on a sentence that stands
    elsewhere.
    """
    return [
        quote for run in split_runs(wider) if not any(one in chosen for one in run) for quote in run
    ]


def _merge_in_reading_order(chosen: Sequence[Quote], more: Sequence[Quote]) -> list[Quote]:
    """More of one article among what is chosen: behind the last sentence of that article that
    stands before it.
    """
    merged = [*chosen]
    for quote in more:
        before = [
            n
            for n, one in enumerate(merged)
            if one.article == quote.article and one.span < quote.span
        ]
        merged.insert(max(before) + 1 if before else len(merged), quote)
    return merged


def _fit_quotes(quotes: Sequence[Quote], room: int, count: int, page: Page) -> list[Quote]:
    """Whole runs from the front, as long as they fit and licences allow; one that does not is cut
    short or left out.
    """
    kept: list[Quote] = []
    for run in split_runs(quotes):
        for quote in run:
            if len(kept) == count or sum(one.words for one in kept) + quote.words > room:
                break
            if not page.account.allows([*kept, quote]):
                break
            kept.append(quote)
    return kept
