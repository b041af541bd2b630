"""How fast summaries are made: texts in, rows of CPU time out, sumy's LexRank beside ours in the
same run.

python -m benchmarks speeds [--corpora FOLDER] [--json]

CPU time of one core, best of three runs. Articles of the set of reports with references when it is
here, else made-up ones of the same length; long texts are made up. Ratios are what the floors hold:
machines differ, ratios hardly.
"""

from __future__ import annotations

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from math import log
from pathlib import Path

from benchmarks.summaries import CORPORA, sample
from briefing.language import analyse, extract_terms, split_sentences
from briefing.model import Analysis, Article, Span
from briefing.summaries import SUMMARISERS, summarise

ARTICLES = 40
LENGTHS = (250, 500, 1000, 2000)  # sentences
LONGEST = 30_000
# sentences of the text that sumy's LexRank is timed on; it is quadratic, and takes minutes from
# 3,000 on
SUMY = 500
RUNS = 3


def long_article(sentences: int) -> Article:
    """Sentences of made-up words, about one in three of them frequent, as in a text."""
    syllables = ["har", "bo", "lin", "ta", "mer", "so", "vik", "dal", "ne", "ros"]

    def word(number: int) -> str:
        return "".join(syllables[int(digit)] for digit in str(number))

    lines = []
    for i in range(sentences):
        words = [word((i * 7919 + j * 104_729) % (30 if j % 3 == 0 else 9973)) for j in range(14)]
        lines.append(f"The {' '.join(words)} on day {i % 31}.")
    text = " ".join(lines)
    spans: tuple[Span, ...] = tuple(split_sentences(text))
    return Article(
        "long",
        text,
        language="en",
        analysis=Analysis(spans, tuple(extract_terms(s.of(text)) for s in spans)),
    )


def reports(folder: Path) -> list[Article]:
    """Reports of 400 words and more, else made-up ones of 40 sentences."""
    if not folder.is_dir():
        return [long_article(40) for _ in range(ARTICLES)]
    some = [articles[0] for articles in sample("cnndm", folder=folder, first=3 * ARTICLES).articles]
    return [one for one in some if len(one.text.split()) >= 400][:ARTICLES]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run, the best of a few."""
    times = []
    for _ in range(RUNS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return max(1e-9, min(times))


def measured(folder: Path = CORPORA) -> dict[str, float]:
    """Every figure by its name: seconds, articles a second, megabytes, ratios and the exponent of
    growth.
    """
    given = reports(folder)
    analyse(given[0].text)  # what is loaded once is not counted
    raw = seconds(
        lambda: [summarise(Article(a.id, a.text, analysis=analyse(a.text))) for a in given]
    )
    known = seconds(lambda: [summarise(article) for article in given])
    rival = seconds(
        lambda: [summarise(a, SUMMARISERS["sumy-lexrank"], constraints=False) for a in given]
    )
    texts = {length: long_article(length) for length in LENGTHS}
    times = {length: seconds(partial(summarise, text)) for length, text in texts.items()}
    long_rival = seconds(
        lambda: summarise(texts[SUMY], SUMMARISERS["sumy-lexrank"], constraints=False)
    )
    longest = long_article(LONGEST)
    return {
        "words of an article": sum(len(a.text.split()) for a in given) / len(given),
        "articles a second, raw": len(given) / raw,
        "articles a second, analysed": len(given) / known,
        "sumy's LexRank, articles a second, analysed": len(given) / rival,
        "analysed, times as fast as sumy's LexRank": rival / known,
        "2,000 sentences, seconds": times[2000],
        "30,000 sentences, seconds": seconds(lambda: summarise(longest)),
        "30,000 sentences, megabytes": megabytes(longest),
        "500 sentences, times as fast as sumy's LexRank": long_rival / times[SUMY],
        "exponent of growth, 250 to 2,000": exponent(times),
    }


def exponent(times: dict[int, float]) -> float:
    """How time grows with length: 1 is linear, 2 quadratic; from the shortest to the longest."""
    return log(times[LENGTHS[-1]] / times[LENGTHS[0]]) / log(LENGTHS[-1] / LENGTHS[0])


def megabytes(article: Article) -> float:
    """The most memory that Python asked for while one article was summarised."""
    tracemalloc.start()
    summarise(article)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks speeds", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the sets")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(argv)
    found = measured(options.corpora)
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
        return 0
    for name, value in found.items():
        print(f"{name:48} {value:10.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
