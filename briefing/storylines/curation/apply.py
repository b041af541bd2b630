"""Storylines and an editor's decisions in, the storylines as the editor wants them out; grouping
itself is untouched.

Decisions are applied to what grouping found and are never stored with it: a line that is deleted
leaves no trace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from briefing.model import Article, Headline, Quote, Span, Storyline
from briefing.storylines.clustering.tfidf import article_vectors
from briefing.storylines.clustering.times import sort_by_time, time_key
from briefing.storylines.curation.decisions import Hand
from briefing.storylines.events import split_into_events
from briefing.storylines.headlines import select_headline
from briefing.storylines.identity import HASH_LENGTH

SLIPS = 2  # letters of an id's hash that may be mistyped and still be known


def apply_decisions(storylines: Iterable[Storyline], hand: Hand) -> tuple[Storyline, ...]:
    """Split, merged, renamed and related as the editor says, in the order given; an id that is not
    there does nothing.

    Pinned and muted storylines are no matter of grouping: an edition places or hides them.
    """
    lines = tuple(part for one in storylines for part in _split_storyline(one, hand))
    lines = _merge_storylines(lines, {one: ids[0] for ids in hand.merge for one in ids[1:]})
    words = {entry[0]: entry[1] for entry in hand.rename}
    return tuple(
        _relate_storyline(_rename_storyline(one, words[one.id]) if one.id in words else one, hand)
        for one in lines
    )


def unmet_decisions(storylines: Iterable[Storyline], hand: Hand) -> tuple[str, ...]:
    """A sentence for each new headline whose words stand in none of its storyline's articles, and
    for misspelt ids.

    An id that is not there and nearly that of none is of another day.
    """
    held = {one.id: one for one in storylines}
    renamed = (
        f"rename: '{name}' keeps its headline: none of its articles here has the words '{words}'"
        for name, words in hand.rename
        if name in held and _find_words(held[name], words) is None
    )
    made = {derive_split_id(name, first) for name, first, *_ in hand.split}
    absent = [
        (key, one) for key, one in _named_storylines(hand) if one not in held and one not in made
    ]
    meant = (
        (key, one, next((other for other in sorted(held) if _is_misspelling(one, other)), None))
        for key, one in absent
    )
    return (
        *renamed,
        *(
            f"{key}: no storyline is '{one}'; did you mean '{other}'?"
            for key, one, other in meant
            if other
        ),
    )


def _named_storylines(hand: Hand) -> Iterator[tuple[str, str]]:
    """Every storyline that a decision is on, with the key."""
    yield from (("pin", one) for one in hand.pin)
    yield from (("mute", one) for one in hand.mute)
    yield from (("rename", entry[0]) for entry in hand.rename)
    yield from (("merge", one) for entry in hand.merge for one in entry)
    yield from (("split", entry[0]) for entry in hand.split)
    yield from (("relate", one) for entry in hand.relate for one in entry)


def _is_misspelling(one: str, other: str) -> bool:
    """Whether an id is another with a slip of the pen: the same hash, or the same words and a hash
    nearly the same.
    """
    (words, _, code), (words_, _, code_) = one.rpartition("-"), other.rpartition("-")
    if code == code_:
        return True
    return (
        words == words_
        and len(code) == len(code_)
        and sum(a != b for a, b in zip(code, code_, strict=True)) <= SLIPS
    )


def derive_split_id(storyline: str, article: str) -> str:
    """The id of what leaves a storyline with `article`, the first that the editor names: the same
    on every day.
    """
    digest = hashlib.sha256(f"{storyline} {article}".encode()).hexdigest()[:HASH_LENGTH]
    return f"{storyline.rpartition('-')[0]}-{digest}"


def _split_storyline(storyline: Storyline, hand: Hand) -> tuple[Storyline, ...]:
    left, parts = list(storyline.articles), list[Storyline]()
    for name, *ids in hand.split:
        named = [one for one in left if one.id in ids]
        rest = [one for one in left if one.id not in ids]
        if name != storyline.id or not named or not rest:
            continue
        after = max((time_key(one) for one in named if one.published), default=None)
        earlier = [one for one in rest if after is None or time_key(one) <= after]
        leaving = [
            *named,
            *(
                one
                for one in rest
                if one not in earlier and _is_nearer_to_split(one, named, earlier)
            ),
        ]
        parts.append(_rebuild_storyline(storyline, derive_split_id(name, ids[0]), leaving))
        left = [one for one in left if one not in leaving]
    return (
        (storyline,) if not parts else (_rebuild_storyline(storyline, storyline.id, left), *parts)
    )


def _is_nearer_to_split(
    article: Article, named: Sequence[Article], rest: Sequence[Article]
) -> bool:
    """Whether a later report reads more like those that were split off than like those that
    stayed.
    """
    if not rest:
        return False
    rows = article_vectors([article, *named, *rest])
    likeness = (rows[[0]] @ rows[1:].T).toarray()[0]
    return bool(
        np.round(likeness[: len(named)].mean(), 9) > np.round(likeness[len(named) :].mean(), 9)
    )


def _merge_storylines(lines: Sequence[Storyline], into: Mapping[str, str]) -> tuple[Storyline, ...]:
    found: dict[str, Storyline] = {}
    for one in lines:
        name = into.get(one.id, one.id)
        found[name] = (
            _join_storylines(found[name], one, name) if name in found else replace(one, id=name)
        )
    return tuple(
        replace(
            one, related=tuple(sorted({into.get(other, other) for other in one.related} - {one.id}))
        )
        for one in found.values()
    )


def _join_storylines(one: Storyline, other: Storyline, name: str) -> Storyline:
    seen = [day for day in (one.first_seen, other.first_seen) if day]
    related = tuple(sorted({*one.related, *other.related}))
    whole = _rebuild_storyline(one, name, [*one.articles, *other.articles])
    return replace(whole, first_seen=min(seen, default=None), related=related)


def _rebuild_storyline(storyline: Storyline, name: str, articles: Sequence[Article]) -> Storyline:
    """A storyline of these articles, with a headline and events of theirs."""
    ordered = sort_by_time(articles)
    return replace(
        storyline,
        id=name,
        articles=ordered,
        headline=select_headline(ordered),
        events=split_into_events(ordered),
    )


def _rename_storyline(storyline: Storyline, words: str) -> Storyline:
    found = _find_words(storyline, words)
    return replace(storyline, headline=found, named=True) if found else storyline


def _find_words(storyline: Storyline, words: str) -> Headline | Quote | None:
    """The words where they stand, in the latest article that has them: its headline, else a part of
    its text.
    """
    for article in reversed(storyline.articles):
        if article.headline == words:
            return Headline(article)
    for article in reversed(storyline.articles):
        if (start := article.text.find(words)) >= 0:
            return Quote(article, Span(start, start + len(words)))
    return None


def _relate_storyline(storyline: Storyline, hand: Hand) -> Storyline:
    beside = {
        other
        for pair in hand.relate
        if storyline.id in pair
        for other in pair
        if other != storyline.id
    }
    return (
        replace(storyline, related=tuple(sorted({*storyline.related, *beside})))
        if beside
        else storyline
    )
