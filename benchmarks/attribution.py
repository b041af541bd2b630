"""Who wrote a page and whose it is: annotated pages in, a table of right, wrong and unknown names
out.

python -m benchmarks attribution [--corpora FOLDER] [--every N]

Authors are held against the annotation; outlets against the publisher that a page's JSON-LD names,
which is hidden from the reader. Names that differ by a title, a second author or a legal form are
counted apart.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.pages import CORPORA, annotated, fold
from briefing.articles.drafts import Facts
from briefing.articles.formats import decoding, html
from briefing.articles.metadata import json_ld

KINDS = ("right", "nearly", "wrong", "unknown")
_HIDDEN = re.compile(r"(?is)<script[^>]*ld\+json[^>]*>.*?</script>")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks attribution", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--every", type=int, default=1, help="read each Nth page only")
    given = parser.parse_args(argv)
    if not given.corpora.is_dir():
        print(
            f"{given.corpora}: the annotated pages are not on this machine; name "
            "their folder with --corpora"
        )
        return 1
    authors, outlets, known = Counter[str](), Counter[str](), Counter[str]()
    for truth, raw in annotated(given.corpora, given.every):
        markup = decoding.decode_text(raw, None)
        facts = _facts(markup, truth.get("url"))
        known["named" if facts.outlet else "unknown"] += 1
        if truth.get("author"):
            authors[compared(truth["author"], facts.byline)] += 1
        if publisher := _publisher(markup):
            outlets[
                compared(publisher, _facts(_HIDDEN.sub("", markup), truth.get("url")).outlet)
            ] += 1
    print(f"{'':38}{'pages':>6}" + "".join(f"{kind:>9}" for kind in KINDS))
    print(_row("authors, against the annotation", authors))
    print(_row("outlets, against the hidden JSON-LD", outlets))
    print(f"pages whose outlet is found: {known['named']} of {known.total()}")
    return 0


def _facts(markup: str, url: str | None) -> Any:
    drafts = html.draft_page(markup, url)
    return drafts[0].facts if drafts else Facts()


def _publisher(markup: str) -> str | None:
    scripts = [
        found
        for each in html.parse_html(markup).xpath('//script[contains(@type, "ld+json")]')
        if (found := each.text)
    ]
    item = json_ld.find_article(json_ld.parse_objects(scripts))
    return json_ld.article_facts(item).outlet if item else None


def compared(truth: str, found: str | None) -> str:
    """One of `KINDS`: "nearly" where the words of one name are all words of the other."""
    one, other = fold(truth).split(), fold(found).split()
    if not other:
        return "unknown"
    run = "".join(one), "".join(other)
    alike = set(one) <= set(other) or set(other) <= set(one) or run[0] in run[1] or run[1] in run[0]
    return "right" if one == other else "nearly" if alike else "wrong"


def _row(name: str, counts: Counter[str]) -> str:
    return f"{name:38}{counts.total():6}" + "".join(f"{counts[kind]:9}" for kind in KINDS)
