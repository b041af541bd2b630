"""Analysed articles in, a synthetic day of any size out, and what grouping it costs: CPU seconds,
memory, growth.
"""

from __future__ import annotations

import math
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.clusterings import Grouping
from briefing.model import Analysis, Article, Moment, Span
from briefing.storylines import follow_storylines, group_articles
from briefing.storylines.clustering import neighbour_graph
from briefing.storylines.clustering.clusterers import THRESHOLD
from briefing.storylines.clustering.tfidf import article_vectors

DAY = Moment.on(date(2026, 3, 3))
SIZES = (1000, 10_000, 20_000, 40_000, 100_000)
OWN = 0.6  # share of a mix's sentences that are its model's; the others are drawn from all articles
SHARES = (
    0.1,
    0.2,
    0.4,
    100.0,
)  # asked of all articles: 20,000 are a fifth of 100,000; last, as many as may be
LONGEST = 40  # sentences of a mix
STORYLINES = 70  # new ones that a desk's day leaves to be remembered


def day_of(articles: Sequence[Article], size: int, *, seed: int = 0) -> list[Article]:
    """The articles, all of one day, and as many mixes of their sentences as make up `size`; the
    same for every run.
    """
    once = list(
        {
            one.text: one for one in sorted(articles, key=lambda one: one.id) if one.sentences
        }.values()
    )
    chance = random.Random(seed)
    chance.shuffle(once)
    real = [
        replace(one, id=f"{number:016x}", published=DAY) for number, one in enumerate(once[:size])
    ]
    return real + [mixed(once, f"{number:016x}", chance) for number in range(len(real), size)]


def mixed(articles: Sequence[Article], identity: str, chance: random.Random) -> Article:
    """A headline and sentences of one article, with sentences of others among them."""
    model = chance.choice(articles)
    length = min(LONGEST, max(3, len(model.sentences)))
    parts = [(model, number) for number in range(len(model.sentences)) if chance.random() < OWN][
        :length
    ]
    while len(parts) < length:
        other = chance.choice(articles)
        parts.append((other, chance.randrange(len(other.sentences))))
    chance.shuffle(parts)
    return assembled(model, parts, identity)


def assembled(model: Article, parts: Sequence[tuple[Article, int]], identity: str) -> Article:
    sentences, names, texts, at = list[Span](), list[Span](), list[str](), 0
    for article, number in parts:
        span = article.sentences[number]
        texts.append(span.of(article.text))
        sentences.append(Span(at, at + len(span)))
        names += [
            Span(name.start - span.start + at, name.stop - span.start + at)
            for name in article.analysis.names
            if span.start <= name.start and name.stop <= span.stop
        ]
        at += len(span) + 1
    terms = tuple(article.analysis.terms[number] for article, number in parts)
    return Article(
        id=identity,
        text="\n".join(texts),
        headline=model.headline,
        outlet=model.outlet,
        published=DAY,
        analysis=Analysis(tuple(sentences), terms, tuple(names)),
        headline_terms=model.headline_terms,
    )


def growth(articles: Sequence[Article], sizes: Sequence[int], grouping: Grouping) -> Iterator[str]:
    """A line for each size: articles, CPU seconds, articles a second, the exponent since the last,
    peak memory.
    """
    before: tuple[int, float] | None = None
    for size in sizes:
        day = day_of(articles, size)
        started = time.process_time()
        found = grouping(day)
        seconds = time.process_time() - started
        exponent = (
            math.log(seconds / before[1]) / math.log(size / before[0]) if before else float("nan")
        )
        memory = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        )  # kilobytes to gigabytes, on Linux
        yield (
            f"{size:8d} articles {len(found):7d} storylines {seconds:7.1f} CPU s "
            f"{size / seconds:6.0f} a second   "
            f"exponent {exponent:5.2f}   {memory:.2f} GB"
        )
        before = size, seconds
        del day, found  # or the next day would be made beside them


def links_found(articles: Sequence[Article], *, size: int = 10_000) -> Iterator[str]:
    """A line for each share of articles that are asked: how many of the links of the whole table
    are found so.
    """
    day = day_of(articles, size)
    rows, days, bare = article_vectors(day), np.zeros(size), np.zeros(size, dtype=bool)
    whole = neighbour_graph.scale_graph_locally(_asking(rows, days, size * size), bare)
    strong = whole.likeness >= THRESHOLD
    pairs = whole.first[strong] * size + whole.second[strong]
    for share in SHARES:
        started = time.process_time()
        quick = _asking(rows, days, int(share * size))
        seconds = time.process_time() - started
        found = np.isin(pairs, quick.first * size + quick.second).mean()
        asked = f"{min(share, 1):.0%} of {size} articles asked"
        yield f"{asked}: {found:.4f} of the links above the threshold, {seconds:.1f} CPU s"


def _asking(rows: csr_array, days: NDArray[np.float64], asked: int) -> neighbour_graph.Graph:
    with (
        mock.patch.object(neighbour_graph, "ASKED", asked),
        mock.patch.object(neighbour_graph, "WHOLE", asked),
    ):
        return neighbour_graph.build_neighbour_graph(rows, days)


def beside_records(
    articles: Sequence[Article], *, days: int = 30, a_day: int = 500
) -> Iterator[str]:
    """The daily case: so many new articles beside what a month of days as large left, and beside a
    desk's share of it.

    Made-up days of mixed sentences leave more storylines than news does: a desk's are drawn from
    them by lot.
    """
    pool = day_of(articles, (days + 1) * a_day)
    chance = random.Random(0)
    chance.shuffle(pool)
    first = date(2026, 3, 3)
    dated = [
        replace(one, published=Moment.on(first + timedelta(n // a_day)))
        for n, one in enumerate(pool)
    ]
    _, records = follow_storylines(dated[: days * a_day])
    drawn = random.Random(1).sample(records, min(len(records), days * STORYLINES))
    for known in (drawn, records):
        started = time.process_time()
        found = group_articles(dated[days * a_day :], known=known)
        seconds = time.process_time() - started
        beside = f"{a_day} articles beside {len(known)} records of {days} days"
        yield f"{beside}: {len(found)} storylines, {seconds:.2f} CPU s"
