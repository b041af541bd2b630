"""How well copies are told: pairs of press reports, copies made of annotated texts and filled-in
forms in, shares out.

python -m benchmarks copies [--corpora FOLDER] [--pages FOLDER] [--texts N]

Pairs of reports come with the share of the shorter one's 5-word groups that the longer one holds.
The copies are made here, each text in five ways, and all are read at once, as the articles of a day
are.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.pages import CORPORA as PAGES
from briefing.articles import fold_reprints
from briefing.articles.deduplication import near_duplicates, shingles
from briefing.model import Article

CORPORA = PAGES.parent.parent / "storylines" / "neardup"
TEMPLATED = Path(__file__).parent.parent / "tests" / "data" / "templated.jsonl"
SHORTEST = 120  # words of a text that copies are made of: a third cut away leaves a report
ADDED = (
    "The council meets again next week and has put the matter first on its list, a "
    "spokeswoman told this newspaper. "
    "Readers will remember that a similar plan was dropped two winters ago after "
    "weeks of argument about its cost."
)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks copies", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="of pairs of reports")
    parser.add_argument(
        "--pages", type=Path, default=PAGES, help="of texts that copies are made of"
    )
    parser.add_argument("--texts", type=int, default=300, help="texts that copies are made of")
    given = parser.parse_args(argv)
    for folder in (given.corpora, given.pages):
        if not folder.is_dir():
            print(
                f"{folder}: these texts are not on this machine; name their folder "
                "with --corpora or --pages"
            )
            return 1
    for line in (
        *of_pairs(given.corpora),
        *of_changes(bodies(given.pages, given.texts)),
        of_forms(),
    ):
        print(line, flush=True)
    return 0


def of_pairs(folder: Path) -> Iterator[str]:
    """Of pairs by how much they share: how many are likely copies and how many are folded; and of
    all other pairs.
    """
    texts = {each["id"]: each["text"] for each in _rows(folder / "articles.jsonl")}
    shares = {
        frozenset((each["a"], each["b"])): each["containment"]
        for each in _rows(folder / "pairs.jsonl")
    }
    order = list(texts)
    alike = shingles.similar_pairs(list(texts.values()), least=near_duplicates.EDITED)
    found = {frozenset((order[i], order[j])): share for i, j, share in alike}
    folded = {
        pair
        for pair, share in found.items()
        if near_duplicates.is_copy(*(texts[each] for each in sorted(pair)), share)
    }
    for least, most in pairwise((0.3, 0.5, 0.65, 0.8, 1.01)):
        pairs = {pair for pair, share in shares.items() if least <= share < most}
        yield (
            f"pairs that share {least:.2f} to {min(most, 1):.2f}: {len(pairs)}, found "
            f"{len(pairs & set(found))}, "
            f"folded {len(pairs & folded)}"
        )
    others = len(order) * (len(order) - 1) // 2 - len(shares)
    more, made_one = len(set(found) - set(shares)), len(folded - set(shares))
    yield f"pairs that share less than 0.30: {others}, found {more}, folded {made_one}"


def of_changes(texts: Sequence[str]) -> Iterator[str]:
    """Of copies changed in each way: how many are folded into the text they were made of; whatever
    else is folded.
    """
    made = [Article(id=f"{n:04}", text=text, document=f"{n:04}") for n, text in enumerate(texts)]
    for change in CHANGES:
        changed = [
            Article(id=f"{a.id} {change.__name__}", text=change(a.text), document=f"{a.id} copy")
            for a in made
        ]
        started = time.process_time()
        folding = fold_reprints([*made, *changed])
        spent = time.process_time() - started
        together = [[each.id[:4] for each in (kept, *kept.copies)] for kept in folding.articles]
        right = sum(len(ids) == 2 and len(set(ids)) == 1 for ids in together)
        wrong = sum(len(set(ids)) > 1 for ids in together)
        yield (
            f"{change.__name__}: of {len(made)} folded {right} "
            f"({right / len(made):.3f}), with another text {wrong}; "
            f"{spent:.1f} CPU s"
        )


def of_forms() -> str:
    pairs = _rows(TEMPLATED)
    both = [
        [Article(id=side, text=pair[side], document=side) for side in ("one", "other")]
        for pair in pairs
    ]
    return (
        f"forms filled in twice: {len(pairs)} pairs, folded "
        f"{sum(len(fold_reprints(pair).articles) == 1 for pair in both)}"
    )


def bodies(folder: Path, most: int) -> list[str]:
    """Annotated texts that are long enough and of which none is a copy of another."""
    every = [each.get("body") or "" for each in _rows(folder / "truth.jsonl")]
    long = [text for text in every if len(text.split()) >= SHORTEST]
    kept = fold_reprints(
        Article(id=f"{n:04}", text=text, document=f"{n:04}") for n, text in enumerate(long)
    ).articles
    return [article.text for article in sorted(kept, key=lambda article: article.id)][:most]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def cut(text: str) -> str:
    """The first two thirds, up to the end of a sentence."""
    return text[: text.rfind(". ", 0, len(text) * 2 // 3) + 1] or text


def padded(text: str) -> str:
    return f"{text}\n{ADDED}"


def datelined(text: str) -> str:
    return f"HALDEN (Marrow Wire) - {text}"


def reworded(text: str) -> str:
    """One word in fifty replaced."""
    dice = random.Random(len(text))
    words = text.split(" ")
    plain = [i for i, word in enumerate(words) if word.isalpha() and word.islower()]
    for i in dice.sample(plain, min(len(plain), max(1, len(words) // 50))):
        words[i] = "otherwise"
    return " ".join(words)


def respelt(text: str) -> str:
    """In another house's style."""
    return (
        text.replace(" per cent", " percent").replace("“", '"').replace("”", '"').replace("’", "'")
    )


CHANGES: tuple[Callable[[str], str], ...] = (cut, padded, datelined, reworded, respelt)


if __name__ == "__main__":
    main()
