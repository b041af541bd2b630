"""Make the editions of labelled days and count what a program can count of an editor's faults.

python -m benchmarks desk [--corpora FOLDER] [--days N]

Each day of the development sets (and the seeds) becomes a standard edition: words used, leads,
storylines left out, faults (a brief without a headline, an opinion among the reports, a sentence
twice, a main fact that most sources tell and the lead does not), and how well the leads agree with
the labels of benchmarks/data/leads.json, beside the order by number of outlets alone. nDCG@5 gives
the first lead five points and the fifth one; one day in five is held out of all fitting.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from briefing.articles import fold_reprints, read_documents
from briefing.config import Config
from briefing.editions import Audience
from briefing.editions.lineup.candidates import rank_candidates
from briefing.editions.lineup.importance import MAIN, consequences_in
from briefing.editions.novelty.redundancy import distinct_words, has_same_words
from briefing.model import Article, Document, Edition, Item, Storyline, Window
from briefing.pipeline import latest_day
from briefing.storylines import group_articles
from briefing.wiring import edition_composer

CORPORA = Path("../shared/corpora")
LABELS = Path(__file__).parent / "data" / "leads.json"
SETS = ("allsides", "daybatch")
FIELDS = ("title", "text", "date", "source", "url")
FIRST = 5  # leads that are labelled
HELD_OUT = 5  # one day in so many


@dataclass(frozen=True)
class Day:
    """The rows of one input, and its storylines."""

    name: str
    ids: tuple[str, ...]  # of the rows, by the article's place in the document
    articles: tuple[Article, ...]
    storylines: tuple[Storyline, ...]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks desk", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument(
        "--days", type=int, default=12, help="editions made; all labelled days are ranked"
    )
    asked = parser.parse_args(arguments)
    labels: dict[str, list[str]] = json.loads(LABELS.read_text(encoding="utf-8"))
    days = [day for name in sorted(labels) if (day := _day(name, asked.corpora))]
    if not days:
        print(f"no development sets in {asked.corpora}: nothing was measured")
        return 0
    print(*_agreement(days, labels), sep="\n")
    made = [
        (day.name, _edition(day))
        for day in [*days[:: max(1, len(days) // asked.days)], *_seeds(asked.corpora)]
    ]
    print()
    print(
        f"{'day':<24}" + "".join(f"{name:>12}" for name in ("words", "leads", "left out", *FAULTS))
    )
    for name, edition in made:
        print(f"{name:<24}" + "".join(f"{count:>12}" for count in _counted(edition)))
    return 0


def _day(name: str, corpora: Path) -> Day | None:
    """A day of the sets of storylines, or a file of `days/`; None where it is not there."""
    path = corpora / "days" / f"{name}.jsonl"
    rows = (
        _rows_of_file(path)
        if path.exists()
        else [row for row in _rows(corpora) if row["date"] == name]
    )
    if not rows:
        return None
    lines = (json.dumps({key: row.get(key) for key in FIELDS}, ensure_ascii=False) for row in rows)
    document = Document(f"{name}.jsonl", "\n".join(lines).encode())
    ids = tuple(str(row.get("id", place)) for place, row in enumerate(rows))
    return _grouped(name, ids, [document])


def _grouped(name: str, ids: tuple[str, ...], documents: Sequence[Document]) -> Day:
    articles = fold_reprints(read_documents(documents).articles).articles
    return Day(name, ids, articles, group_articles(articles))


def _seeds(corpora: Path) -> Iterator[Day]:
    paths = sorted((corpora / "seeds").glob("*.txt"))
    if paths:
        yield _grouped("seeds", (), [Document(path.name, path.read_bytes()) for path in paths])


def _rows_of_file(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


_KNOWN: dict[Path, list[dict[str, Any]]] = {}


def _rows(corpora: Path) -> list[dict[str, Any]]:
    if corpora not in _KNOWN:
        found: dict[str, dict[str, Any]] = {}
        for name in SETS:
            for row in _rows_of_file(corpora / "storylines" / name / "dev.jsonl"):
                found.setdefault(row["id"], row)
        _KNOWN[corpora] = sorted(found.values(), key=lambda row: (row["date"] or "", row["id"]))
    return _KNOWN[corpora]


def _edition(day: Day) -> Edition:
    when = latest_day(day.articles, datetime(2030, 1, 1, tzinfo=UTC))
    return edition_composer(Config(sources=()))(day.storylines, date=when, window=Window())


# Agreement with the labels


def _agreement(days: Sequence[Day], labels: Mapping[str, Sequence[str]]) -> Iterator[str]:
    held = {day.name for day in days[2::HELD_OUT]}
    yield "agreement with labelled leads    nDCG@5 (first lead right)"
    for part, chosen in (
        ("fitted", [day for day in days if day.name not in held]),
        ("held out", [day for day in days if day.name in held]),
    ):
        figures = (f"{name} {_mean(chosen, labels, order)}" for name, order in ORDERS.items())
        yield f"  {part}, {len(chosen)} days: " + ", ".join(figures)


def _mean(
    days: Sequence[Day],
    labels: Mapping[str, Sequence[str]],
    order: Callable[[Day], list[Storyline]],
) -> str:
    gains = [[_gain(one, day, labels[day.name]) for one in order(day)] for day in days]
    best = sum(each[:1] == [max(each)] for each in gains) / max(1, len(gains))
    return f"{sum(map(ndcg, gains)) / max(1, len(gains)):.3f} ({best:.2f})"


def ndcg(gains: Sequence[int], first: int = FIRST) -> float:
    """How good an order is: gains of its first places, discounted by place, as a share of the best
    order's.

    >>> ndcg([5, 4, 3, 2, 1]), ndcg([0, 0, 0, 0, 0, 5]) < 0.1
    (1.0, True)
    """
    best = _discounted(sorted(gains, reverse=True)[:first])
    return _discounted(gains[:first]) / best if best else 1.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(2 + place) for place, gain in enumerate(gains))


def _gain(storyline: Storyline, day: Day, chosen: Sequence[str]) -> int:
    held = {
        day.ids[article.place] for article in storyline.articles if article.place < len(day.ids)
    }
    return max((FIRST - place for place, one in enumerate(chosen) if one in held), default=0)


def _by_points(day: Day) -> list[Storyline]:
    found = rank_candidates(day.storylines, Window(), date(2030, 1, 1), "UTC", Audience())
    return [one.storyline for one in found]


def _by_outlets(day: Day) -> list[Storyline]:
    return sorted(day.storylines, key=lambda one: -len(one.outlets))


ORDERS: Mapping[str, Callable[[Day], list[Storyline]]] = {
    "points": _by_points,
    "outlets": _by_outlets,
}


# Faults


def _counted(edition: Edition) -> list[int]:
    left = sum(fate.fate == "over the limit" for fate in edition.ledger)
    return [edition.words, len(edition.leads), left, *(count(edition) for count in FAULTS.values())]


def _headless(edition: Edition) -> int:
    """Briefs of which nobody can know what they are about: a sentence, and no headline above it."""
    return sum(item.storyline.headline in item.quotes for item in edition.briefs)


def _unlabelled(edition: Edition) -> int:
    """Sentences of opinion among reports."""
    reports = [item for item in edition.items if not item.storyline.headline.article.is_view]
    return sum(quote.article.is_view for item in reports for quote in item.quotes)


def _twice(edition: Edition) -> int:
    words = [distinct_words(quote) for quote in edition.quotes]
    return sum(
        any(has_same_words(one, other) for other in words[:place])
        for place, one in enumerate(words)
    )


def _silent(edition: Edition) -> int:
    """Leads that leave out what most of their sources tell in their openings."""
    return sum(bool(_missing(item)) for item in edition.leads)


def _missing(item: Item) -> list[str]:
    articles = [one for one in item.storyline.articles if one.sentences and not one.is_view]
    said = frozenset[str]().union(
        *(consequences_in(str(quote), quote.article) for quote in item.quotes)
    )
    told = [consequences_in(one.text[: one.sentences[:6][-1].stop], one) for one in articles]
    return [
        name
        for name in MAIN
        if sum(name in each for each in told) > max(1, len(told) / 2) and name not in said
    ]


FAULTS: Mapping[str, Callable[[Edition], int]] = {
    "no headline": _headless,
    "opinion": _unlabelled,
    "twice": _twice,
    "main fact": _silent,
}
