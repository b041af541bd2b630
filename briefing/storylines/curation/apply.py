"""Storylines and an editor's decisions in, the storylines as the editor wants them out; grouping itself is untouched.

Decisions are applied to what grouping found and are never stored with it: a line that is deleted leaves no trace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from briefing.model import Article, Headline, Quote, Span, Storyline
from briefing.storylines.clustering.tfidf import vectors
from briefing.storylines.clustering.times import in_order, place
from briefing.storylines.curation.decisions import Hand
from briefing.storylines.events import events_of
from briefing.storylines.headlines import headline_of
from briefing.storylines.identity import HASH_LENGTH

SLIPS = 2  # letters of an id's hash that may be mistyped and still be known


def obeyed(storylines: Iterable[Storyline], hand: Hand) -> tuple[Storyline, ...]:
    """Split, merged, renamed and related as the editor says, in the order given; an id that is not there does nothing.

    Pinned and muted storylines are no matter of grouping: an edition places or hides them.
    """
    lines = tuple(part for one in storylines for part in _split(one, hand))
    lines = _merged(lines, {one: ids[0] for ids in hand.merge for one in ids[1:]})
    words = {entry[0]: entry[1] for entry in hand.rename}
    return tuple(_related(_renamed(one, words[one.id]) if one.id in words else one, hand) for one in lines)


def unmet(storylines: Iterable[Storyline], hand: Hand) -> tuple[str, ...]:
    """A sentence for each new headline whose words stand in none of its storyline's articles, and for misspelt ids.

    An id that is not there and nearly that of none is of another day.
    """
    held = {one.id: one for one in storylines}
    renamed = (
        f"rename: '{name}' keeps its headline: none of its articles here has the words '{words}'"
        for name, words in hand.rename
        if name in held and _words_of(held[name], words) is None
    )
    made = {split_id(name, first) for name, first, *_ in hand.split}
    absent = [(key, one) for key, one in _named(hand) if one not in held and one not in made]
    meant = ((key, one, next((other for other in sorted(held) if _slip(one, other)), None)) for key, one in absent)
    return (
        *renamed,
        *(f"{key}: no storyline is '{one}'; did you mean '{other}'?" for key, one, other in meant if other),
    )


def _named(hand: Hand) -> Iterator[tuple[str, str]]:
    """Every storyline that a decision is on, with the key."""
    yield from (("pin", one) for one in hand.pin)
    yield from (("mute", one) for one in hand.mute)
    yield from (("rename", entry[0]) for entry in hand.rename)
    yield from (("merge", one) for entry in hand.merge for one in entry)
    yield from (("split", entry[0]) for entry in hand.split)
    yield from (("relate", one) for entry in hand.relate for one in entry)


def _slip(one: str, other: str) -> bool:
    """Whether an id is another with a slip of the pen: the same hash, or the same words and a hash nearly the same."""
    (words, _, code), (words_, _, code_) = one.rpartition("-"), other.rpartition("-")
    if code == code_:
        return True
    return (
        words == words_ and len(code) == len(code_) and sum(a != b for a, b in zip(code, code_, strict=True)) <= SLIPS
    )


def split_id(storyline: str, article: str) -> str:
    """The id of what leaves a storyline with `article`, the first that the editor names: the same on every day."""
    digest = hashlib.sha256(f"{storyline} {article}".encode()).hexdigest()[:HASH_LENGTH]
    return f"{storyline.rpartition('-')[0]}-{digest}"


def _split(storyline: Storyline, hand: Hand) -> tuple[Storyline, ...]:
    left, parts = list(storyline.articles), list[Storyline]()
    for name, *ids in hand.split:
        named = [one for one in left if one.id in ids]
        rest = [one for one in left if one.id not in ids]
        if name != storyline.id or not named or not rest:
            continue
        after = max((place(one) for one in named if one.published), default=None)
        earlier = [one for one in rest if after is None or place(one) <= after]
        leaving = [*named, *(one for one in rest if one not in earlier and _nearer(one, named, earlier))]
        parts.append(_of(storyline, split_id(name, ids[0]), leaving))
        left = [one for one in left if one not in leaving]
    return (storyline,) if not parts else (_of(storyline, storyline.id, left), *parts)


def _nearer(article: Article, named: Sequence[Article], rest: Sequence[Article]) -> bool:
    """Whether a later report reads more like those that were split off than like those that stayed."""
    if not rest:
        return False
    rows = vectors([article, *named, *rest])
    likeness = (rows[[0]] @ rows[1:].T).toarray()[0]
    return bool(np.round(likeness[: len(named)].mean(), 9) > np.round(likeness[len(named) :].mean(), 9))


def _merged(lines: Sequence[Storyline], into: Mapping[str, str]) -> tuple[Storyline, ...]:
    found: dict[str, Storyline] = {}
    for one in lines:
        name = into.get(one.id, one.id)
        found[name] = _joined(found[name], one, name) if name in found else replace(one, id=name)
    return tuple(
        replace(one, related=tuple(sorted({into.get(other, other) for other in one.related} - {one.id})))
        for one in found.values()
    )


def _joined(one: Storyline, other: Storyline, name: str) -> Storyline:
    seen = [day for day in (one.first_seen, other.first_seen) if day]
    related = tuple(sorted({*one.related, *other.related}))
    whole = _of(one, name, [*one.articles, *other.articles])
    return replace(whole, first_seen=min(seen, default=None), related=related)


def _of(storyline: Storyline, name: str, articles: Sequence[Article]) -> Storyline:
    """A storyline of these articles, with a headline and events of theirs."""
    ordered = in_order(articles)
    return replace(storyline, id=name, articles=ordered, headline=headline_of(ordered), events=events_of(ordered))


def _renamed(storyline: Storyline, words: str) -> Storyline:
    found = _words_of(storyline, words)
    return replace(storyline, headline=found, named=True) if found else storyline


def _words_of(storyline: Storyline, words: str) -> Headline | Quote | None:
    """The words where they stand, in the latest article that has them: its headline, else a part of its text."""
    for article in reversed(storyline.articles):
        if article.headline == words:
            return Headline(article)
    for article in reversed(storyline.articles):
        if (start := article.text.find(words)) >= 0:
            return Quote(article, Span(start, start + len(words)))
    return None


def _related(storyline: Storyline, hand: Hand) -> Storyline:
    beside = {other for pair in hand.relate if storyline.id in pair for other in pair if other != storyline.id}
    return replace(storyline, related=tuple(sorted({*storyline.related, *beside}))) if beside else storyline
