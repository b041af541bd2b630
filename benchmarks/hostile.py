"""What texts that are meant to take long cost to read: a table of CPU seconds out, as text and as a
page, analysed.

python -m benchmarks hostile
"""

from __future__ import annotations

import time
from contextlib import suppress

from briefing import language
from briefing.articles import extract_articles
from briefing.errors import UnreadableError
from briefing.model import Document

TEXTS = (
    "(" * 100_000,
    '"' * 100_000,
    "<" * 100_000,
    "\U0001f600" * 50_000,
    "a" * 500_000,
    "a b " * 100_000,
    "A. " * 60_000,
    "\n" * 300_000,
    "\u200f\u202e" * 50_000,
    "é́" * 60_000,
    "<b>" * 33_000,
    "[](" * 40_000,
    "MORE: " * 30_000,
    "Sign up here. " * 8_000,
    "1/2/2025 " * 20_000,
    "March 4, 2026 " * 12_000,
    "- " * 100_000,
    "© " * 80_000,
    "By A B " * 25_000,
    ("Word " * 30 + ".\n") * 3_000,
    "Image: x\n" * 20_000,
    "Read more: a b c. " * 16_000,
    "MORE: a b c " * 40_000,
    "A report of some length. " * 40 + "(Image: x) " * 40_000,
    "".join(f"desk@paper{n}.example\n" for n in range(9_000)),
    f"Home |{' ' * 200_000}News",
    "<!-- -->" * 600,
    " ".join(f"Halden{n}" for n in range(45_000)),
    "Mr Nora Feld, Ms Nora Fell and Dr Nara Feld met. " * 4_900,
    "\u200b\n" * 100_000,
    "2 hours ago\n" * 9_000,
    "---\ntitle: x\n---\n" + "![a](b" * 100_000,
)
_SAID = (
    "<p>The board of Korsvik put off the repairs of its old swing bridge once more on Tuesday.</p>"
    * 4
)
_DATA = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
PAGES = (
    f"<div {' '.join(f'a{n}=1' for n in range(64_000))}>{_SAID}",
    f"<div {' '.join(f'a{n}={chr(34)}<>{chr(34)}' for n in range(20_000))}>{_SAID}",
    "".join(f"<a href='/{n}'>link {n}</a>" for n in range(24_000)),
    f"<table><tr>{'<td>a</td>' * 20_000}</table>",
    ("<div>" * 100 + "a" + "</div>" * 100) * 240,
    "<p>a b.</p>" * 20_000,
    "<b>" * 45_000 + _SAID,
    "<h1>A headline of the day</h1>" * 4_900 + _SAID,
    f"<head><title>{'a | ' * 100_000}</title></head>{_SAID}",
    f"<div class='{'author-' * 250_000}'>{_SAID}",
    f'{_DATA}{"<script " * 200_000}"}}</script>{_SAID}',
    f'{_DATA}{"&amp;lt;br " * 200_000}"}}</script>{_SAID}',
    "".join(f"<p>{1 + n % 28} March {2000 + n % 26}</p>" for n in range(4_900)),
    "<!-- -->" * 600 + _SAID,
)
ORDINARY = (
    "The board of Korsvik met on Tuesday and put off the repairs of its old swing "
    "bridge once more. "
) * 4


def main(argv: list[str] | None = None) -> int:  # noqa: ARG001  every benchmark takes arguments
    cost("x.txt", ORDINARY)  # what is imported and compiled once a process is not counted
    cost("x.html", ORDINARY)
    cost(
        "x.html", "<html><body><p>Nothing stands here.</p></body></html>"
    )  # asks again, by a library
    cost(
        "x.txt",
        "Rada Korsviku odłożyła we wtorek naprawę starego mostu obrotowego nad kanałem. " * 3,
    )  # asks a model
    print(
        f"{'opens with':14}{'characters':>11}{'text, s':>9}{'page, s':>9}  what became of the text"
    )
    worst = 0.0
    for text in TEXTS:
        spent, outcome = cost("x.txt", text)
        paged, _ = cost("x.html", f"<html><body><p>{text}</p></body></html>")
        worst = max(worst, spent, paged)
        print(f"{text[:10]!r:14}{len(text):11,}{spent:9.2f}{paged:9.2f}  {outcome}", flush=True)
    for page in PAGES:
        spent, outcome = cost("x.html", page)
        worst = max(worst, spent)
        print(f"{page[:10]!r:14}{len(page):11,}{'':9}{spent:9.2f}  {outcome}", flush=True)
    print(f"at most {worst:.2f} CPU seconds")
    return 0


def cost(name: str, text: str) -> tuple[float, str]:
    """CPU seconds, and how many articles were read or why none was.

    What is loaded once a process, such as the rules of a language, is not counted.
    """
    with suppress(UnreadableError):
        for article in extract_articles(Document(name, text.encode()), analysed=False):
            language.analyse("A word.", language=article.language or "en")
    started = time.process_time()
    try:
        outcome = f"{len(extract_articles(Document(name, text.encode())))} read"
    except UnreadableError as error:
        outcome = str(error).removeprefix(f"{name}: ")
    return time.process_time() - started, outcome
