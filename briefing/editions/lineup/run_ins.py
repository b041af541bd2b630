"""A lead, the words left to it and what else its articles say in; the parts there is room
for out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain

from briefing.editions.lineup.candidates import Candidate
from briefing.editions.lineup.space import Page
from briefing.editions.lineup.telling import place_of
from briefing.editions.novelty.detection import CONCRETE
from briefing.editions.novelty.redundancy import drop_redundant_runs, is_retelling, sentence_terms
from briefing.editions.protocols import Desk, Offer
from briefing.model import Article, Headline, Moment, Quote

SINCE, DIFFER = "new since the last edition", "where accounts differ"
IN_TIME = "how it developed"  # offered latest day first, printed as it happened
ORDER = (
    SINCE,
    "they said",
    "numbers",
    IN_TIME,
    DIFFER,
)  # as printed; words go to what a reader would miss most first
MOST = {SINCE: 2, IN_TIME: 2}  # quotations of each part; others have one, or one group
# of a timeline where the window holds several days: it is what a reader who was away asks for
DAYS = 4
QUARTER, NOON = 6, 2  # hours of a timeline's step; the step that a day without an hour is
SHARED = 1 / 2  # of the articles: a term that so many hold belongs to the storyline's matter
LINKS = 2  # terms of the matter that a sentence must hold; a name alone leads anywhere
CLOSE = {
    "numbers": 0.4
}  # share of its terms that must be of the matter: figures stand about everything
LOOKED_AT = (
    12  # sentences of the newest articles among which those with something new are looked for
)
NEW_WORDS = 45  # of a sentence that only adds to what the summary says


@dataclass
class Parts:
    """What a lead holds beside its summary, being filled."""

    quotes: dict[str, tuple[Quote, ...]] = field(default_factory=dict)
    divided: dict[str, tuple[int, ...]] = field(default_factory=dict)
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)


Offered = Mapping[str, Sequence[Offer]]


def collect_offers(one: Candidate, room: int, desk: Desk) -> Offered:
    """All that a lead could hold beside its summary; accounts that differ as far as `room` words
    hold them.
    """
    given = desk.parts_of(one.newest, one.before) if desk.parts_of else {}
    differing = [
        group
        for group in given.get(DIFFER, ())
        if sum(quote.words for quote in _offer_quotes(group)) <= room
    ]
    dated = [offer for offer in given.get(IN_TIME, ()) if desk.can_open(_offer_quotes(offer)[0])]
    return {SINCE: new_sentences(one, desk), **given, IN_TIME: dated, DIFFER: differing[:1]}


def still_so(offered: Offered, one: Candidate) -> Offered:
    """Without what reports say that are much older than the one that the lead is told from, but how
    it came about.
    """
    told = {*one.newest}
    return {
        name: [
            offer
            for offer in given
            if name == IN_TIME or all(quote.article in told for quote in _offer_quotes(offer))
        ]
        for name, given in offered.items()
    }


def reserved_sentences(offered: Offered) -> frozenset[tuple[str, int]]:
    """Sentences that stand among accounts that differ, by article and end: the summary leaves them
    there.
    """
    return frozenset(place_of(quote) for group in offered[DIFFER] for quote in _offer_quotes(group))


def fit_run_ins(  # noqa: PLR0917 each is a plain value of one caller
    one: Candidate,
    title: Headline | Quote,
    summary: Sequence[Quote],
    page: Page,
    room: int,
    offered: Offered,
) -> Parts:
    """The parts on the storyline's matter that say something not yet printed, within `room` words;
    placed.
    """
    parts, shown = Parts(), [*summary]
    matter = topic_terms([*one.current, *one.earlier], title, summary)
    first = (IN_TIME,) if one.spans else (SINCE, DIFFER)
    most = {**MOST, IN_TIME: DAYS} if one.spans else MOST
    for name in sorted(offered, key=lambda name: (name not in first, list(offered).index(name))):
        quotes = _sort_by_topic(offered[name], matter) if name == "they said" else offered[name]
        chosen: list[Sequence[Quote]] = []
        for group in (
            _unsummarised_quotes(_offer_quotes(offer), name, summary) for offer in quotes
        ):
            if len(chosen) == most.get(name, 1):
                break
            words = sum(quote.words for quote in group)
            pending = [quote for each in chosen for quote in each]
            again = name == IN_TIME and bool(_steps(group, one) & _steps(pending, one))
            if words > room or again or not page.account.allows([*pending, *group]):
                continue
            if _is_addition(group, name, matter, shown, page):
                chosen.append(group)
                shown += group
                room -= words
        if chosen:
            _add_run_in(parts, name, chosen, page)
    _explain_novelty(parts, one)
    parts.quotes = {name: parts.quotes[name] for name in sorted(parts.quotes, key=_order_key)}
    return parts


def new_sentences(one: Candidate, desk: Desk) -> list[Quote]:
    """Sentences of the newest articles with a figure, a name, a quotation, a denial or a decision
    that nobody had yet.

    Nothing of a storyline that is new as a whole, nor of what came in late: it is older than the
    last edition. In the digest's choice, which is by weight and in reading order.
    """
    if not one.earlier:
        return []
    best = desk.digest(one.newest, words=LOOKED_AT * NEW_WORDS, sentences=LOOKED_AT).quotes
    fresh = [quote for quote in best if quote.words <= NEW_WORDS and quote.article.id in one.since]
    return [quote for quote in fresh if one.told.new(quote).concrete and desk.can_open(quote)]


def _steps(quotes: Sequence[Quote], one: Candidate) -> set[tuple[date, int]]:
    """What a timeline tells once: a day where the window holds several, else a quarter of a day."""
    times = [quote.article.published for quote in quotes if quote.article.published]
    return {(at.day, 0 if one.spans else _quarter(at)) for at in times}


def _quarter(moment: Moment) -> int:
    return NOON if moment.precision == "day" else moment.at.hour // QUARTER


def _in_time(group: Sequence[Quote]) -> tuple[date, int, datetime]:
    """What a timeline is sorted by; undated sentences come first."""
    published = group[0].article.published
    if published is None:
        return date.min, 0, datetime.min.replace(tzinfo=UTC)
    return published.day, _quarter(published), published.at


def _offer_quotes(offer: Offer) -> Sequence[Quote]:
    return (offer,) if isinstance(offer, Quote) else tuple(offer)


def _unsummarised_quotes(
    group: Sequence[Quote], name: str, summary: Sequence[Quote]
) -> Sequence[Quote]:
    """Of accounts that differ those that the summary does not give: where it opens with one, the
    others stand alone.
    """
    told = {place_of(quote) for quote in summary} if name == DIFFER else ()
    return tuple(quote for quote in group if place_of(quote) not in told)


def _is_addition(
    group: Sequence[Quote], name: str, matter: frozenset[str], shown: Sequence[Quote], page: Page
) -> bool:
    """Whether nothing of a group is printed yet and all of it is on the matter.

    Accounts that differ tell one thing with different figures: what tells it already does not speak
    against them.
    """
    if name == DIFFER:
        return bool(group) and all(drop_redundant_runs([[quote]], page.printed) for quote in group)
    if not drop_redundant_runs([group], page.printed) or any(quote in shown for quote in group):
        return False
    told = name != IN_TIME and any(is_retelling(quote, other) for quote in group for other in shown)
    return not told and all(_is_on_topic(sentence_terms(quote), matter, name) for quote in group)


def _add_run_in(parts: Parts, name: str, chosen: Sequence[Sequence[Quote]], page: Page) -> None:
    groups = sorted(chosen, key=_in_time) if name == IN_TIME else chosen
    parts.quotes[name] = tuple(chain.from_iterable(groups))
    page.place(None, parts.quotes[name])
    if any(len(group) > 1 for group in groups):
        parts.divided[name] = tuple(map(len, groups))


def _explain_novelty(parts: Parts, one: Candidate) -> None:
    """What makes each sentence of the new ones new."""
    if SINCE in parts.quotes:
        reasons = [
            [why for why in one.told.new(quote).why if why.startswith(CONCRETE)]
            for quote in parts.quotes[SINCE]
        ]
        parts.why[SINCE] = tuple(", ".join(each) for each in reasons)


def _order_key(name: str) -> tuple[int, str]:
    return (ORDER.index(name), "") if name in ORDER else (len(ORDER), name)


def _is_on_topic(terms: frozenset[str], matter: frozenset[str], name: str) -> bool:
    shared = len(terms & matter)
    return shared >= max(LINKS, CLOSE.get(name, 0.0) * len(terms))


def topic_terms(
    articles: Sequence[Article], title: Headline | Quote, summary: Sequence[Quote] = ()
) -> frozenset[str]:
    """What a storyline is about: the terms of its headline, its summary, and those that half of its
    articles hold.
    """
    held = Counter(term for article in articles for term in article.vocabulary)
    common = {term for term, count in held.items() if count >= max(2, SHARED * len(articles))}
    told = {term for quote in summary for term in sentence_terms(quote)}
    return frozenset(
        term for term in {*common, *told, *title.article.headline_terms} if not term[0].isdigit()
    )


def _sort_by_topic(offers: Sequence[Offer], matter: frozenset[str]) -> list[Offer]:
    """Those that share most terms with the matter first; equal ones as given."""
    return sorted(
        offers,
        key=lambda offer: (
            -max(len(matter & sentence_terms(quote)) for quote in _offer_quotes(offer))
        ),
    )
