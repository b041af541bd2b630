"""How well pages are read: annotated pages in, a table of body, title, date and speed out, ours
beside others.

python -m benchmarks reading [--corpora FOLDER] [--every N] [--flat] [--text | --copies | --growth]

Body: F1 of 4-word shingles as a multiset, each page counting once. Title: equal but for case, width
and punctuation. Date: the same day; a wrong one and none are told apart. `--flat` reads the pages'
whole text without any HTML.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks import copies, pace
from benchmarks.pages import CORPORA, Answer, Pages, annotated, flattened, fold, share
from benchmarks.readers import Method, methods, ours

__all__ = ["CORPORA", "Answer", "flattened", "main", "ours", "share"]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks reading", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--every", type=int, default=1, help="read each Nth page only")
    parser.add_argument("--flat", action="store_true", help="the pages as plain text, no HTML left")
    parser.add_argument(
        "--text",
        action="store_true",
        help="only the speed of clean texts of fewer than 1,000 words",
    )
    parser.add_argument(
        "--copies",
        action="store_true",
        help="only how well copies are told, as `benchmarks copies`",
    )
    parser.add_argument(
        "--growth",
        action="store_true",
        help="only 1,000 to 16,000 clean texts, as `benchmarks pace`",
    )
    given = parser.parse_args(argv)
    if given.copies or given.growth:
        return (copies if given.copies else pace).main([])
    if not given.corpora.is_dir():
        print(
            f"{given.corpora}: the annotated pages are not on this machine; name "
            "their folder with --corpora"
        )
        return 1
    if given.text:
        print(_speed_of_text(given.corpora, given.every))
        return 0
    pages = list(annotated(given.corpora, given.every, flat=given.flat))
    print(f"{len(pages)} pages of {given.corpora.name}{', as plain text' if given.flat else ''}")
    print(
        f"{'':24}{'F1':>7}{'P':>7}{'R':>7}{'title':>8}{'date ok':>9}{'wrong':>7}{'none':>7}{'pages/s':>9}"
    )
    for name, method in methods(flat=given.flat).items():
        print(_row(name, method, pages), flush=True)
    return 0


def _speed_of_text(folder: Path, every: int) -> str:
    bodies = [truth.get("body") or "" for truth, _ in annotated(folder, every, flat=False)]
    texts = [body.encode() for body in bodies if 60 < len(body.split()) < 1_000]
    for text in texts[:40]:  # patterns are compiled once a process
        ours(text, "page.txt")
    started = time.process_time()
    for text in texts[40:]:
        ours(text, "page.txt")
    rate = (len(texts) - 40) / (time.process_time() - started)
    return (
        f"{len(texts) - 40} texts of {sum(map(len, texts)) // len(texts)} bytes: "
        f"{rate:.0f} a second, not analysed"
    )


def _row(name: str, method: Method, pages: Pages) -> str:
    truth, raw = pages[0]
    method(
        raw, truth.get("url") or "page.html"
    )  # what is imported and compiled once a process is not counted
    started = time.process_time()
    answers = [method(raw, truth.get("url") or "page.html") for truth, raw in pages]
    rate = len(pages) / (time.process_time() - started)
    shares = [
        share(truth.get("body"), answer.text)
        for (truth, _), answer in zip(pages, answers, strict=True)
    ]
    both, surplus, missing = (sum(part) for part in zip(*shares, strict=True))
    titles = [
        fold(truth["title"]) == fold(answer.title)
        for (truth, _), answer in zip(pages, answers, strict=True)
        if truth.get("title")
    ]
    days = [
        (str(truth["date"])[:10], answer.day)
        for (truth, _), answer in zip(pages, answers, strict=True)
        if truth.get("date")
    ]
    figures = (
        2 * both / (2 * both + surplus + missing), both / (both + surplus), both / (both + missing), _mean(titles),
        _mean([day == right for right, day in days]), _mean([day is not None and day != right for right, day in days]),
        _mean([day is None for _, day in days]),
    )  # fmt: skip
    f1, precision, recall, title, right, wrong, none = figures
    return f"{name:24}{f1:7.3f}{precision:7.3f}{recall:7.3f}{title:8.3f}{right:9.3f}{wrong:7.3f}{none:7.3f}{rate:9.1f}"


def _mean(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
