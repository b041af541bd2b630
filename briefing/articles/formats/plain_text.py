"""Plain text in, one draft out: a page flattened to text, or a clean article."""

from __future__ import annotations

import re
from itertools import pairwise

from briefing.articles.drafts import Draft
from briefing.articles.formats import decoding
from briefing.articles.metadata import json_ld
from briefing.articles.segmentation.exports import split_export
from briefing.model import Document


def read_plain_text(content: bytes, document: Document) -> list[Draft]:
    declared = re.search(r"charset=[\"']?([\w.:-]+)", document.media_type or "")
    text = json_ld.unescape_references(
        decoding.decode_text(content, declared[1] if declared else None)
    )
    return split_export(unwrap_text(text)) or [Draft(unwrap_text(join_initials(text)))]


_INITIAL = re.compile(r"(?m)^([\"“'‘„«]?)([A-ZÄÖÜÉ])( |[ \t]*\n+[ \t]*)([a-zäöüßéèàçñ][\w'’-]*)")
_ALONE = re.compile(
    r"\n[\"“'‘„«]?[A-ZÄÖÜÉ][ \t]*[ \n]"
)  # one at the start of a line; few texts have any
_WORDS = frozenset("AIOY")  # letters that are words
# Words that such a letter begins; on one line ("T he", but "T cells") any letter must begin one of
# them.
_BEGUN = frozenset(
    """after all along already also although amid among an and any another are army around as at authorities if in
    indeed inside instead is it it's it’s its on once one only or other our out outside over you your yet the this
    that they there these those then two three to today he his her how when what while who with was we will why
    but by before between both most more many my no not new nearly now police people for from four five few she
    some since several so six seven under until last like less just der die das den ein eine im es nach mit auf
    bei wer le la les un une des dans en sur el los las una para por""".split()  # noqa: SIM905  reads as a list
)


def join_initials(text: str) -> str:
    """Text with its initials, which pages set apart in large letters ("T", then "he harbour"), at
    their words again.
    """
    return _INITIAL.sub(_join_initial, text) if _ALONE.search("\n" + text) else text


def _join_initial(match: re.Match[str]) -> str:
    quote, letter, space, rest = match.groups()
    known = f"{letter}{rest}".lower() in _BEGUN
    if known or ("\n" in space and letter not in _WORDS):
        return f"{quote}{letter}{rest}"
    return f"{quote}{letter} {rest}"


def unwrap_text(text: str) -> str:
    """Text that was broken at a fixed width, each paragraph on one line again; other text as it is,
    offsets kept.
    """
    lines = text.split("\n")
    full = [len(line) for line in lines if len(line.strip()) > 40]
    if len(full) < 6:
        return _unwrap_short(lines, max(map(len, lines)))
    if max(full) > 100:
        return text
    width = sorted(full)[-len(full) // 10 - 1]
    near = sum(length >= width - 15 for length in full)
    open_ended = sum(
        a.strip() != "" and b.strip() != "" and b.strip()[:1].islower() for a, b in pairwise(lines)
    )
    if near < 0.5 * len(full) or open_ended < 0.2 * len(full):
        return text
    return _reflow_lines(lines, width)


def _unwrap_short(lines: list[str], width: int) -> str:
    """A text of a few lines: broken where one goes on in small letters that had no room above."""
    goes_on = any(
        len(above) > 40 and len(below.split(" ", 1)[0]) >= width - len(above)
        for above, below in pairwise(lines)
        if below[:1].islower() and above.rstrip()[-1:] not in ".!?:"
    )
    return _reflow_lines(lines, width) if goes_on and 40 < width <= 100 else "\n".join(lines)


def join_flowed(text: str, *, delete: bool = False) -> str:
    """Text of format=flowed (RFC 3676): a space at a line's end says that the paragraph goes on.

    With `delete` (delsp=yes) that space is no part of the text.
    """
    joined, open_ended = "", False
    for raw in text.split("\n"):
        line = raw.removeprefix(" ")
        joined += line if open_ended else "\n" + line
        open_ended = line.endswith(" ") and line != "-- "
        if open_ended and delete:
            joined = joined[:-1]
    return joined[1:]


def _reflow_lines(lines: list[str], width: int) -> str:
    joined = lines[0]
    for above, line in pairwise(lines):
        # A line goes on when the next word would not have fitted on it.
        room = width - len(above)
        word = line.split(" ", 1)[0]
        flows = (
            above.strip()
            and line.strip()
            and len(word) >= room
            and not line[:1].isspace()
            and len(above) > 40
        )
        joined += (" " if flows else "\n") + line
    return joined
