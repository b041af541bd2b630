"""How fast clean texts are read and their copies told, and how that grows: annotated texts in, CPU
times out.

python -m benchmarks pace [--corpora FOLDER] [--sizes 1000 2000 …]

The annotated texts are used again and again, their longer words in other places each time, so that
no two are copies. CPU time of one process; the analysis of an article (sentences, terms, names) is
measured apart.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.pages import CORPORA
from briefing import language
from briefing.articles import extract_articles, fold_reprints
from briefing.model import Article, Document

SIZES = (1_000, 2_000, 4_000, 8_000, 16_000)
ANALYSED = 200  # articles; more say the same
_PLAIN = re.compile(r"\b[a-z]{4,}\b")
WARM = 40  # texts before the clock starts: patterns are compiled once a process
UNPLAIN = (
    "korsvik lunacal vestmark halden ostra saarn"  # the model of languages is loaded once a process
)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks pace", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    given = parser.parse_args(argv)
    if not given.corpora.is_dir():
        print(
            f"{given.corpora}: the annotated texts are not on this machine; name "
            "their folder with --corpora"
        )
        return 1
    for line in growth(turned(bodies(given.corpora), max(given.sizes)), sorted(given.sizes)):
        print(line, flush=True)
    return 0


def growth(texts: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    """A line a size, then the exponent from the first to the last, then the analysis."""
    language.detect_language(UNPLAIN)
    for text in texts[:WARM]:
        extract_articles(Document("warm.txt", text.encode()), analysed=False)
    articles: list[Article] = []
    spent = 0.0
    whole: list[float] = []
    length = sum(map(len, texts)) // len(texts)
    for size in sizes:
        started = time.process_time()
        for n, text in enumerate(texts[len(articles) : size], start=len(articles)):
            articles += extract_articles(Document(f"{n}.txt", text.encode()), analysed=False)[:1]
        spent += time.process_time() - started
        started = time.process_time()
        kept = fold_reprints(articles).articles
        folding = time.process_time() - started
        whole.append(spent + folding)
        yield (
            f"{size} texts of {length} characters: read in {spent:.1f} CPU s "
            f"({size / spent:.0f} a second), "
            f"copies told in {folding:.1f} s ({size / folding:.0f} a second), "
            f"{len(articles) - len(kept)} folded"
        )
    if len(sizes) > 1:
        exponent = math.log(whole[-1] / whole[0]) / math.log(sizes[-1] / sizes[0])
        yield f"exponent from {sizes[0]} to {sizes[-1]}: {exponent:.2f}"
    yield _analysis(articles[:ANALYSED])


def _analysis(articles: Sequence[Article]) -> str:
    language.analyse(articles[0].text)
    started = time.process_time()
    for article in articles:
        language.analyse(article.text)
    return f"analysis: {len(articles) / (time.process_time() - started):.0f} texts a second"


def bodies(folder: Path) -> list[str]:
    """Annotated bodies of 60 to 1,000 words."""
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n")
    every = [json.loads(line).get("body") or "" for line in lines if line]
    return [body for body in every if 60 < len(body.split()) < 1_000]


def turned(texts: Sequence[str], most: int) -> list[str]:
    """As many texts as are asked for, no two alike: each time round, the longer plain words of a
    text change places.
    """
    return [_turned(texts[n % len(texts)], n // len(texts)) for n in range(most)]


def _turned(text: str, places: int) -> str:
    words = _PLAIN.findall(text)
    moved = iter(words[places % max(1, len(words)) :] + words[: places % max(1, len(words))])
    return _PLAIN.sub(lambda _: next(moved), text)


if __name__ == "__main__":
    main()
