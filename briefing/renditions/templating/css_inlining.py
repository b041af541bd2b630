"""Move the rules of a message's style sheet into its elements, as mail programs need them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from css_inline import CSSInliner

_EMPTY_LINES = re.compile("\n\n+")


def inline_styles(html: str) -> str:
    """The page with its styles in the elements; nothing is fetched. Empty lines, which a template's
    loops leave, go.
    """
    return _EMPTY_LINES.sub("\n", _inliner().inline(html)).strip("\n")


@cache
def _inliner() -> CSSInliner:
    from css_inline import CSSInliner

    return CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=False, minify_css=True, keep_link_tags=False
    )
