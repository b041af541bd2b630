"""How well articles are grouped: labelled sets in, a table of scores and CPU seconds out, ours
beside other methods.

python -m benchmarks storylines [--corpora FOLDER] [--ours] [--days] [SET …]
python -m benchmarks storylines --left-out | --learnt | --misses [SET …]
python -m benchmarks storylines --scale [ARTICLES …] | --links | --daily
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from benchmarks.clusterings import OTHERS
from benchmarks.growth import SIZES, beside_records, growth, links_found
from benchmarks.learnt import Batch, learnt
from benchmarks.leaving import THRESHOLDS, left_out
from benchmarks.misses import HEAD, misses
from benchmarks.pairing import difference
from briefing.model import Article, Storyline
from briefing.storylines import Clusterer, cluster_by_terms, follow_storylines, group_articles
from briefing.storylines.clustering.times import sort_by_time
from briefing.storylines.jsonl import parse_article

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora" / "storylines"
SETS = ("allsides", "daybatch", "ecbplus", "wikinews", "basil", "uci")
Key = TypeVar("Key")
Labels = dict[tuple[str, str], str]  # of batch and article
FOLLOWED_DAYS = 4  # without an article after which a storyline is no longer handed on as known


@dataclass(frozen=True, slots=True)
class Example:
    """An article with what it should be grouped by (None: there as noise), and the batch it belongs
    to.
    """

    article: Article
    label: str | None
    batch: str


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks storylines", description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--ours", action="store_true", help="no other methods")
    parser.add_argument("--days", action="store_true", help="also day by day, where dates exist")
    parser.add_argument(
        "--scale",
        nargs="*",
        type=int,
        help="cost for so many articles of one day, made of all sets",
    )
    parser.add_argument(
        "--links", action="store_true", help="share of links that the quick search finds"
    )
    parser.add_argument(
        "--daily", action="store_true", help="cost of 500 new articles beside 30 days of records"
    )
    parser.add_argument(
        "--left-out", action="store_true", help="each set with the threshold that suits the others"
    )
    parser.add_argument(
        "--learnt", action="store_true", help="each set with pair weights learnt on the others"
    )
    parser.add_argument(
        "--misses", action="store_true", help="pairs wrongly apart or together, and what tells them"
    )
    options = parser.parse_args(argv)
    if not options.corpora.is_dir():
        print(f"{options.corpora}: no such folder; nothing to measure", file=sys.stderr)
        return 1
    rows = asked(options)
    if rows is not None:
        for row in rows:
            print(row, flush=True)
        return 0
    methods = {"briefing": cluster_by_terms} | ({} if options.ours else OTHERS)
    print(
        f"{'set':10s} {'method':16s} BCubed P/R/F1       pair F1  exact  mixed  found/gold   CPU s"
    )
    for name in options.sets:
        examples = load(options.corpora / name / "dev.jsonl")
        ours: Labels = {}
        for method, clusterer in methods.items():
            if method == "HDBSCAN" and find_spec("sklearn") is None:
                print(f"{name:10s} {method:16s} left out: scikit-learn is not installed")
                continue
            started = time.process_time()
            found, gold = partition(examples, clusterer)
            seconds = time.process_time() - started
            better = f"  ours better by {difference(ours, found, gold)}" if ours else ""
            print(f"{line(name, method, scores(found, gold), seconds)}{better}", flush=True)
            ours = ours or found
        if options.days and name == "allsides":
            print(line(name, "day by day", *followed(examples)), flush=True)
            print(line(name, "whole storylines", *measured_by_day(examples)), flush=True)
    return 0


def asked(options: argparse.Namespace) -> Iterable[str] | None:
    """The lines of a question other than how well each method groups; None where none was put."""
    if options.scale is not None or options.links or options.daily:
        bodies = [
            one.article for name in SETS for one in load(options.corpora / name / "dev.jsonl")
        ]
        return costs(bodies, options.scale or SIZES, links=options.links, daily=options.daily)
    if options.left_out:
        return left_out(thresholds_tried(options.corpora, options.sets))
    if options.learnt or options.misses:
        return looked_into(options.corpora, options.sets, weights=options.learnt)
    return None


def thresholds_tried(corpora: Path, sets: Sequence[str]) -> dict[str, dict[float, float]]:
    """BCubed F1 of each set with each threshold."""
    tried: dict[str, dict[float, float]] = {}
    for name in sets:
        examples = load(corpora / name / "dev.jsonl")
        tried[name] = {
            threshold: scores(*partition(examples, partial(cluster_by_terms, threshold=threshold)))[
                "f1"
            ]
            for threshold in THRESHOLDS
        }
    return tried


def looked_into(corpora: Path, sets: Sequence[str], *, weights: bool) -> Iterator[str]:
    """Whether learnt weights help (of sets with bodies), or which pairs are missed."""
    loaded = {name: batched(load(corpora / name / "dev.jsonl")) for name in sets}
    found = {
        name: [list(cluster_by_terms(articles)) for articles, _ in batches]
        for name, batches in loaded.items()
    }
    if weights:
        bodies = {
            name: batches
            for name, batches in loaded.items()
            if any(one.sentences for one in batches[0][0])
        }
        yield from learnt(
            bodies, {name: f1_of(found[name], bodies[name]) for name in bodies}, f1_of
        )
        return
    yield HEAD
    for name, batches in loaded.items():
        yield from misses(name, batches, found[name], f1_of)


def batched(examples: Sequence[Example]) -> list[Batch]:
    """The articles of each batch in order, with their labels."""
    batches: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        batches[example.batch].append(example)
    labels = {(one.batch, one.article.id): one.label for one in examples}
    ordered = {
        batch: sort_by_time([one.article for one in members]) for batch, members in batches.items()
    }
    return [
        (articles, [labels[batch, one.id] for one in articles])
        for batch, articles in ordered.items()
    ]


def f1_of(found: Sequence[Sequence[int]], batches: Sequence[Batch]) -> float:
    """BCubed F1 of what was found in each batch."""
    ours, gold = {}, {}
    for number, ((articles, labels), groups) in enumerate(zip(batches, found, strict=True)):
        ours |= {
            (str(number), one.id): f"{number}/{group}"
            for one, group in zip(articles, groups, strict=True)
        }
        known = zip(articles, labels, strict=True)
        gold |= {
            (str(number), one.id): f"{number}/{label}" for one, label in known if label is not None
        }
    return scores(ours, gold)["f1"]


def costs(
    articles: Sequence[Article], sizes: Sequence[int], *, links: bool, daily: bool
) -> Iterator[str]:
    if links:
        return links_found(articles)
    return beside_records(articles) if daily else growth(articles, sizes, group_articles)


def line(name: str, method: str, scores: Mapping[str, float], seconds: float) -> str:
    s = scores
    kept = f"  ids kept {s['kept']:.3f}" if "kept" in s else ""
    return (
        f"{name:10s} {method:16s} {s['precision']:.3f} {s['recall']:.3f} "
        f"{s['f1']:.3f}   {s['pair_f1']:.3f}    "
        f"{s['exact']:.3f}  {s['mixed']:.3f}  {s['found']:5.0f}/{s['gold']:<5.0f} "
        f"{seconds:6.1f}{kept}"
    )


def load(path: Path, *, every: int = 1) -> list[Example]:
    """Labelled articles of a set, analysed; with `every`, of each n-th batch or label only."""
    records = [
        json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()
    ]
    if every > 1:
        keys = sorted({str(record.get("batch") or record.get("label")) for record in records})[
            ::every
        ]
        records = [
            record
            for record in records
            if str(record.get("batch") or record.get("label")) in set(keys)
        ]
    return [
        Example(
            parse_article(record),
            record.get("label"),
            str(record["batch"]) if record.get("batch") else "",
        )
        for record in records
    ]


def measured(examples: Sequence[Example], clusterer: Clusterer) -> tuple[dict[str, float], float]:
    """Scores of a clusterer, each batch by itself, and its CPU seconds."""
    started = time.process_time()
    found, gold = partition(examples, clusterer)
    return scores(found, gold), time.process_time() - started


def partition(examples: Sequence[Example], clusterer: Clusterer) -> tuple[Labels, Labels]:
    """What a clusterer finds, each batch by itself, and the labels of those articles that
    have one.
    """
    batches: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        batches[example.batch].append(example)
    found: Labels = {}
    gold: Labels = {}
    for batch, members in batches.items():
        articles = sort_by_time([example.article for example in members])
        labels = clusterer(articles)
        found |= {
            (batch, one.id): f"{batch}/{label}" for one, label in zip(articles, labels, strict=True)
        }
        gold |= {
            (batch, one.article.id): f"{batch}/{one.label}"
            for one in members
            if one.label is not None
        }
    return found, gold


def followed(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Day after day with light records, as `briefing storylines --days` and a workspace do it."""
    started = time.process_time()
    storylines, _ = follow_storylines([one.article for one in examples if one.article.published])
    found = {article.id: one.id for one in storylines for article in one.articles}
    gold = {one.article.id: one.label for one in examples if one.label is not None}
    return scores(found, gold), time.process_time() - started


def measured_by_day(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Day after day, with the storylines of the last days known; an article's id is the one it was
    first given.
    """
    days: dict[date, list[Article]] = defaultdict(list)
    for example in examples:
        if example.article.published:
            days[example.article.published.day].append(example.article)
    first: dict[str, str] = {}
    kept = total = 0
    known: list[Storyline] = []
    started = time.process_time()
    for day in sorted(days):
        followed = [one for one in known if latest(one) >= day - timedelta(days=FOLLOWED_DAYS)]
        known = list(group_articles(days[day], known=followed))
        now = {article.id: one.id for one in known for article in one.articles}
        for one in followed:
            total += len(one.articles)
            kept += sum(now.get(article.id) == one.id for article in one.articles)
        for article in days[day]:
            first[article.id] = now[article.id]
    gold = {one.article.id: one.label for one in examples if one.label is not None}
    return {**scores(first, gold), "kept": kept / max(total, 1)}, time.process_time() - started


def latest(storyline: Storyline) -> date:
    return max(article.published.day for article in storyline.articles if article.published)


def scores(found: Mapping[Key, str], gold: Mapping[Key, str]) -> dict[str, float]:
    """BCubed averaged over articles, pairs, exact: gold groups reproduced, mixed: found groups of
    several gold ones.
    """
    pairs = [(found.get(key, f"alone {key}"), label) for key, label in gold.items()]
    cells, ours, theirs = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    precision = sum(n * n / ours[a] for (a, _), n in cells.items()) / len(pairs)
    recall = sum(n * n / theirs[b] for (_, b), n in cells.items()) / len(pairs)
    both = twos(cells.values())
    right, complete = both / max(twos(ours.values()), 1), both / max(twos(theirs.values()), 1)
    several = [b for b, n in theirs.items() if n > 1]
    exact = {b for (a, b), n in cells.items() if n == ours[a] == theirs[b] > 1}
    groups = [a for a, n in ours.items() if n > 1]
    mixed = Counter(a for a, _ in cells)
    return {
        "precision": precision,
        "recall": recall,
        "f1": harmonic(precision, recall),
        "pair_f1": harmonic(right, complete),
        "exact": len(exact) / max(len(several), 1),
        "mixed": sum(mixed[a] > 1 for a in groups) / max(len(groups), 1),
        "found": len(ours),
        "gold": len(theirs),
    }


def twos(sizes: Iterable[int]) -> int:
    return sum(math.comb(size, 2) for size in sizes)


def harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


if __name__ == "__main__":
    sys.exit(main())
