"""A storyline's first article in, its lasting id out: a readable slug and a short hash."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

from briefing.model import Article

SLUG_WORDS = 5
SLUG_LENGTH = 48
HASH_LENGTH = 6
SMALL = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
    }
    | {"over", "the", "to", "was", "were", "with"}
)


def storyline_id(first: Article) -> str:
    """`dockers-walk-out-halden-port-3fa9c1`: words of the headline in ASCII, hash of the article's
    id.
    """
    digest = hashlib.sha256(first.id.encode()).hexdigest()[:HASH_LENGTH]
    return f"{_slug(first.headline or first.text[:200])}-{digest}"


def _slug(text: str) -> str:
    """The first few words that carry meaning, lower case, joined by hyphens; "storyline" where none
    can be written.
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", anyascii(text)).lower())
    telling = [word for word in words if word not in SMALL][:SLUG_WORDS]
    return "-".join(telling)[:SLUG_LENGTH].rstrip("-") or "storyline"
