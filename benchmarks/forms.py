"""Count what comes of the forms that desks get, on invented news: a table by kind out.

python -m benchmarks forms
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from briefing.articles import extract_articles
from briefing.errors import UnreadableError
from briefing.model import Article, Document

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

Wanted = tuple[str | None, str | None]  # outlet and day
HEAD = "kind | documents | articles expected | found | outlet right | wrong | unknown | date right | wrong | unknown | lost"


@dataclass
class Row:
    """The counts of one kind; of an article that is not expected nothing is right."""

    documents: int = 0
    expected: int = 0
    found: int = 0
    outlets: list[int] = field(default_factory=lambda: [0, 0, 0])  # right, wrong, unknown
    days: list[int] = field(default_factory=lambda: [0, 0, 0])
    lost: int = 0  # documents of which neither an article nor a reason came

    def add(self, name: str, content: bytes, wanted: list[Wanted]) -> None:
        self.documents += 1
        self.expected += len(wanted)
        articles = _read(name, content)
        self.found += len(articles)
        self.lost += len(articles) < len(wanted) and not any(each.remarks for each in articles)
        for article, (outlet, day) in zip(articles, wanted, strict=False):
            own = article.published.day.isoformat() if article.published else None
            self.outlets[_place(article.outlet, outlet)] += 1
            self.days[_place(own, day)] += 1


def _read(name: str, content: bytes) -> tuple[Article, ...]:
    try:
        return extract_articles(Document(name, content), analysed=False)
    except UnreadableError:
        return ()


def _place(found: str | None, wanted: str | None) -> int:
    """0 for what is right, 1 for what is wrong, 2 for an unknown that could be known."""
    return 0 if found == wanted else 2 if found is None else 1


def _forwards() -> Iterator[tuple[str, bytes, list[Wanted]]]:
    import test_articles_mail as mail

    for program in mail.HEADERS:
        for mark in ("", "> "):
            wanted = [("The Gullhaven Gazette", "2026-10-07")]
            yield "x.eml", mail.forwarded(program, mark).as_bytes(), wanted


def _exports() -> Iterator[tuple[str, bytes, list[Wanted]]]:
    import test_articles_exports as exports

    for lines in exports.EXPORTS.values():
        for name, make in exports.FORMS.items():
            yield name, make(lines), [(outlet, day) for _, outlet, _, day in exports.WANTED]


def _tables() -> Iterator[tuple[str, bytes, list[Wanted]]]:
    import test_articles_tables as tables

    for table in tables.TABLES.values():
        yield "x.csv", table.encode(), [(tables.OUTLET, "2026-10-07")]
    for kind, record in tables.RECORDS.items():
        outlet = tables.OUTLET if kind == "NewsAPI" else None
        yield "x.json", json.dumps(record).encode(), [(outlet, "2026-10-07")]


KINDS = {"forwarded mail": _forwards, "exports of databases": _exports, "tables, JSON": _tables}


def main(arguments: list[str]) -> int:  # noqa: ARG001  every benchmark takes its arguments
    print(HEAD)
    for kind, samples in KINDS.items():
        row = Row()
        for name, content, wanted in samples():
            row.add(name, content, wanted)
        counts = (row.documents, row.expected, row.found, *row.outlets, *row.days, row.lost)
        print(" | ".join([kind, *map(str, counts)]))
    return 0
