"""Trees that tell an article's blocks from a page's furniture: annotated pages in, trees.json out.

python -m benchmarks layout [--corpora FOLDER] [--folds N] [--seed N] [--write]

Learns from all sites but those of one fold, reads the pages of that fold through the whole program,
and so for each fold: what is printed was measured on pages of sites that the trees had not seen.
`--write` learns from all pages and writes the trees into the package.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np

from benchmarks import calling
from benchmarks.examples import Example, examples
from benchmarks.pages import CORPORA, Pages, annotated, share
from benchmarks.readers import ours
from briefing.articles.extraction.html import classifier
from briefing.articles.extraction.html.class_name_features import class_columns

STORED = Path(classifier.__file__).with_name("trees.json")
TREES = 120
# weight of a page cut down to a short article beside one as it is: short news is rare in the set
MADE = 0.3
# Level on held-out pages from 120 trees at .08 to 240 at .04; leaves as many as fit the bits of a
# small number.
SETTINGS = {
    "objective": "binary", "num_leaves": classifier.LEAVES, "learning_rate": 0.08, "min_data_in_leaf": 100, "lambda_l2": 5,
    "min_sum_hessian_in_leaf": 5, "feature_fraction": 0.25, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 63,
    "num_threads": 1, "seed": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks layout", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1, help="of the trees that are measured")
    parser.add_argument(
        "--write", action="store_true", help="learn from all pages and write trees.json"
    )
    given = parser.parse_args(argv)
    if not given.corpora.is_dir():
        print(
            f"{given.corpora}: the annotated pages are not on this machine; name "
            "their folder with --corpora"
        )
        return 1
    pages = list(annotated(given.corpora))
    known = [
        list(examples(truth.get("body") or "", raw, truth["id"], site(truth)))
        for truth, raw in pages
    ]
    if given.write:
        STORED.write_text(json.dumps(learned(_flat(known)), separators=(",", ":")) + "\n", "utf-8")
        print(f"{STORED.name}: learned from {len(pages)} pages")
        return 0
    print(
        f"{len(pages)} pages, each read with trees that had seen no page of its site, "
        f"in {given.folds} folds"
    )
    folds = np.array([fold(truth, given.folds) for truth, _ in pages])
    sums = np.zeros(3)
    for each in range(given.folds):
        made = learned(_flat(known[i] for i in np.flatnonzero(folds != each)), given.seed)
        sums += held_out(made, [pages[i] for i in np.flatnonzero(folds == each)])
        print(f"after fold {each + 1}: {_figures(sums)}", flush=True)
    return 0


def fold(truth: dict[str, Any], folds: int) -> int:
    """Pages of one site are in one fold."""
    return crc32(site(truth).encode()) % folds


def site(truth: dict[str, Any]) -> str:
    return urlsplit(truth.get("url") or truth["id"]).netloc.removeprefix("www.")


def _flat(known: Iterable[list[Example]]) -> list[Example]:
    return [each for some in known for each in some]


def learned(known: Sequence[Example], seed: int = 1) -> dict[str, Any]:
    """The trees as they are stored: comparisons from the left, with the leaves that remain where
    one is greater.
    """
    import lightgbm

    weights = np.concatenate([each.weights * (MADE if each.made else 1) for each in known])
    votes = calling.votes(each for each in known if not each.made)
    numbers = votes.numbers()
    names, rows = _with_calling(known, votes, numbers)
    data = lightgbm.Dataset(
        rows, np.concatenate([each.own for each in known]),
        weight=weights / weights.mean(), params={"max_bin": SETTINGS["max_bin"], "verbose": -1},
    )  # fmt: skip
    model = lightgbm.train(SETTINGS | {"seed": seed}, data, TREES)
    grown = [_tree(each["tree_structure"]) for each in model.dump_model()["tree_info"]]
    used = sorted({number for each in grown for number in each["feature"]})
    for each in grown:
        each["feature"] = [used.index(number) for number in each["feature"]]
    return {"names": [names[number] for number in used], "called": numbers, "trees": grown}


def _with_calling(
    known: Sequence[Example], votes: calling.Votes, numbers: dict[str, float]
) -> tuple[list[str], Any]:
    """Each page's rows with what the elements around are called, as sites but its own use these
    words.
    """
    tables, more = [], []
    for each in known:
        words = each.rows[:, each.names.index("words")]
        columns = class_columns(each.found, words.astype(float), votes.without(each.site, numbers))
        more = list(columns)
        tables.append(
            np.hstack([each.rows, np.column_stack(list(columns.values())).astype(np.float32)])
        )
    return [*known[0].names, *more], np.vstack(tables)


def _tree(root: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"feature": [], "threshold": [], "remains": [], "leaf": []}

    def below(node: dict[str, Any]) -> int:
        """The bits of the leaves below, those on the left first."""
        if "leaf_value" in node:
            found["leaf"].append(round(node["leaf_value"], 6))
            return 1 << (len(found["leaf"]) - 1)
        place = len(found["feature"])
        found["feature"].append(node["split_feature"])
        found["threshold"].append(float(f"{node['threshold']:.9g}"))
        found["remains"].append(0)
        left = below(node["left_child"])
        found["remains"][place] = (1 << classifier.LEAVES) - 1 & ~left
        return left | below(node["right_child"])

    below(root)
    return found


def held_out(stored: dict[str, Any], pages: Pages) -> Any:
    """Shared, surplus and missing shares of the bodies, read with other trees than the
    package's.
    """
    with mock.patch.object(classifier, "load_trees", return_value=classifier.parse_trees(stored)):
        answers = [ours(raw, truth.get("url") or "page.html").text for truth, raw in pages]
    return np.sum(
        [
            share(truth.get("body"), answer)
            for (truth, _), answer in zip(pages, answers, strict=True)
        ],
        axis=0,
    )


def _figures(sums: Any) -> str:
    both, surplus, missing = sums
    f1 = 2 * both / (2 * both + surplus + missing)
    return f"F1 {f1:.4f}, P {both / (both + surplus):.4f}, R {both / (both + missing):.4f}"
