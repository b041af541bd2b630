"""Storylines and why they are so in, lines for people and plain values out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from briefing.model import Article, Storyline
from briefing.storylines.explaining import Explainer, Pair, Sureness

DOUBT = 0.5  # of `Sureness.sure`, below which something outside is nearer than the weakest link inside


def lines(storylines: Sequence[Storyline], why: Explainer | None = None) -> Iterator[str]:
    """A tree: storyline, event, article; storylines of several articles first, otherwise in their order."""
    sure = {one.storyline: one for one in why.sureness()} if why else {}
    for one in sorted(storylines, key=lambda one: len(one.articles) == 1):
        yield _head(one)
        if one.id in sure and why:
            yield from _sure(sure[one.id])
        for number, event in enumerate(one.events or (one.articles,), 1):
            yield f"  {number}  {_when(event)}"
            yield from (f"     {_named(article)}" for article in event)
        if one.related:
            yield f"  related: {', '.join(one.related)}"
        yield ""


def _head(storyline: Storyline) -> str:
    count, outlets = len(storyline.articles), len(storyline.outlets)
    size = f"{count} article{'s'[: count > 1]}" + (f", {outlets} outlets" if outlets > 1 else "")
    return f"{click.style(storyline.id, bold=True)}  {storyline.headline}  ({size})"


def _when(event: Sequence[Article]) -> str:
    days = sorted({article.published.day.isoformat() for article in event if article.published})
    return f"{days[0]} to {days[-1]}" if len(days) > 1 else (days[0] if days else "undated")


def _named(article: Article) -> str:
    copies = f"  (and {len(article.copies)} reprinted)" if article.copies else ""
    parts = (article.id, article.outlet or "", article.headline or article.text[:80].replace("\n", " "))
    return "  ".join(part for part in parts if part) + copies


def _sure(one: Sureness) -> Iterator[str]:
    if not one.weakest:
        yield "  alone" + (f"; nearest is {_link(one.outside)}" if one.outside else "")
        return
    doubt = ": something outside is nearer" if one.sure < DOUBT else ""
    yield f"  sure {one.sure:.2f}{doubt}"
    yield f"  weakest link {_link(one.weakest)}"
    if one.outside:
        yield f"  nearest outside {_link(one.outside)}"


def _link(pair: Pair) -> str:
    gap = "undated" if pair.days is None else f"{pair.days:g} days apart"
    return (
        f"{pair.likeness:.2f}  {pair.first} – {pair.second}: {_words(pair.terms)}; names: {_words(pair.names)}; {gap}"
    )


def _words(shares: Sequence[tuple[str, float]]) -> str:
    return ", ".join(word for word, _ in shares) or "none"


def told(why: Explainer, first: str, second: str) -> str:
    """Two articles for a reader: together or apart, and by what."""
    found = verdict(why, first, second)
    pair = why.pair(first, second)
    shares = ", ".join(f"{word} {share:.3f}" for word, share in pair.terms) or "none"
    names = ", ".join(f"{word} {share:.3f}" for word, share in pair.names) or "none"
    where = found["clusters"][0] if found["together"] else " and ".join(found["clusters"])
    gap = "a date is missing, so likeness does not fade" if pair.days is None else f"{pair.days:g} days between them"
    rows = [
        f"{first} and {second}: {'together' if found['together'] else 'apart'} in {where}",
        f"  likeness {pair.likeness:.3f}: cosine {pair.cosine:.3f}, {gap}, of which {pair.fade:.2f} is left",
        f"  terms that bring them together: {shares}",
        f"  names that bring them together: {names}",
        *(f"  only in {one}: {', '.join(words)}" for one, words in zip((first, second), pair.only, strict=True)),
    ]
    if found["copy"]:
        rows.append("  the one is a copy of the other")
    if len(found["way"]) > 2:
        rows.append(f"  the strongest links lead by way of {', '.join(found['way'][1:-1])}")
    return "\n".join(rows)


def verdict(why: Explainer, first: str, second: str) -> dict[str, Any]:
    """The same as plain values."""
    clusters = [why.storyline_of(one) for one in (first, second)]
    return {
        "together": clusters[0] == clusters[1],
        "copy": why.place[first] == why.place[second],
        "clusters": clusters,
        "way": list(why.way(first, second)),
        **_plain(why.pair(first, second)),
    }


def reasons(why: Explainer, article: str) -> dict[str, Any]:
    """What holds an article in its storyline, and what stands nearest to it outside."""
    inside, outside = why.nearest(article)
    return {"inside": _plain(inside) if inside else None, "outside": _plain(outside) if outside else None}


def _plain(pair: Pair) -> dict[str, Any]:
    return {
        "with": [pair.first, pair.second],
        "likeness": pair.likeness,
        "cosine": pair.cosine,
        "days": pair.days,
        "terms": dict(pair.terms),
        "names": dict(pair.names),
        "only": [list(words) for words in pair.only],
    }
