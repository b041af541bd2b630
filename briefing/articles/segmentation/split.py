"""The lines of a page in, its parts out: one report each (posts of a live blog, items of a
newsletter).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from briefing.articles.dates import grammar
from briefing.articles.drafts import Facts
from briefing.articles.lines import Line, comparison_key
from briefing.articles.metadata import credit_lines, outlets
from briefing.articles.metadata.credit_lines import Clock
from briefing.articles.segmentation import live_blog_text
from briefing.articles.segmentation.segment import Part, is_heading, is_own_prose
from briefing.model import Moment

_RULE = re.compile(r"^(?:[=_*~#•—–-]\s?){5,}$")
_NUMBERED = re.compile(
    r"^(?:\d{1,2}[.)]|\d (?:[a-z]+ ){1,2}[a-z]+:|#\d{1,2}|\[\d{1,2}(?:/\d{1,2})?\]|[•*●▪])\s+(?=\S)"
)
# Behind headings of digests: "(3 minute read)", and the mark of an advertisement among them.
_TIMED = re.compile(
    r"(?i)\s*\((?:\d{1,3}[ -]?min(?:ute[ns]?|utos?|uti|\.)?(?: (?:read|lesezeit|de lecture|de lectura"
    r"|di lettura))?|sponsor(?:ed)?|ad|anzeige|werbung|publicité|publicidad)\)\W*$"
)
_RELATED = re.compile(
    r"(?i)^(?:related|recommended|more|similar|other|mehr|weitere|à lire|you may)\b[^.]{0,40}$"
)
_LINK = re.compile(r"https?://\S+")
_LIST = re.compile(
    r"(?i)^(?:the |our "
    r")?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:[\w-]+ "
    r"){0,2}(?:things|ways"
    r"|reasons|takeaways|questions|facts|lessons|tips|charts|points|moments|keys|dinge|fragen|choses|raisons|claves|cosas)\b"
)
_FOOT = re.compile(
    r"(?i)unsubscribe|preferences|abbestell|désabonn|darse de baja|privacy|you(?:'re| "
    r"are) receiving|browser"
)
_VIA = re.compile(r"(?i)^(?:via|from|source:|by)\s+")
LISTED = 4  # lines in which a list says what it lists
GREETING = 3  # words; "Good morning" is no heading of an item
FEWEST = 3  # headings with links that make a newsletter's items
OUTLETS = 2  # that an aggregator's items are of, at least
AGE_WORDS = 9  # of a line that tells the age of an item
TEASER_WORDS = 60  # a related item with less text is a teaser of an article, not an article


def split_page(lines: Sequence[Line], clock: Clock, *, newsletter: bool = False) -> list[Part]:
    """The parts of a page in the order they stand; one part when nothing shows that there are
    several.
    """
    divided = live_blog_text.split_stamped_lines(lines)
    ways: list[Callable[[], list[Part]]] = [
        partial(live_blog_text.split_marked_posts, divided),
        partial(_split_records, lines, clock=clock),
        partial(live_blog_text.split_aged_posts, divided),
    ]
    if newsletter or _has_rules(lines):
        ways.insert(0 if newsletter else len(ways), partial(_split_sections, lines))
    for way in ways:
        parts = way()
        if len(parts) > 1 or (parts and parts[0].kind == "item"):
            return parts
    return [Part(tuple(lines))]


# Related blocks and aggregators: outlet, age, headline, text.


@dataclass(frozen=True, slots=True)
class _Record:
    start: int
    text: int  # where the text begins
    facts: Facts
    doubled: bool
    dated: bool = False  # by a day and not by an age: as the head of any article is


def _split_records(lines: Sequence[Line], clock: Clock) -> list[Part]:
    found = _find_records(lines, clock)
    if not found or (len(found) == 1 and not _is_sure(lines, found[0])):
        return []
    main = Part(tuple(lines[: found[0].start]))
    ends = [record.start for record in found[1:]] + [_last_record_end(lines, found)]
    own = main.words >= 40
    items = [
        _record_part(lines, record, end, own=own) for record, end in zip(found, ends, strict=True)
    ]
    least = TEASER_WORDS if own else 25
    return ([main] if own else []) + [item for item in items if item.words >= least]


def page_date(lines: Sequence[Line], clock: Clock, *, above: bool) -> Moment | None:
    """What "2 hours ago" counts from: the day a page was saved, or the date of a page that is
    nothing but items.

    The date of an article above them says nothing: the page was saved at any time after it.
    """
    said = [
        stated for line in lines[:12] if line.words <= 12
        for stated in grammar.find_dates(line.text, zone=clock.zone, country=clock.country) if stated.moment
    ]  # fmt: skip
    captured = [stated.moment for stated in said if stated.role == "captured"]
    return captured[0] if captured else said[0].moment if said and not above else None


def _find_records(lines: Sequence[Line], clock: Clock) -> list[_Record]:
    """The items of a page; those with a date alone count where several outlets have them."""
    starts = [i for i in range(len(lines)) if _match_record(lines, i, clock)]
    above = bool(starts) and Part(tuple(lines[: starts[0]])).words >= 40
    clock = replace(clock, now=clock.now or page_date(lines, clock, above=above))
    found = [record for i in starts if (record := _match_record(lines, i, clock))]
    dated = [record for record in found if record.dated]
    if len(dated) >= FEWEST and len({record.facts.outlet for record in dated}) >= OUTLETS:
        return found
    return [record for record in found if not record.dated]


def _is_sure(lines: Sequence[Line], record: _Record) -> bool:
    return record.doubled or _is_under_heading(lines, record.start)


def _match_record(lines: Sequence[Line], i: int, clock: Clock) -> _Record | None:
    """The item whose outlet or age stands in line `i`, or None where none begins there."""
    line = lines[i]
    if line.words > AGE_WORDS or line.ended:
        return None
    alone, aged = grammar.is_date_line(line.text), grammar.is_age(line.text)
    if not (alone or aged or grammar.find_dates(line.text)):
        return None
    said = credit_lines.parse_credit_line(line.text, clock) or Facts()
    if not (alone or aged or _is_outlet_and_date(said)):
        return None
    if alone and not _is_outlet_line(lines, i, aged=aged):
        return None
    outlet = _item_outlet(lines, i, said, alone=alone)
    text = i + 1
    doubled = text < len(lines) and comparison_key(lines[text].text) == comparison_key(outlet)
    placed = _item_headline(lines, i, text + doubled, alone=alone)
    if placed is None:
        return None
    headline, start, text = placed
    facts = Facts.of("item head", outlet=outlet, headline=headline) | Facts.of(
        said.found.get("published", "text"), published=said.published, updated=said.updated
    )
    return _Record(start, text, facts, doubled, dated=not (alone or aged))


def _is_outlet_line(lines: Sequence[Line], i: int, *, aged: bool) -> bool:
    """Whether the line above a date that stands alone names an outlet."""
    above = lines[i - 1] if i else None
    if above is None or above.words > 5 or above.ended:
        return False
    return aged or bool(outlets.outlet_name(above.text))


def _item_outlet(lines: Sequence[Line], i: int, said: Facts, *, alone: bool) -> str:
    if alone:
        return lines[i - 1].text.strip(" -–|·")
    return said.outlet or _VIA.sub("", re.split(r"\s*[|·•–—-]\s*|,\s", lines[i].text)[0])


def _is_outlet_and_date(said: Facts) -> bool:
    return bool(said.outlet and said.published and not said.byline)


def _item_headline(
    lines: Sequence[Line], i: int, text: int, *, alone: bool
) -> tuple[str, int, int] | None:
    """The headline of an item, the line that the item starts at, and the line its text starts at.

    It stands below the outlet and the date, or above them.
    """
    start = i - 1 if alone else i
    below = lines[text : text + 2]
    if len(below) == 2 and _is_short_title(below[0]) and below[1].words >= 8:
        return below[0].text, start, text + 1
    if start and is_heading(lines[start - 1]) and below and below[0].words >= 8:
        return lines[start - 1].text, start - 1, text
    return None


def _is_short_title(line: Line) -> bool:
    return line.title_like and not _is_long(line)


def _is_long(line: Line) -> bool:
    return line.words > 25 or (line.ended and line.text.endswith("."))


def _is_under_heading(lines: Sequence[Line], start: int) -> bool:
    return start > 0 and bool(_RELATED.match(lines[start - 1].text))


def _last_record_end(lines: Sequence[Line], found: Sequence[_Record]) -> int:
    """Items of one page are made alike: the last has no more lines of text than the longest of the
    others.
    """
    last = found[-1]
    most = max((b.start - a.text for a, b in pairwise(found)), default=1)
    return min(len(lines), last.text + max(most, 1))


def _record_part(lines: Sequence[Line], record: _Record, end: int, *, own: bool) -> Part:
    head = frozenset(range(record.text - record.start))
    return Part(tuple(lines[record.start : end]), "related" if own else "item", record.facts, head)


# Newsletters: sections between rules, or numbered headings each with its own link.


def _has_rules(lines: Sequence[Line]) -> bool:
    return sum(bool(_RULE.match(line.text)) for line in lines) >= 2


def _starts_after_rules(lines: Sequence[Line]) -> list[int]:
    if not _has_rules(lines):
        return []
    starts = [i + 1 for i, line in enumerate(lines) if _RULE.match(line.text)]
    return [0, *starts] if starts and lines[0].words >= GREETING else starts


def _split_sections(lines: Sequence[Line]) -> list[Part]:
    if any(_LIST.search(line.text) for line in lines[:LISTED]):
        return []  # "Five things we learned" are one article
    starts = (
        _starts_after_rules(lines)
        or _numbered_headings(lines)
        or _timed_headings(lines)
        or _linked_headings(lines)
    )
    bounds = [*starts, len(lines)]
    parts = [part for a, b in pairwise(bounds) if (part := _section_part(lines[a:b]))]
    return parts if len(parts) > 1 else []


def _numbered_headings(lines: Sequence[Line]) -> list[int]:
    return [
        i for i, line in enumerate(lines)
        if _NUMBERED.match(line.text) and is_heading(line) and i + 1 < len(lines) and is_own_prose(lines[i + 1])
    ]  # fmt: skip


def _timed_headings(lines: Sequence[Line]) -> list[int]:
    """Headings that say how long their text is read, three or more."""
    found = [i for i, line in enumerate(lines[:-1]) if _TIMED.search(line.text) and line.title_like]
    return found if len(found) >= FEWEST else []


def _linked_headings(lines: Sequence[Line]) -> list[int]:
    """Headings of which each has text and then a link of its own: three or more, and most of all
    headings.
    """
    starts = [
        i for i, line in enumerate(lines[:-1]) if is_heading(line) and _has_text_below(lines, i)
    ]
    ends = [*starts, len(lines)][1:]
    own = [
        a
        for a, b in zip(starts, ends, strict=True)
        if any(_LINK.search(line.text) for line in lines[a + 1 : b])
    ]
    return own if len(own) >= FEWEST and len(own) > len(starts) // 2 else []


def _has_text_below(lines: Sequence[Line], i: int) -> bool:
    """Whether text follows a heading, at most a link between them."""
    below = i + 2 if _LINK.match(lines[i + 1].text) and i + 2 < len(lines) else i + 1
    return is_own_prose(lines[below])


def _section_part(lines: Sequence[Line]) -> Part | None:
    heads = (i for i, line in enumerate(lines[:4]) if is_heading(line) or _TIMED.search(line.text))
    top = next(heads, None)
    if top is None or sum(line.words for line in lines[top + 1 :] if is_own_prose(line)) < 20:
        return None
    title = _TIMED.sub("", _NUMBERED.sub("", lines[top].text)).strip(" *_#=-")
    own = (line.text for line in reversed(lines) if not _FOOT.search(line.text))
    link = next((found[0] for text in own if (found := _LINK.search(text))), None)
    facts = Facts.of("section heading", headline=title) | Facts.of("item link", url=link)
    return Part(tuple(lines), "item", facts, frozenset(range(top + 1)))
