"""How well pages are read: annotated pages in, a table of body, title, date and speed out, ours beside others.

python -m benchmarks reading [--corpora FOLDER] [--every N] [--flat] [--text]

Body: F1 of 4-word shingles as a multiset, each page counting once. Title: equal but for case, width and punctuation.
Date: the same day; a wrong one and none are told apart. `--flat` reads the pages' whole text without any HTML.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from briefing.articles import read
from briefing.articles.forms import page
from briefing.errors import UnreadableError
from briefing.model import Document

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora" / "pages" / "wcxb-dev"
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "button",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "label",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method finds on a page."""

    text: str = ""
    title: str | None = None
    day: str | None = None


Method = Callable[[bytes, str], Answer]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks reading", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--every", type=int, default=1, help="read each Nth page only")
    parser.add_argument("--flat", action="store_true", help="the pages as plain text, no HTML left")
    parser.add_argument("--text", action="store_true", help="only the speed of clean texts of fewer than 1,000 words")
    given = parser.parse_args(argv)
    if not given.corpora.is_dir():
        print(f"{given.corpora}: the annotated pages are not on this machine; name their folder with --corpora")
        return 1
    if given.text:
        print(_speed_of_text(given.corpora, given.every))
        return 0
    pages = list(_pages(given.corpora, given.every, flat=given.flat))
    print(f"{len(pages)} pages of {given.corpora.name}{', as plain text' if given.flat else ''}")
    print(f"{'':24}{'F1':>7}{'P':>7}{'R':>7}{'title':>8}{'date ok':>9}{'wrong':>7}{'none':>7}{'pages/s':>9}")
    for name, method in methods(flat=given.flat).items():
        print(_row(name, method, pages), flush=True)
    return 0


def methods(*, flat: bool) -> dict[str, Method]:
    """Ours, and those of the others that are installed."""
    if flat:
        return {
            "briefing": lambda raw, _: ours(raw, "page.txt"),
            "all lines": _all_lines,
            "lines with a full stop": _c4,
        }
    found: dict[str, Method] = {
        "briefing": ours,
        "trafilatura": _trafilatura(),
        "trafilatura, precision": _trafilatura(favor_precision=True),
    }
    others = {
        "readability": ("readability-lxml", _readability),
        "newspaper": ("newspaper4k", _newspaper),
        "resiliparse": ("resiliparse", _resiliparse),
    }
    for module, (name, method) in others.items():
        if find_spec(module):
            found[name] = method
        else:
            print(f"left out: {name} is not installed", file=sys.stderr)
    return found


def ours(raw: bytes, url: str) -> Answer:
    try:
        articles = read(Document(url, raw), analysed=False)
    except UnreadableError:
        return Answer()
    longest = max(articles, key=lambda article: len(article.text))
    day = str(longest.published.day) if longest.published else None
    return Answer("\n".join(article.text for article in articles), longest.headline, day)


def _trafilatura(**options: Any) -> Method:
    def extract(raw: bytes, url: str) -> Answer:
        import trafilatura  # noqa: PLC0415  only when it is measured

        found = trafilatura.bare_extraction(raw, url=url, include_comments=False, with_metadata=True, **options)
        return Answer(found.text or "", found.title, found.date) if found else Answer()

    return extract


def _readability(raw: bytes, _url: str) -> Answer:
    from lxml import html  # noqa: PLC0415  only when it is measured
    from readability import Document as Readable  # noqa: PLC0415  only when it is measured

    made = Readable(raw.decode("utf-8", "replace"))
    return Answer("\n".join(html.fromstring(made.summary()).itertext()), made.short_title())


def _newspaper(raw: bytes, url: str) -> Answer:
    import newspaper  # noqa: PLC0415  only when it is measured

    made = newspaper.Article(url, fetch_images=False)
    made.download(input_html=raw.decode("utf-8", "replace"))
    made.parse()
    return Answer(made.text, made.title, str(made.publish_date)[:10] if made.publish_date else None)


def _resiliparse(raw: bytes, _url: str) -> Answer:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  only when it is measured

    return Answer(extract_plain_text(raw.decode("utf-8", "replace"), main_content=True))


def _all_lines(raw: bytes, _url: str) -> Answer:
    return Answer(raw.decode())


def _c4(raw: bytes, _url: str) -> Answer:
    """Lines of five words and more that end in a full stop: the rule of the C4 corpus."""
    lines = [line for line in raw.decode().split("\n") if len(line.split()) >= 5 and line.rstrip()[-1:] in '.!?"”']
    return Answer("\n".join(lines))


def _pages(folder: Path, every: int, *, flat: bool) -> Iterator[tuple[dict[str, Any], bytes]]:
    lines = [line for line in (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n") if line]
    for line in lines[::every]:
        truth = json.loads(line)
        raw = gzip.decompress((folder / "html" / f"{truth['id']}.html.gz").read_bytes())
        yield truth, flattened(raw).encode() if flat else raw


def flattened(raw: bytes) -> str:
    """The text of a whole page, a line break at each block element."""
    tree = page.parse(raw.decode("utf-8", "replace"))
    for element in tree.xpath("//script|//style|//noscript|//template|//head"):
        element.drop_tree()
    for element in tree.iter():
        for place in ("text", "tail"):
            words = getattr(element, place)
            if words:
                setattr(element, place, re.sub(r"\s+", " ", words))
    for element in tree.iter():
        if element.tag in BLOCKS:
            element.text, element.tail = "\n" + (element.text or ""), "\n" + (element.tail or "")
    return re.sub(r"\s*\n\s*", "\n", "".join(tree.itertext())).strip()


def _speed_of_text(folder: Path, every: int) -> str:
    bodies = [truth.get("body") or "" for truth, _ in _pages(folder, every, flat=False)]
    texts = [body.encode() for body in bodies if 60 < len(body.split()) < 1_000]
    for text in texts[:40]:  # patterns are compiled once a process
        ours(text, "page.txt")
    started = time.process_time()
    for text in texts[40:]:
        ours(text, "page.txt")
    rate = (len(texts) - 40) / (time.process_time() - started)
    return f"{len(texts) - 40} texts of {sum(map(len, texts)) // len(texts)} bytes: {rate:.0f} a second, not analysed"


def _row(name: str, method: Method, pages: list[tuple[dict[str, Any], bytes]]) -> str:
    started = time.process_time()
    answers = [method(raw, truth.get("url") or "page.html") for truth, raw in pages]
    rate = len(pages) / (time.process_time() - started)
    shares = [share(truth.get("body"), answer.text) for (truth, _), answer in zip(pages, answers, strict=True)]
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


def share(truth: str | None, got: str) -> tuple[float, float, float]:
    """Shares of shared, surplus and missing shingles of one page; they add up to 1."""
    one, other = shingles(truth or ""), shingles(got)
    both = sum((one & other).values())
    surplus, missing = sum(other.values()) - both, sum(one.values()) - both
    total = both + surplus + missing
    return (both / total, surplus / total, missing / total) if total else (0.0, 0.0, 0.0)


def shingles(text: str, width: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + width]) for i in range(max(1, len(words) - width + 1))) if words else Counter()


def fold(text: str | None) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text or "").casefold()).strip()
