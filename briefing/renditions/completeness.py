"""A PDF and the sentences it must hold in; nothing out, or a BriefingError that names what is missing.

Typesetters lose text in silence (footnotes, the tails of long documents), so the printed page is read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from briefing.errors import BriefingError
from briefing.renditions.readback import pdf_pages

# Scripts whose letters a PDF gives back as they were written. Others (Arabic, Devanagari …) come back with letters
# shaped, joined or swapped: there only the letters of these scripts can be compared.
_COMPARED = re.compile("[0-9a-z\u0370-\u03ff\u0400-\u04ff]")


def check(pdf: bytes, sentences: Sequence[str]) -> None:
    """Every sentence stands in the PDF's text, in order: letters and digits compared, spaces and marks not."""
    text = fold("".join(pdf_pages(pdf)))
    if missing := lost(text, sentences):
        raise BriefingError(
            f"edition.pdf: {len(missing)} of {len(sentences)} sentences are not in the printed text, the first is "
            f"{missing[0]!r}; the PDF is not kept, the other formats are complete"
        )


def lost(text: str, sentences: Iterable[str]) -> list[str]:
    """Sentences not found in a folded text after the one before."""
    missing, position = [], 0
    for sentence in sentences:
        wanted = fold(sentence)
        found = text.find(wanted, position)
        if found < 0:
            missing.append(sentence)
        else:
            position = found + len(wanted)
    return missing


def fold(text: str) -> str:
    """Letters and digits in their plainest form: ligatures undone, accents and case dropped."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(_COMPARED.findall(plain))
