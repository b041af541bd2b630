"""articles of one storyline > sentences in which outlets give different figures: "Where accounts
differ".

Shown side by side, never judged. Precision before recall: see `find_disagreements` for what is no
difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import combinations

from briefing.model import Article, Articles, Quote, Span
from briefing.summaries.coherence.constraints import Reader
from briefing.summaries.facets.counts import Count, extract_counts
from briefing.summaries.protocols import Position

# times: two counts further apart are counts of two things (62,000 hens of a farm, 180,000 of three)
FARTHEST = 2.0
APART = timedelta(hours=24)  # between two reports of one state of affairs
SAME_WORDS = (
    0.4  # share of the shorter article's word quintuples in the other, from which they are one text
)
SHINGLE = 5
LONGEST = 45  # words of a sentence that is shown
ORDER = ("dead", "missing", "injured")  # the rest behind them
HARM = ("dead", "injured", "arrested")
# Of an attack some count the attacker among the dead and some do not.
ATTACK = re.compile(
    r"\b(?:gunm[ae]n|shooters?|attackers?|assailants?|bombers?|suicide|assassins?|perpetrators?|hijackers?|militants?"
    r"|terrorists?|suspects?|air ?strikes?|shelling|rebels?)\b",
    re.IGNORECASE,
)
OPENING = 2  # sentences of an article that say where


@dataclass(frozen=True)
class Claim:
    """A count in a sentence of an article."""

    place: Position
    article: Article
    count: Count
    names: frozenset[
        str
    ]  # words of the proper names in the sentence; of the article's opening where it has none
    attack: bool  # whether the article tells of one


def find_disagreements(articles: Articles, /, *, most: int = 3) -> tuple[tuple[Quote, ...], ...]:
    """Groups of sentences, best first; each group is one disagreement of two outlets about one
    figure, by time.

    The two sentences of a group are of two outlets, are dated, and cannot both be right, however
    their figures were rounded. Give all articles of the storyline, those of earlier days too, in
    any order: from them it is seen that a figure grew. One group a matter; a sentence with two
    figures may stand in two groups. Nothing is a difference that an outlet says at two times, that
    a later report may only add to, that is a part of something or counts another thing, that stands
    in one text printed twice, or in a report without outlet or time. Every sentence can stand
    alone. English only; empty where there is any doubt. Cost: pairs of sentences with figures.
    """
    reader, claims = Reader(articles), list(_extract_claims(articles))
    found = [
        shown
        for group in _group_differing_claims(claims)
        if (shown := _select_pair(group, claims, reader))
    ]
    matters = {
        (one.count.kind, one.count.thing): shown
        for shown in sorted(found, key=_importance_key, reverse=True)
        for one in shown[:1]
    }
    best = sorted(matters.values(), key=_importance_key)[:most]
    return tuple(tuple(reader.quote(one.place) for one in shown) for shown in best)


def _extract_claims(articles: Articles) -> Iterator[Claim]:
    """The counts of articles whose outlet and time are known."""
    for a, article in enumerate(articles):
        if not article.outlet or not article.published:
            continue
        day, language, attack = (
            article.published.day,
            article.language or "en",
            bool(ATTACK.search(article.text)),
        )
        opening = _name_words(article, article.sentences[:OPENING])
        for s, span in enumerate(article.sentences):
            for count in extract_counts(article.text, span, published=day, language=language):
                yield Claim(
                    (a, s), article, count, _name_words(article, (span,)) or opening, attack
                )


def _name_words(article: Article, spans: Sequence[Span]) -> frozenset[str]:
    """The words of the names in some sentences, in lower case."""
    inside = (
        n
        for n in article.analysis.names
        for span in spans
        if span.start <= n.start and n.stop <= span.stop
    )
    words = (word for name in inside for word in name.of(article.text).split())
    return frozenset(word.lower() for word in words if word[0].isupper())


def _group_differing_claims(claims: list[Claim]) -> list[list[tuple[Claim, Claim]]]:
    """Pairs of claims that differ, those of one pair of figures together; larger figure second."""
    table: dict[tuple[str, str, float, float], list[tuple[Claim, Claim]]] = {}
    for left, right in combinations(claims, 2):
        if is_contradiction(left, right):
            less, more = sorted((left, right), key=lambda one: one.count.value)
            table.setdefault(
                (less.count.kind, less.count.thing, less.count.value, more.count.value), []
            ).append((less, more))
    return list(table.values())


def is_contradiction(left: Claim, right: Claim) -> bool:
    """Whether two outlets count the same and cannot both be right."""
    one, other = left.count, right.count
    return bool(
        (one.kind, one.thing) == (other.kind, other.thing)
        and left.article.outlet != right.article.outlet
        and one.contradicts(other)
        and max(one.value, other.value) <= FARTHEST * min(one.value, other.value)
        and _is_same_time(left.article, right.article)
        and not (one.kind in HARM and (left.attack or right.attack))
        and left.names & right.names
        and not _is_same_text(left.article, right.article)
    )


def _is_same_time(one: Article, other: Article) -> bool:
    """Whether two reports speak of one state of affairs: of one day, or within hours of
    each other.
    """
    here, there = one.published, other.published
    if not here or not there:
        return False
    if "day" in (here.precision, there.precision):
        return here.day == there.day
    return abs(here.at - there.at) <= APART


def _is_same_text(one: Article, other: Article) -> bool:
    """Whether one report reprints the other, or an earlier state of it."""
    left, right = _word_shingles(one), _word_shingles(other)
    return len(left & right) >= SAME_WORDS * max(1, min(len(left), len(right)))


def _word_shingles(article: Article) -> frozenset[tuple[str, ...]]:
    words = [term for terms in article.analysis.terms for term in terms]
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _select_pair(
    pairs: list[tuple[Claim, Claim]], claims: list[Claim], reader: Reader
) -> tuple[Claim, ...]:
    """The pair that shows a disagreement best; empty where it may be a development, or cannot be
    shown.
    """
    less, more = pairs[0][0].count, pairs[0][1].count
    alike = [one for one in claims if (one.count.kind, one.count.thing) == (less.kind, less.thing)]
    if _is_development(alike, less.value, more.value) or (less.grows and not _has_not_grown(pairs)):
        return ()
    for pair in sorted(
        pairs, key=lambda pair: (less.grows and not _has_not_grown([pair]), _importance_key(pair))
    ):
        if all(
            not reader.refusals((), one.place) and reader.words(one.place) <= LONGEST
            for one in pair
        ):
            return tuple(sorted(pair, key=lambda one: (_moment_key(one.article), one.place)))
    return ()


def _importance_key(shown: tuple[Claim, ...]) -> tuple[int, int, tuple[str, str]]:
    """Lives before other things, then what stands early in its articles, then the earlier."""
    kind = shown[0].count.kind
    place = ORDER.index(kind) if kind in ORDER else len(ORDER)
    return place, sum(one.place[1] for one in shown), _moment_key(shown[0].article)


def _is_development(claims: Iterable[Claim], less: float, more: float) -> bool:
    """Whether one outlet gave first one figure and then the other."""
    said: dict[tuple[str, str], set[float]] = {}
    for one in claims:
        said.setdefault((one.article.outlet or "", one.article.id), set()).update(
            (one.count.value, *one.count.beside)
        )
    for (outlet, _), values in said.items():
        for (other, _), later in said.items():
            if (
                outlet == other
                and less in values
                and more not in values
                and more in later
                and less not in later
            ):
                return True
    return False


def _has_not_grown(pairs: list[tuple[Claim, Claim]]) -> bool:
    """Whether some outlet gives the smaller figure after another has given the larger, so that
    nothing grew.
    """
    return any(_is_later(less.article, more.article) for less, more in pairs)


def _is_later(one: Article, other: Article) -> bool:
    here, there = one.published, other.published
    if not here or not there:
        return False
    return (
        here.day > there.day if "day" in (here.precision, there.precision) else here.at > there.at
    )


def _moment_key(article: Article) -> tuple[str, str]:
    """For order: by the instant, then by id."""
    return (
        article.published.at.astimezone(UTC).isoformat() if article.published else "",
        article.id,
    )
