"""a sentence > the span of it without dateline: "HALDEN, March 3 (Wire) - " is cut off, by place,
not by editing.
"""

from __future__ import annotations

import re

from briefing.model import Span

DASH = r"(?:--+|—|–|-)"
AGENCY = r"\((?:[A-Z][\w.&/’'-]*(?: [A-Z&][\w.&/’'-]*){0,3}|dpa|epa|sda)\)"
DATELINES = re.compile(
    rf"\(?CNN\)?\s*{DASH}*\s*"
    # HALDEN, March 3 (Marrow Wire) - ; HALDEN -
    rf"|[^\W\d_a-zß-öø-ÿ][A-ZÀ-Þ .'’/-]{{1,40}}(?:,? "
    rf"[^()—–\n“\"]{{1,40}}?)?\s*(?:{AGENCY}\s*)?{DASH}\s+(?=[^a-z\s])"
    # Halden, Vestmark (Marrow Wire) - ; Halden (CNN)
    rf"|[A-ZÀ-Þ][\w .,'’-]{{2,40}}\((?:CNN|Reuters|AP|AFP|UPI|dpa|BBC)\)\s*{DASH}?\s*"
    rf"|[A-ZÀ-Þ][^()“\"\n]{{1,60}}?{AGENCY}\s*{DASH}\s*(?=[^a-z\s])|{AGENCY}\s*(?:{DASH}\s*)?"
    rf"|[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{{2,30}}(?:, [\w. ]{{1,25}})?\s*{AGENCY}\s*:?\s*(?=[A-Z“\"])"
)
LEFT = 25  # characters of a sentence that must be left


def strip_dateline(text: str, span: Span) -> Span:
    """The span from where the sentence itself begins; the same span when there is no dateline."""
    start = span.start
    while match := DATELINES.match(text, start, span.stop):
        if match.end() == start or span.stop - match.end() < LEFT:
            break
        start = match.end()
    return Span(start, span.stop)
