"""What the versions of one document gave to what still stands: an edited report is the same report,
told anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.articles.lines import comparison_key
from briefing.model import Article, Fate

# of the sentences of the shorter: an edit keeps most of them, another report under the same name
# none
SHARED = 0.5

Result = tuple[Article, ...] | Fate


def fold_versions(versions: Sequence[Result]) -> tuple[Result, ...]:
    """Each version's result, oldest first as given, without the articles that a later version tells
    anew.

    An earlier article stays when no later version holds it: a page that lists the day's items drops
    the old ones, and a file may be written over with another report. Those left out come as fates
    of their own.
    """
    later: list[Article] = []
    found: list[Result] = []
    for result in reversed(versions):
        if isinstance(result, Fate):
            found.append(result)
            continue
        anew = [next((other for other in later if _is_version(one, other)), None) for one in result]
        found.append(tuple(one for one, other in zip(result, anew, strict=True) if other is None))
        # The very same article is no earlier version of itself.
        found += [
            _version_fate(one, other)
            for one, other in zip(result, anew, strict=True)
            if other and other.id != one.id
        ]
        later += result
    return tuple(reversed(found))


def _version_fate(article: Article, later: Article) -> Fate:
    reason = f"an earlier version of {later.id}"
    return Fate(
        "article", article.id, "folded", reason, article.document, article.outlet, article.headline
    )


def _is_version(one: Article, other: Article) -> bool:
    """Whether two articles that the same document gave at different times are one report."""
    if one.id == other.id or _have_same_address(one, other):
        return True
    mine, others = _sentence_keys(one), _sentence_keys(other)
    if _have_same_headline(one, other):
        return bool(mine & others)
    return len(mine & others) >= max(1, SHARED * min(len(mine), len(others)))


def _have_same_address(one: Article, other: Article) -> bool:
    return bool(one.url) and one.url == other.url and one.kind == other.kind == "article"


def _have_same_headline(one: Article, other: Article) -> bool:
    if not one.headline or not other.headline:
        return False
    return comparison_key(one.headline) == comparison_key(other.headline)


def _sentence_keys(article: Article) -> set[str]:
    return {comparison_key(span.of(article.text)) for span in article.sentences}


def pair_versions(
    before: Sequence[Article], now: Sequence[Article]
) -> tuple[tuple[Article | None, Article | None], ...]:
    """Articles read before beside those read now, in the order of now; None for what is new, at the
    end what is gone.

    The same id first, then the first that is a version.
    """
    left = list(before)
    pairs: list[tuple[Article | None, Article | None]] = []
    for article in now:
        old = next((one for one in left if one.id == article.id), None)
        old = old or next(
            (one for one in left if _is_version(one, article) and one not in now), None
        )
        if old:
            left.remove(old)
        pairs.append((old, article))
    return (*pairs, *((one, None) for one in left))
