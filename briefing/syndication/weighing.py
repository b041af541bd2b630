"""A feed's bytes to how they should be parsed: here, in a process of its own that can be stopped,
or not at all.
"""

from __future__ import annotations

from typing import Literal
from xml.parsers import expat

# bytes; ill-formed text of this size costs feedparser at most 0.5 s however it is nested
SMALL = 200_000
MANY = 60_000  # elements; 500 entries of 40 elements are 20,000
DEEP = 200  # levels; real feeds have under 20, with XHTML content under 60


Weight = Literal["light", "heavy", "deep"]


class _TooMuchError(Exception):
    """More elements or levels than an honest feed has."""


def classify_weight(content: bytes) -> Weight:
    """Light where parsing `content` is known to be quick: it is well-formed and ordinary, or small.

    Deep where it has more levels than any feed: to be refused, whatever time the machine of the day
    would need.
    """
    depth = count = 0

    def opened(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEEP or count > MANY:
            raise _TooMuchError

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    scanner = expat.ParserCreate()
    scanner.StartElementHandler = opened
    scanner.EndElementHandler = closed
    scanner.DefaultHandler = lambda _data: None  # with this one set, entities are not expanded
    try:
        scanner.Parse(content, True)  # noqa: FBT003 - expat's own signature
    except _TooMuchError:
        return "deep" if depth > DEEP else "heavy"
    except (expat.ExpatError, ValueError, LookupError):
        return "light" if len(content) <= SMALL else "heavy"
    return "light"
