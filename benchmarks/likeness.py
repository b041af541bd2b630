"""Weights of the traits that tell an article's lines from a page's furniture: annotated pages in,
likeness.json out.

python -m benchmarks likeness [--corpora FOLDER] [--write]

Fits a logistic regression to one half of the pages, flattened to text, and reads the other half
with it, and the other way round; `--write` fits it to all of them and writes the weights into the
package.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import reading
from briefing.articles.boilerplate import rules
from briefing.articles.extraction.lines import classifier
from briefing.articles.extraction.lines.features import line_traits
from briefing.articles.lines import Line, split_lines

STORED = Path(classifier.__file__).with_name("likeness.json")
STRENGTH = (
    0.02  # of the data against the weights' being small (scikit-learn's C): .01 to .3 within .004
)
# share of a line's word groups that stand in the annotated body, from which it is the body's
OWN = 0.5
WIDTH = 4  # words a group
LEAST = 0.005  # smaller weights are left out of the file


@dataclass(frozen=True)
class Example:
    """One page: each line's traits, whether it is the article's, and how much it counts."""

    traits: list[dict[str, int]]
    own: list[int]
    counts: list[float]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks likeness", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--corpora", type=Path, default=reading.CORPORA)
    parser.add_argument(
        "--write",
        action="store_true",
        help="fit to all pages and write the weights into the package",
    )
    given = parser.parse_args(argv)
    if not given.corpora.is_dir():
        print(
            f"{given.corpora}: the annotated pages are not on this machine; name "
            "their folder with --corpora"
        )
        return 1
    pages = list(flat_pages(given.corpora))
    examples = [example(truth.get("body") or "", split_lines(text)) for truth, text in pages]
    if given.write:
        STORED.write_text(
            json.dumps(fitted(examples), indent=1, sort_keys=True, ensure_ascii=False) + "\n",
            "utf-8",
        )
        print(f"{STORED.name}: fitted to {len(pages)} pages")
        return 0
    print(f"{len(pages)} pages as plain text, each half read with the weights fitted to the other")
    for fit, held in ((0, 1), (1, 0)):
        print(held_out(fitted(examples[fit::2]), pages[held::2]), flush=True)
    return 0


def example(body: str, lines: Sequence[Line]) -> Example:
    reasons = [rules.classify_line(line.text) for line in lines]
    told = max(len(body.split()), 100)
    return Example(
        [{f"{family}\t{value}": 1 for family, value in its} for its in line_traits(lines, reasons)],
        list(_own(body, lines)),
        [
            100 * (line.words + 2) / told for line in lines
        ],  # a page counts once, a line by its words
    )


def _own(body: str, lines: Sequence[Line]) -> Iterator[int]:
    """Whether each line stands in the annotated body: by its groups of words, a short one
    as it is.
    """
    said = re.findall(r"\w+", body)
    groups = {tuple(said[i : i + WIDTH]) for i in range(len(said) - WIDTH + 1)}
    whole = f" {' '.join(said)} "
    for line in lines:
        words = re.findall(r"\w+", line.text)
        if len(words) < WIDTH:
            yield int(bool(words) and f" {' '.join(words)} " in whole)
        else:
            its = [tuple(words[i : i + WIDTH]) for i in range(len(words) - WIDTH + 1)]
            yield int(sum(group in groups for group in its) > OWN * len(its))


def fitted(examples: Sequence[Example]) -> dict[str, Any]:
    """Weights by family and value, and the bias."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    names = DictVectorizer()
    table = names.fit_transform([its for each in examples for its in each.traits])
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(
        table,
        [o for each in examples for o in each.own],
        [c for each in examples for c in each.counts],
    )
    weights: dict[str, dict[str, float]] = {}
    for name, weight in zip(names.feature_names_, model.coef_[0], strict=True):
        family, value = name.split("\t")
        if abs(weight) >= LEAST:
            weights.setdefault(family, {})[value] = round(float(weight), 3)
    return {"bias": round(float(model.intercept_[0]), 3), "weights": weights}


def held_out(stored: dict[str, Any], pages: Sequence[tuple[dict[str, Any], str]]) -> str:
    """F1, precision and recall of the bodies, read with other weights than the package's."""
    with mock.patch.object(
        classifier, "load_weights", return_value=classifier.parse_weights(stored)
    ):
        answers = [reading.ours(text.encode(), "page.txt").text for _, text in pages]
    shares = [
        reading.share(truth.get("body"), answer)
        for (truth, _), answer in zip(pages, answers, strict=True)
    ]
    both, surplus, missing = (sum(part) for part in zip(*shares, strict=True))
    f1 = 2 * both / (2 * both + surplus + missing)
    return (
        f"{len(pages)} pages: F1 {f1:.3f}, P {both / (both + surplus):.3f}, R "
        f"{both / (both + missing):.3f}"
    )


def flat_pages(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Each annotated page with its whole text."""
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            truth = json.loads(line)
            yield (
                truth,
                reading.flattened(
                    gzip.decompress((folder / "html" / f"{truth['id']}.html.gz").read_bytes())
                ),
            )
