"""Find the outlet in a feed's title, which names its sections, its search or its software beside it.

Unknown beats wrong: a feed of one section, of a search or of an alert is nobody's.
"""

from __future__ import annotations

import re

from briefing.articles import urls, word_lists
from briefing.articles.metadata.claimed_outlets import bears_out
from briefing.articles.metadata.outlets import outlet_name

_SEAM = re.compile(r"\s*(?::+\s+|\s+::?\s+|\s[|–—»«›>·•/-]+\s|[|»›]|[：｜])\s*")
_SEARCH = re.compile(  # whoever searches, the entries are of others
    r"(?i)\bgoogle (?:alerts?|news)\b|\b(?:bing ?news|yahoo! news search|talkwalker alerts?"
    r"|search results?)\b"
    r"|\b(?:alerte?|alerta|avviso) (?:de )?google\b|^google[ -]"
)
_BEFORE = re.compile(
    r"(?i)^(?:(?:the )?(?:latest|newest|recent|all|top)\b"
    r"(?: (?:news|stories|articles|headlines|posts|updates))?"
    r" (?:from|of|by|at|on|in)|(?:news|headlines|articles|stories|updates) (?:from|by)"
    r"|(?:rss|atom|xml)(?:[ -]feeds?)? (?:of|for|from|de|du|von|der|des|di|van)"
    r"|(?:die )?(?:neueste[nrs]?|aktuelle[nrs]?|alle) \w+ (?:von|aus|bei|der|des)"
    r"|(?:aktuelles|nachrichten|neues) (?:von|aus|bei)"
    r"|(?:les )?derni(?:ers|ères) \w+ (?:de|du|sur)"
    r"|(?:toute )?l['’]actualité (?:de|du|sur|par|avec)|flux(?: rss)? (?:de|du)"
    r"|(?:las |as )?[úu]ltimas (?:noticias|notícias) (?:de|del|do|da)|noticias de|(?:le )?ultime notizie (?:da|di)"
    r"|(?:het )?laatste nieuws (?:van|uit)|senaste nytt från|siste nytt fra|seneste nyt fra)\s+(?=\S)"
)
_BEHIND = re.compile(
    r"(?i)[\s:(–-]+(?:(?:rss|atom|xml)(?:[ -]?feeds?)?(?: \d(?:\.\d)?)?|(?:news )?feeds?"
    r"|(?:latest|top|breaking) (?:news|stories|headlines)"
    r"|flux rss)\)?$"
)
_ADDRESS = re.compile(r"(?i)^(?:https?://|www\.)|/")
_WORD = re.compile(r"[\w&+]+")


def feed_outlet(title: str | None, address: str | None = None) -> str | None:
    """The outlet that a feed's title names, None where that is not sure; `address` is its site's.

    >>> [feed_outlet(each) for each in ("World news | The Elmsea Echo", "Radio Vestra: news", "News")]
    ['The Elmsea Echo', 'Radio Vestra', None]
    """
    if not title or _SEARCH.search(title):
        return None
    pieces = [name for each in _SEAM.split(title) if (name := _strip_wording(each))]
    host = urls.url_host(address)
    if host and (borne := next((each for each in pieces if _is_host_name(host, each)), None)):
        return borne
    names = [each for each in pieces if not _is_section(each) and not _ADDRESS.search(each)]
    return names[0] if len(names) == 1 else _surest_name(names)


def _surest_name(names: list[str]) -> str | None:
    """Of several pieces, the one that holds a word which outlets are called by; else the first,
    where the others are what it says of itself and no name.
    """
    called = [each for each in names if outlet_name(each)]
    if len(called) == 1:
        return called[0]
    slogans = [each for each in names[1:] if len(each.split()) >= 4 or each[:1].islower()]
    return names[0] if names and len(slogans) == len(names) - 1 else None


def _strip_wording(piece: str) -> str:
    """Without what says that it is a feed, or the latest; nothing of a search in quotation
    marks.
    """
    bare = piece.strip(" \t-–—|:·")
    if bare[:1] in '"“„«' and bare[-1:] in '"”“»':
        return ""
    return _BEHIND.sub("", _BEFORE.sub("", bare)).strip()


def _is_section(piece: str) -> bool:
    sections = word_lists.listed_words("outlets", "feed_sections")
    return all(word.casefold() in sections for word in _WORD.findall(piece))


def _is_host_name(host: str, piece: str) -> bool:
    """Whether a site's address spells the piece: "WELT" of welt.de, and not "News" of
    news.example.
    """
    return not _ADDRESS.search(piece) and bears_out(host, piece)
