"""Text and the width of a line in, its first line out as WeasyPrint 70 breaks it, but for one fault
of that.

A text that would just fit but for the space at its end (words follow it in an element of their own)
is broken after its first word. The space hangs over the end of a line, as CSS Text 3 (4.1.2) has
it, so such a text fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def hang_trailing_spaces() -> Iterator[None]:
    """While this lasts, WeasyPrint breaks lines so."""
    from weasyprint.layout import inline

    original = inline.split_first_line

    def split(text: str, style: Any, context: Any, width: Any, *rest: Any, **more: Any) -> Any:
        made = original(text, style, context, width, *rest, **more)
        if made[2] is None or text[-1:] != " " or b" " in text.encode()[: made[2]].strip(b" "):
            return made
        fitting = original(text[:-1], style, context, width, *rest, **more)
        return fitting if fitting[2] is None and fitting[3] <= width else made

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = original
