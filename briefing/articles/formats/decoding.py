"""Bytes in, text out: by byte order mark, strict UTF-8, declaration, then a detector; what was
encoded twice, once.
"""

from __future__ import annotations

import codecs
import re
from itertools import chain

from briefing.errors import UnreadableError

MOST_BYTES = 5_000_000  # raw: ten times the largest saved news page of the development set (0.5 MB)
SURELY = 2  # traces of a second encoding; one may be quoted by a text about such
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_DECLARED = re.compile(
    rb"""(?i)(?:<meta[^>]{0,200}charset\s*=\s*["']?|<\?xml[^>]{0,100}encoding\s*=\s*["'])([\w.:-]{2,30})"""
)
# UTF-8 that was taken for Windows-1252 and encoded again: "â€™" for an apostrophe. Such pairs stand
# in no text.
_TAKEN = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(0x80, 0xC0)}
_TAKEN |= {chr(n): n for n in range(0x80, 0xA0)}  # or for ISO 8859-1
_LATER = "[" + "".join(_TAKEN) + "]"
_TWICE = re.compile(f"[Â-ß]{_LATER}|[à-ï]{_LATER}{{2}}|[ð-ô]{_LATER}{{3}}")
_SURE = re.compile(f"Ã{_LATER}|â[€\x80]{_LATER}")
# What browsers and mail programs read for a name: the larger set that programs write under it.
_LARGER = {
    "cp1252": "iso-8859-1 iso8859-1 iso_8859-1 latin-1 latin1 l1 us-ascii ascii",
    "cp1254": "iso-8859-9 latin5",
    "cp874": "iso-8859-11 tis-620",
    "gb18030": "gb2312 gbk gb_2312-80 x-gbk euc-cn cp936 windows-936",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j",
    "cp949": "euc-kr euckr ks_c_5601-1987 ksc5601 windows-949",
    "big5hkscs": "big5 big-5 cn-big5 x-x-big5 cp950",
}
_NAMED = {name: larger for larger, names in _LARGER.items() for name in names.split()}
_NEARLY = 200  # characters for one that cannot be read: a text is cut, or one byte of it damaged
_BREAKS = ("\r\n", "\r", "\u2028", "\u2029", "\u0085")  # in this order: a pair is one
_NO_CHARACTERS = "\ufeff\ufffe\uffff\xad"  # a soft hyphen is seen where its line breaks alone
_CONTROL_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
_CONTROLS = re.compile(f"[{re.escape(_CONTROL_BYTES.decode())}{_NO_CHARACTERS}]")


def decode_text(content: bytes, declared: str | None = None) -> str:
    """The text of some bytes: line ends are line feeds, control characters gone. UnreadableError
    for binary data.
    """
    text = _mend_double_encoding(_decode_bytes(content, declared))
    if text.count("\0") > len(text) // 100:
        raise UnreadableError("it holds binary data and not text; save it as text, HTML or PDF")
    return _strip_controls(normalise_newlines(text).replace("\f", "\n"))


def _strip_controls(text: str) -> str:
    """Without control characters; most texts hold none, which their bytes tell in a tenth of the
    time.
    """
    raw = text.encode("utf-8", "surrogatepass")
    held = len(raw) != len(raw.translate(None, _CONTROL_BYTES)) or any(
        mark in text for mark in _NO_CHARACTERS
    )
    return _CONTROLS.sub("", text) if held else text


def normalise_newlines(text: str) -> str:
    for mark in _BREAKS:
        text = text.replace(mark, "\n")
    return text


def check_size(content: bytes) -> bytes:
    """The same bytes, or UnreadableError when there are too many."""
    if len(content) > MOST_BYTES:
        raise UnreadableError(
            f"it has {len(content) / 1e6:.1f} MB and {MOST_BYTES / 1e6:.0f} MB are "
            "the most; split it"
        )
    return content


def _decode_strictly(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (ValueError, LookupError):
        return None  # not its bytes, no name of an encoding, or a name that holds a null


def _decode_bytes(content: bytes, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    # Strict UTF-8 first: a text of another encoding is almost never valid UTF-8, while declarations
    # are often wrong.
    names = [name for name in ("utf-8", declared, _declared_encoding(content)) if name]
    larger = [_NAMED.get(name.strip().lower(), name) for name in names]
    for name in chain.from_iterable(zip(larger, names, strict=True)):
        if (text := _decode_strictly(content, name)) is not None:
            return text
    nearly = (_decode_nearly(content, name) for name in larger)
    return next((text for text in nearly if text), None) or _decode_by_guess(content)


def _decode_nearly(content: bytes, name: str) -> str | None:
    """The text in an encoding of several bytes a character, where few of its characters fail; most
    of them would in another.
    """
    try:
        text = content.decode(name, "replace")
    except (ValueError, LookupError):
        return None
    foreign = sum(letter > "\x7f" for letter in text)
    return text if 0 < text.count("\ufffd") * _NEARLY <= foreign else None


def _mend_double_encoding(text: str) -> str:
    """The same text without the traces of a second encoding, where it has several."""
    if ("Ã" not in text and "â" not in text) or len(_SURE.findall(text)) < SURELY:
        return text
    return _TWICE.sub(_mend_match, text)


def _mend_match(match: re.Match[str]) -> str:
    try:
        return bytes([ord(match[0][0]), *(_TAKEN[letter] for letter in match[0][1:])]).decode()
    except ValueError:
        return match[0]


def _declared_encoding(content: bytes) -> str | None:
    match = _DECLARED.search(content[:4096])
    return match[1].decode("ascii", "replace") if match else None


def _decode_by_guess(content: bytes) -> str:
    import cchardet

    guess = cchardet.detect(content[:200_000]).get("encoding")
    # Windows-1252 holds ISO 8859-1 whole and is what browsers read for it.
    name = _NAMED.get(guess.lower(), guess) if guess else "cp1252"
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):
        return content.decode("cp1252", "replace")
