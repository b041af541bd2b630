"""A PDF clipping in, one draft out: columns in reading order, hyphens at line ends joined, running
heads dropped.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from briefing.articles.drafts import Draft
from briefing.articles.formats import decoding
from briefing.articles.metadata import credit_lines
from briefing.errors import UnreadableError
from briefing.model import Document

MOST_PAGES = 60


def read_pdf(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    pages = [page for page in _page_lines(content) if page]
    if _is_right_to_left(pages):
        raise UnreadableError(
            "it is a PDF of a script that is written from right to left, and does not tell the "
            "order of its words; save the text as a page or as text"
        )
    if not any(pages):
        raise UnreadableError("it is a PDF without text (a scan?); make one with text recognition")
    furniture = _running_heads(pages)
    lines = [line for page in pages for line in page if _mask_digits(line) not in furniture]
    return [Draft(_reflow_columns(lines), layout="page")]


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_RIGHT_TO_LEFT_SHARE = 0.1  # of the letters: more than a name that is quoted in its own script


def _is_right_to_left(pages: list[list[str]]) -> bool:
    text = "\n".join(line for page in pages for line in page)
    turned, letters = len(_RIGHT_TO_LEFT.findall(text)), len(_LETTER.findall(text))
    return turned > _RIGHT_TO_LEFT_SHARE * letters


def _page_lines(content: bytes) -> list[list[str]]:
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # its warnings about repairs are no news to the user
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableError(
                f"it has {len(reader.pages)} pages and {MOST_PAGES} are the most for "
                "a clipping; split it"
            )
        unseen = _is_made_by(reader, "WeasyPrint")
        return [
            decoding.normalise_newlines(
                page.extract_text(visitor_operand_before=_mark_soft_hyphen if unseen else None)
            ).split("\n")
            for page in reader.pages
        ]
    except FileNotDecryptedError:
        raise UnreadableError("it is a PDF that asks for a password; save it without one") from None
    except DependencyError:
        raise UnreadableError("it is a PDF encrypted in an unknown way; save it again") from None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        ArithmeticError,
        AssertionError,
        NotImplementedError,
    ):
        # pypdf raises all of these on damaged files.
        raise UnreadableError("it is called PDF and is damaged; save it again") from None


def _is_made_by(reader: Any, program: str) -> bool:
    stated = reader.metadata
    return bool(stated) and str(stated.get("/Producer", "")).startswith(program)


def _mark_soft_hyphen(operator: bytes, operands: Any, *_: Any) -> None:
    """Writes the soft hyphen again for which WeasyPrint sets a glyph of no bytes at a line's
    end.
    """
    from pypdf.generic import TextStringObject

    shown: list[Any] = operands[0] if operator == b"TJ" and operands else []
    places = [i for i, each in enumerate(shown) if isinstance(each, bytes | str)]
    if len(places) > 1 and not shown[places[-1]]:
        shown[places[-1]] = TextStringObject("\xad")


def _mask_digits(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _running_heads(pages: list[list[str]]) -> set[str]:
    """Lines at the top or the bottom of several pages, page numbers masked."""
    edges = Counter(
        mask
        for page in pages
        for mask in {_mask_digits(line) for line in [*page[:3], *page[-3:]] if line.strip()}
    )
    return {mask for mask, count in edges.items() if count >= 2 and len(pages) > 1} | {
        "#",
        "page #",
        "- # -",
    }


_DIVIDED = re.compile(r"[^\W\d_][-\u2010\xad]$")


def _is_divided(line: str, following: str) -> bool:
    """Whether a word goes on in the next line, whatever hyphen its half ends on: a soft one says so
    itself, the others may stand before a name ("Anglo-" "Saxon").
    """
    return bool(_DIVIDED.search(line)) and (line[-1] == "\xad" or following[:1].islower())


_END = re.compile(r"[.!?:…][\"'”’)]?$")


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    if len(line) < 0.75 * width and (_END.search(line) or following[:1].isupper()):
        return True
    return len(line) > 3 * width


def _column_width(lines: Sequence[str]) -> int:
    """The length that four of five lines do not exceed."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0


def _reflow_columns(lines: list[str]) -> str:
    """Lines set in columns, as paragraphs: a line runs on unless it is short and closed, or a
    heading.
    """
    bare = [" ".join(line.split()) for line in lines]
    width = _column_width(bare)
    text = ""
    for line, following in zip(bare, [*bare[1:], ""], strict=True):
        if credit_lines.parse_credit_line(line, credit_lines.Clock()) is not None:
            text = text.rstrip() + "\n" + line + "\n"
        elif not line:
            text = text.rstrip("\n") + "\n\n"
        elif _is_divided(line, following):
            text += line[:-1].rstrip("\xad")
        else:
            text += line + ("\n" if _ends_paragraph(line, following, width) else " ")
    return re.sub(r" +\n", "\n", text.replace("\xad", ""))
