"""Storylines and why they are so in, lines for people and plain values out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from briefing.cli.terminal import wrap_line
from briefing.model import Article, Storyline
from briefing.storylines.explanation import Explainer, Pair, Sureness

DOUBT = (
    0.5  # of `Sureness.sure`, below which something outside is nearer than the weakest link inside
)


def tree_lines(
    storylines: Sequence[Storyline], why: Explainer | None = None, *, width: int = 0
) -> Iterator[str]:
    """A tree: storylines of several articles with their events, then those of one, a line or two
    each.

    Lines are as wide as a terminal of `width` columns shows them best; 0 leaves them whole.
    """
    sure = {one.storyline: one for one in why.sureness()} if why else {}
    several = [one for one in storylines if len(one.articles) > 1]
    alone = [one for one in storylines if len(one.articles) == 1]
    for one in several:
        yield from _fit_lines(str(one.headline), width, bold=True)
        yield from _fit_lines(f"  {_size_line(one)}", width, dim=True)
        for line in _event_lines(one, sure.get(one.id)):
            yield from _fit_lines(line, width)
        yield ""
    if alone:
        yield from _fit_lines("Reported once", width, bold=True)
    for one in alone:
        yield from _fit_lines(
            f"  {_event_days(one.articles)}  {_describe_article(one.articles[0])}", width
        )
        yield from _fit_lines(f"    {one.id}", width, dim=True)
        for line in _relation_lines(one, sure.get(one.id)):
            yield from _fit_lines(f"  {line}", width)


def _fit_lines(line: str, width: int, **style: bool) -> Iterator[str]:
    return (
        click.style(part, **style) if style else part for part in wrap_line(line, width).split("\n")
    )


def _size_line(storyline: Storyline) -> str:
    outlets = len(storyline.outlets)
    size = f"{len(storyline.articles)} articles" + (f", {outlets} outlets" if outlets > 1 else "")
    return f"{storyline.id}  {size}"


def _event_lines(storyline: Storyline, sure: Sureness | None) -> Iterator[str]:
    events = storyline.events or (storyline.articles,)
    for number, event in enumerate(events, 1):
        last = number == len(events)
        yield f"  {'└' if last else '├'} {_event_days(event)}"
        yield from (f"  {' ' if last else '│'}   {_describe_article(article)}" for article in event)
    yield from _relation_lines(storyline, sure)


def _relation_lines(storyline: Storyline, sure: Sureness | None) -> Iterator[str]:
    if storyline.related:
        yield f"  related: {', '.join(storyline.related)}"
    if sure:
        yield from _sureness_lines(sure)


def _event_days(event: Sequence[Article]) -> str:
    days = sorted({article.published.day.isoformat() for article in event if article.published})
    return f"{days[0]} to {days[-1]}" if len(days) > 1 else (days[0] if days else "undated")


def _describe_article(article: Article) -> str:
    copies = f"  (and {len(article.copies)} reprinted)" if article.copies else ""
    parts = (
        article.id,
        article.outlet or "",
        article.headline or article.text[:80].replace("\n", " "),
    )
    return "  ".join(part for part in parts if part) + copies


def _sureness_lines(one: Sureness) -> Iterator[str]:
    if not one.weakest:
        yield "  alone" + (f"; nearest is {_describe_link(one.outside)}" if one.outside else "")
        return
    doubt = ": something outside is nearer" if one.sure < DOUBT else ""
    yield f"  sure {one.sure:.2f}{doubt}"
    yield f"  weakest link {_describe_link(one.weakest)}"
    if one.outside:
        yield f"  nearest outside {_describe_link(one.outside)}"


def _describe_link(pair: Pair) -> str:
    gap = "undated" if pair.days is None else f"{pair.days:.1f} days apart"
    return (
        f"{pair.likeness:.2f}  {pair.first} – {pair.second}: "
        f"{_join_words(pair.terms)}; names: {_join_words(pair.names)}; {gap}"
    )


def _join_words(shares: Sequence[tuple[str, float]]) -> str:
    return ", ".join(word for word, _ in shares) or "none"


def describe_pair(why: Explainer, first: str, second: str, *, width: int = 0) -> str:
    """Two articles for a reader: together or apart, and by what; as wide as `tree_lines`."""
    found = pair_verdict(why, first, second)
    pair = why.pair(first, second)
    shares = ", ".join(f"{word} {share:.3f}" for word, share in pair.terms) or "none"
    names = ", ".join(f"{word} {share:.3f}" for word, share in pair.names) or "none"
    where = found["clusters"][0] if found["together"] else " and ".join(found["clusters"])
    gap = (
        "a date is missing, so likeness does not fade"
        if pair.days is None
        else f"{pair.days:.1f} days between them"
    )
    rows = [
        f"{first} and {second}: {'together' if found['together'] else 'apart'} in {where}",
        (
            f"  likeness {pair.likeness:.3f}: cosine {pair.cosine:.3f}, {gap}, of which "
            f"{pair.fade:.2f} is left"
        ),
        f"  terms that bring them together: {shares}",
        f"  names that bring them together: {names}",
        *(
            f"  only in {one}: {', '.join(words)}"
            for one, words in zip((first, second), pair.only, strict=True)
        ),
    ]
    if found["copy"]:
        rows.append("  the one is a copy of the other")
    if len(found["way"]) > 2:
        rows.append(f"  the strongest links lead by way of {', '.join(found['way'][1:-1])}")
    return "\n".join(wrap_line(row, width) for row in rows)


def pair_verdict(why: Explainer, first: str, second: str) -> dict[str, Any]:
    """The same as plain values."""
    clusters = [why.storyline_of(one) for one in (first, second)]
    return {
        "together": clusters[0] == clusters[1],
        "copy": why.place[first] == why.place[second],
        "clusters": clusters,
        "way": list(why.way(first, second)),
        **_pair_record(why.pair(first, second)),
    }


def membership_reasons(why: Explainer, article: str) -> dict[str, Any]:
    """What holds an article in its storyline, and what stands nearest to it outside."""
    inside, outside = why.nearest(article)
    return {
        "inside": _pair_record(inside) if inside else None,
        "outside": _pair_record(outside) if outside else None,
    }


def _pair_record(pair: Pair) -> dict[str, Any]:
    return {
        "with": [pair.first, pair.second],
        "likeness": pair.likeness,
        "cosine": pair.cosine,
        "days": pair.days,
        "terms": dict(pair.terms),
        "names": dict(pair.names),
        "only": [list(words) for words in pair.only],
    }
