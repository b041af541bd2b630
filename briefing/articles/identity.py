"""An article's content in, its id out: the same for the same report, wherever and whenever it is
read.
"""

from __future__ import annotations

import hashlib


def article_id(text: str, headline: str | None, outlet: str | None) -> str:
    """16 hexadecimal digits of text, headline and outlet; file names, order and time of reading
    play no part.
    """
    whole = "\x1f".join((text, headline or "", outlet or ""))
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]
