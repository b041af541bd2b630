"""An element in, the kinds of part of a page that its tag, class, id and role speak of out, as bits
of a number.

The words are those that publishers' systems write into their pages, whatever the language of the
text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORDS = {
    "nav": r"nav|menu|breadcrumb|pagination|pager|toc|table-of-contents|tableofcontents|jump",
    "foot": r"footer|copyright|legal|colophon|disclaimer|disclosure|footnote",
    "side": r"sidebar|side-bar|aside|rail|widget|complementary|sticky|secondary",
    "comment": r"comment|disqus|respond|reply|replies|discussion|feedback|rating|review",
    "related": r"relate|recommend|recirc|trending|popular|read-?more|read-?next|teaser|card|tile|carousel|slider|"
    r"swiper|outbrain|taboola|upnext|more-|-more|latest|similar|suggest|grid|listing|feed",
    "share": r"share|social|sharing|follow|addtoany|sns",
    "sub": r"newsletter|subscri|signup|sign-up|cta|optin|opt-in|popup|pop-up|modal|overlay|banner|paywall|dialog|form|"
    r"download|call-to-action|mailing|promo|callout|alert",
    "consent": r"cookie|consent|gdpr|privacy|onetrust|notice",
    "author": r"author|byline|bio|profile|contributor|about|person|writer|expert",
    "meta": r"meta|date|time|tag|categor|posted|label|kicker|eyebrow|badge|topic|byline|info",
    "caption": r"caption|credit|gallery|image|img|photo|figure|media|video|picture|player|audio",
    "ad": r"(?<![a-z])ads?(?![a-z])|advert|sponsor|dfp|adslot|ad-?unit|ad-?wrap|affiliate|commercial|product|price|buy",
    "body": r"(?:article|entry|post|story|content|body|blog|text)[-_]*(?:body|content|text|copy|area|post)|"
    r"rich[-_]*text|prose|wysiwyg|(?:main|page|single)[-_]*content|markdown|field-name-body",
    "content": r"content|main|article|post|story|entry|text|body|copy|paragraph|section",
    "title": r"title|headline|heading|hero|head|dek|standfirst|summary|lede|lead|intro|excerpt|description|masthead|"
    r"takeaway|key-?point|tldr",
    "folded": r"accordion|faq|collaps|tab|toggle|expand|question|answer|dropdown|tooltip",
    "hidden": r"hidden|sr-only|screen-reader|visually|print-only|noprint|no-print|display-none|d-none|invisible|"
    r"offscreen|assistive",
    "quote": r"quote|testimonial|pull",
    "list": r"list|item|links?(?![a-z])|bullet|row|col",
    "tools": r"skip|search|login|account|topbar|top-bar|toolbar|logo|brand|country|language|region|cart|global",
}
KINDS = tuple(_WORDS)
TAGS = ("article", "main", "nav", "header", "footer", "aside", "figure", "form", "table", "ul", "ol", "button",
        "blockquote", "details", "figcaption", "noscript", "dl", "p", "li", "h", "pre")  # fmt: skip
BITS = {name: 1 << i for i, name in enumerate((*KINDS, *(f"<{tag}>" for tag in TAGS)))}


def _index_literals() -> dict[str, list[tuple[int, str]]]:
    """Plain words by their first letters, each with the bit of its kind: a fifth of the time of a
    pattern for each.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for kind, words in _WORDS.items():
        for word in filter(_PLAIN.fullmatch, _OR.split(words)):
            for spelt in sorted({word.replace("-?", ""), word.replace("-?", "-")}):
                found.setdefault(spelt[:_SIGN], []).append((BITS[kind], spelt))
    return found


def _compile_patterns() -> list[tuple[int, re.Pattern[str]]]:
    """What is no plain word, by kind."""
    others = {
        kind: [each for each in _OR.split(words) if not _PLAIN.fullmatch(each)]
        for kind, words in _WORDS.items()
    }
    return [(BITS[kind], re.compile("|".join(each))) for kind, each in others.items() if each]


_SIGN = 3  # letters by which words are looked up
_OR = re.compile(r"\|(?![^(]*\))")  # between alternatives that stand in no brackets
_PLAIN = re.compile(r"[a-z-]{3,}(?:-\?[a-z-]+)?|[a-z]+-\?[a-z-]{2,}")
_LITERALS, _PATTERNS = _index_literals(), _compile_patterns()
_TAGS = {tag: BITS[f"<{tag}>"] for tag in TAGS} | {f"h{n}": BITS["<h>"] for n in range(1, 7)}
_ROLES = {
    "main": "<main>", "navigation": "<nav>", "complementary": "<aside>", "contentinfo": "<footer>",
    "button": "<button>", "banner": "<header>", "article": "<article>", "heading": "<h>", "list": "<ul>",
    "listitem": "<li>", "dialog": "sub", "alert": "sub", "search": "tools",
}  # fmt: skip
_NAMING = frozenset(["class", "id", "itemprop"])
_TELLING = frozenset(["role", "style", "hidden", "aria-hidden"])
_LONGEST = 2_000  # letters of an attribute that are looked at
_DIGITS = re.compile(r"[0-9]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden")


def element_bits(element: Any) -> int:
    """The bits of one element; the class of a whole body says nothing about its parts."""
    tag = element.tag
    if tag == "body":
        return 0
    bits = _TAGS.get(tag, 0)
    for name, value in element.items():  # all at once, as most elements have one or two
        if name in _NAMING:
            bits |= _name_bits(mask_numbers(value[:_LONGEST]))
        elif name in _TELLING:
            bits |= _attribute_bits(name, value)
    return bits


def _attribute_bits(name: str, value: str) -> int:
    if name == "role":
        return BITS.get(_ROLES.get(value, ""), 0)
    unseen = name == "hidden" or (name == "aria-hidden" and value == "true")
    return BITS["hidden"] if unseen or (name == "style" and _UNSEEN.search(value)) else 0


@lru_cache(maxsize=8192)
def mask_numbers(words: str) -> str:
    """No kind is told by a number, and numbers are many."""
    return _DIGITS.sub("0", words)


@lru_cache(maxsize=8192)
def _name_bits(words: str) -> int:
    bits = 0
    for word in words.split():
        bits |= _word_bits(word)
    return bits


@lru_cache(maxsize=16384)  # sites have many classes, made of few words
def _word_bits(word: str) -> int:
    text = f"{word} {_HUMP.sub('-', word)}".lower() if _HUMP.search(word) else word.lower()
    bits = 0
    for bit, pattern in _PATTERNS:
        if pattern.search(text):
            bits |= bit
    for at in range(len(text) - _SIGN + 1):
        for bit, literal in _LITERALS.get(text[at : at + _SIGN], ()):
            if text.startswith(literal, at):
                bits |= bit
    return bits
