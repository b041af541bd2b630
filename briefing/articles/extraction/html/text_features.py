"""The openings of blocks in, the kinds of furniture whose words stand in each out, as bits of a
number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

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
OPENING = 200  # characters that are looked at


def cue_bits(openings: Sequence[str]) -> list[int]:
    """Of each opening, in lower case and without line breaks; all are searched at once, in half the
    time.
    """
    found = [0] * len(openings)
    text = "\n".join(openings)
    starts = list(accumulate((len(each) + 1 for each in openings), initial=0))
    for number, words in enumerate(_CUES.values()):
        for word in words:
            at = text.find(word)
            while at >= 0:
                place = bisect_right(starts, at) - 1
                found[place] |= 1 << number
                at = text.find(word, starts[place + 1])
    return found
