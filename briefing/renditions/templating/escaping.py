"""Untrusted text in, the same text out in a form that no format takes for an instruction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote, urlsplit, urlunsplit

# Kept: joiners (Persian, Indic scripts and emoji need them). Left out: all that reorders or hides
# text on a page.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_NO_BREAK = re.compile(
    r"(?<=\S)[\u00a0\u202f](?=[:;?!»%])|(?<=«)[\u00a0\u202f](?=\S)|(?<=\d)[\u00a0\u202f](?=\d)"
)

_BACKSLASH = re.compile(r"([\\`*_\[\]{}#])")
_ENTITY = re.compile(r"&(?=#?\w)")
# Other readers' extensions (strike-through, tables, superscript, highlight, comment, mathematics,
# wiki, :smile:) have no backslash escape in python-markdown; a character reference is text to every
# one of them.
_EXTENSION = re.compile(r"[~|^$]|==|%%|\+\+|::|:(?=[A-Za-z+_-][\w+-]*:)")
_AUTOLINK = re.compile(
    r"(?i)(?<=[a-z])(:)(?=//)|(?<=\w)(@)(?=\w)|(?<=www)(\.)|(?<=mailto)(:)|(?<=xmpp)(:)"
)
_OPENING = re.compile(r"^([>+\-!=:%]|\d+(?=[.)](?:\s|$)))")

# The blocks that Unicode keeps for scripts written from right to left.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TURNED = frozenset({"R", "AL"})  # classes of letters written from right to left

_SAFE_PATH = "/:@!$&'*+,;=~-._%"
_SCHEMES = ("http", "https", "mailto")
_HOST = re.compile(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")
# at either end of a long sentence: enough to find it, short enough for 200 links in a message
FRAGMENT_WORDS = 5


def visible_text(text: str) -> str:
    """What a reader sees of a text: white space made single, control, bidi and zero-width
    characters left out.
    """
    if (
        not text.isprintable()
    ):  # what is printable holds no white space but spaces, and nothing that nobody sees
        text = _INVISIBLE.sub("", _CONTROL.sub("", text))
    elif "  " not in text and text[:1] != " " != text[-1:]:
        # most text: a third of the time of a message was spent on cutting it and joining it again
        return text
    return " ".join(text.split())


def escape_text(text: str) -> str:
    """As `visible_text`, with the no-break spaces of the program's own words, where French
    typesetters put them.

    All become U+00A0: the narrow one is missing in many fonts, ours among them.
    """
    if not text.isprintable():
        return "\u00a0".join(map(visible_text, _NO_BREAK.split(text)))
    return text if "  " not in text and text[:1] != " " != text[-1:] else " ".join(text.split())


def text_direction(text: str) -> str:
    """The way a text runs, by its first letter (UAX 9, rule P2): `rtl`, `ltr`, or empty where it
    has none.
    """
    kinds = map(unicodedata.bidirectional, visible_text(text))
    return next(
        ("rtl" if kind in _TURNED else "ltr" for kind in kinds if kind in _TURNED or kind == "L"),
        "",
    )


def has_opposite_direction(text: str, around: str) -> bool:
    """Whether a text, among words that run `around`, must be kept apart to stay in order."""
    if around == "ltr":
        return not text.isascii() and bool(_RIGHT_TO_LEFT.search(text))
    return any(unicodedata.bidirectional(character) == "L" for character in visible_text(text))


def escape_markdown(text: str) -> str:
    """Text that every Markdown reader prints as it is, at the start of a line or inside one."""
    text = _ENTITY.sub("&amp;", escape_text(text))
    text = _BACKSLASH.sub(r"\\\1", text)
    text = text.replace("<", "&lt;")
    text = _EXTENSION.sub(lambda found: "".join(map(_character_reference, found[0])), text)
    text = _AUTOLINK.sub(lambda found: _character_reference(found[0]), text)
    return _OPENING.sub(_escape_opening, text)


def _character_reference(character: str) -> str:
    return f"&#{ord(character)};"


def _escape_opening(found: re.Match[str]) -> str:
    mark = found[0]
    return (
        _character_reference(mark)
        if not mark.isdigit()
        else _character_reference(mark[0]) + mark[1:]
    )


def escape_header(text: str, *, limit: int = 60) -> str:
    """One line fit for a mail header: no control characters, cut at a word with an ellipsis."""
    line = unicodedata.normalize("NFC", visible_text(text))
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut[:-1]).rstrip(" ,;:-–—") + "…"


def safe_url(url: str | None) -> str | None:
    """An http, https or mailto address in plain ASCII, or None: any other scheme, a bad host, a
    login in it.
    """
    if not url or re.search(r"[\s\x00-\x1f\x7f]", url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme == "mailto":
        return (
            "mailto:" + quote(parts.path, safe="@.+-_")
            if re.match(r"^[^@\s]+@[^@\s]+$", parts.path)
            else None
        )
    if parts.scheme not in _SCHEMES or parts.username is not None or not _HOST.match(host):
        return None
    path, query = quote(parts.path, safe=_SAFE_PATH), quote(parts.query, safe=_SAFE_PATH + "?")
    return urlunsplit(
        (
            parts.scheme,
            host + port,
            path or "/",
            query,
            quote(parts.fragment, safe=_SAFE_PATH + "?"),
        )
    )


def text_fragment_url(url: str | None, sentences: Sequence[str]) -> str | None:
    """The address of a page with the sentences marked on it (URL text fragments); None where there
    is no address.
    """
    checked = safe_url(url)
    if checked is None or checked.startswith("mailto:"):
        return checked
    directives = "&".join(
        f"text={_text_directive(visible_text(sentence))}" for sentence in sentences
    )
    return f"{checked}{'' if '#' in checked else '#'}:~:{directives}" if directives else checked


def _text_directive(sentence: str) -> str:
    words = sentence.split()
    if len(words) <= 2 * FRAGMENT_WORDS:
        return _encode_term(words)
    return f"{_encode_term(words[:FRAGMENT_WORDS])},{_encode_term(words[-FRAGMENT_WORDS:])}"


def _encode_term(words: Sequence[str]) -> str:
    """Percent-encoded; the dash, comma and ampersand have a meaning of their own in a text
    directive.
    """
    return quote(" ".join(words), safe="").replace("-", "%2D")
