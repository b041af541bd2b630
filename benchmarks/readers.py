"""A page's bytes and address in, its text, title and day out: by this program, and by others that
are installed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from benchmarks.pages import Answer
from briefing.articles import extract_articles
from briefing.errors import UnreadableError
from briefing.model import Document

Method = Callable[[bytes, str], Answer]


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
        articles = extract_articles(Document(url, raw), analysed=False)
    except UnreadableError:
        return Answer()
    longest = max(articles, key=lambda article: len(article.text))
    day = str(longest.published.day) if longest.published else None
    return Answer("\n".join(article.text for article in articles), longest.headline, day)


def _trafilatura(**options: Any) -> Method:
    def extract(raw: bytes, url: str) -> Answer:
        import trafilatura

        found = trafilatura.bare_extraction(
            raw, url=url, include_comments=False, with_metadata=True, **options
        )
        return Answer(found.text or "", found.title, found.date) if found else Answer()

    return extract


def _readability(raw: bytes, _url: str) -> Answer:
    from lxml import html
    from readability import Document as Readable

    made = Readable(raw.decode("utf-8", "replace"))
    return Answer("\n".join(html.fromstring(made.summary()).itertext()), made.short_title())


def _newspaper(raw: bytes, url: str) -> Answer:
    import newspaper

    made = newspaper.Article(url, fetch_images=False)
    made.download(input_html=raw.decode("utf-8", "replace"))
    made.parse()
    return Answer(made.text, made.title, str(made.publish_date)[:10] if made.publish_date else None)


def _resiliparse(raw: bytes, _url: str) -> Answer:
    from resiliparse.extract.html2text import extract_plain_text

    return Answer(extract_plain_text(raw.decode("utf-8", "replace"), main_content=True))


def _all_lines(raw: bytes, _url: str) -> Answer:
    return Answer(raw.decode())


def _c4(raw: bytes, _url: str) -> Answer:
    """Lines of five words and more that end in a full stop: the rule of the C4 corpus."""
    lines = [
        line
        for line in raw.decode().split("\n")
        if len(line.split()) >= 5 and line.rstrip()[-1:] in '.!?"”'
    ]
    return Answer("\n".join(lines))
