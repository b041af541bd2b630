"""The opening of a block in, the kinds of furniture whose words stand in it out, as bits of a number."""

from __future__ import annotations

from functools import lru_cache

_CUES = {
    "letter": ("newsletter", "subscribe", "sign up", "signup", "inbox", "e-mail", "email", "abonnieren", "inscri"),
    "share": ("share", "tweet", "facebook", "linkedin", "whatsapp", "pinterest", "follow us", "instagram", "copy link",
              "teilen"),
    "related": ("related", "read more", "read next", "you may", "you might", "recommended", "more from", "more in",
                "popular", "trending", "also like", "see also", "latest", "keep reading", "up next", "more stories",
                "continue reading", "learn more", "view all", "see all", "weiterlesen", "mehr zum", "à lire",
                "leer más"),
    "comment": ("comment", "reply", "log in", "login", "sign in", "leave a", "logged in", "kommentar"),
    "notice": ("©", "copyright", "all rights", "terms of", "privacy", "cookie", "policy", "disclaimer", "disclosure",
               "affiliate", "commission", "accept"),
    "meta": ("min read", "minutes read", "minute read", "updated", "published", "posted", "last modified",
             "reviewed by", "written by", "edited by", "by ", "views", "categories", "tags", "tagged",
             "filed under", "von ", "por "),
    "bio": (" is a ", " is an ", "author", "writer", "editor", "journalist", "years of experience", "about the",
            " has been "),
    "photo": ("photo", "image", "getty", "credit", "courtesy", "shutterstock", "caption", "source:", "screenshot",
              "via ", "foto"),
    "offer": ("click", "download", "get started", "book a", "schedule", "free trial", "try ", "contact us", "buy",
              "shop", "call us", "learn how", "get a quote", "start ", "demo", "join", "request", "apply now",
              "view deal", "price"),
    "ad": ("advertis", "sponsored", "article continues", "promoted", "anzeige", "publicidad", "publicité"),
    "menu": ("skip to", "menu", "search", "home", "back to", "table of contents", "in this article", "jump to",
             "on this page", "contents", "previous", "next", "close", "toggle", "show more", "load more"),
    "sources": ("references", "sources", "bibliography", "doi:", "et al", "retrieved", "footnote", "isbn"),
    "reader": (" your ", " you ", " we ", " our ", " us "),
}  # fmt: skip
KINDS = tuple(_CUES)
_BITS = tuple((1 << i, words) for i, words in enumerate(_CUES.values()))
OPENING = 200  # characters that are looked at


@lru_cache(maxsize=2048)  # headings are asked for again by what stands below them
def of(opening: str) -> int:
    bits = 0
    for bit, words in _BITS:
        for word in words:  # plain loops: a hundred short searches a block, and twice as fast as any() of a generator
            if word in opening:
                bits |= bit
                break
    return bits
