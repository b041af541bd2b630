"""A parsed page in, the text of its article out: trafilatura, strict first and lenient where strict lost much."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

KEPT = 0.6  # of the lenient run's length; below it the strict run has lost text (chosen before any score was seen)
ENOUGH = KEPT  # of the text of all paragraphs, items and cells, which the lenient run hardly ever exceeds


def body(tree: Any) -> str:
    """Paragraphs, one a line; empty when the page has no text."""
    tree = _lightened(tree)
    strict = _extract(tree, precision=True)
    # The lenient run costs as much again: it is left out where all paragraphs together hold little more than was kept.
    if len(strict) >= ENOUGH * sum(len(each.text_content()) for each in tree.iter("p", "li", "td")):
        return strict
    lenient = _extract(tree, precision=False)
    return strict if len(strict) >= KEPT * len(lenient) else lenient


_STANDFIRST = re.compile(r"(?i)(?:^|[\s_-])(?:standfirst|deck?|strapline|kicker|eyebrow)(?:$|[\s_-])")


_NO_TEXT = "//script|//style|//svg|//noscript[not(.//p)]|//template|//iframe|//link|//comment()"


def _lightened(tree: Any) -> Any:
    """A copy without what holds no text, and without the lines set apart above a text that say its lede twice."""
    copy = deepcopy(tree)
    for element in copy.xpath(_NO_TEXT):
        if element.getparent() is not None:
            element.drop_tree()
    for element in copy.xpath("//*[self::p or self::h2 or self::h3 or self::div or self::span][@class]"):
        if (
            _STANDFIRST.search(element.get("class"))
            and len(element.text_content()) < 400
            and element.getparent() is not None
        ):
            element.drop_tree()
    return copy


def _extract(tree: Any, *, precision: bool) -> str:
    import trafilatura  # noqa: PLC0415  heavy: 0.3 s of import

    # deduplicate=True would make a page depend on the pages read before it.
    found = trafilatura.extract(
        deepcopy(tree),
        favor_precision=precision,
        include_comments=False,
        deduplicate=False,
        with_metadata=False,
        include_tables=True,
    )
    return found or ""
