"""Articles in, the same without copies out: a reprint is folded into the earliest and never counts as a second source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefing.model import Article, Fate


@dataclass(frozen=True)
class Folding:
    """Articles that stand for themselves (each with its copies), in the order given; what became of the others."""

    articles: tuple[Article, ...]
    fates: tuple[Fate, ...]


def fold(articles: Iterable[Article]) -> Folding:
    seen: dict[str, list[Article]] = {}
    for article in articles:
        seen.setdefault(" ".join(re.findall(r"\w+", article.text.casefold())), []).append(article)
    kept, fates = [], []
    for first, *rest in seen.values():
        kept.append(replace(first, copies=tuple(rest)))
        fates += [Fate("article", each.id, "folded", f"the same text as {first.id}", each.document, each.outlet, each.headline) for each in rest]
    return Folding(tuple(kept), tuple(fates))
