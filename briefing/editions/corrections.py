"""An article in, whether it is no news of its own out: a correction, a clarification."""

from __future__ import annotations

import re

from briefing.model import Article

NOTICE = re.compile(
    r"(corrections?( and "
    r"clarifications?)?|clarifications?|errat(um|a)|berichtigung|korrektur|rectificatif)"
    r"(\s*[:.|–—-]|\s+to\b|\s*$|\s*\n)|(a |an )?(previous|earlier) version of "
    r"(this|the) (article|story|report)\b",
    re.IGNORECASE,
)


def is_notice(article: Article) -> bool:
    """Whether headline or text say at their beginning that they put another report right."""
    return any(NOTICE.match(text.lstrip()) for text in (article.headline or "", article.text[:200]))
