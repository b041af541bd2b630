"""The lines of a page in, its parts out: one report each (posts of a live blog, items of a newsletter)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from briefing.articles import credits as credit_lines
from briefing.articles import dates, outlets, posts
from briefing.articles.credits import Clock
from briefing.articles.drafts import Facts
from briefing.articles.lines import Line, folded
from briefing.articles.part import Part, heading, own_prose
from briefing.model import Moment

_RULE = re.compile(r"^(?:[=_*~#•—–-]\s?){5,}$")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|#\d{1,2}|\[\d{1,2}(?:/\d{1,2})?\]|[•*●▪])\s+(?=\S)")
_RELATED = re.compile(r"(?i)^(?:related|recommended|more|similar|other|mehr|weitere|à lire|you may)\b[^.]{0,40}$")
AGE_WORDS = 9  # of a line that tells the age of an item
TEASER_WORDS = 60  # a related item with less text is a teaser of an article, not an article


def split(lines: Sequence[Line], clock: Clock, *, newsletter: bool = False) -> list[Part]:
    """The parts of a page in the order they stand; one part when nothing shows that there are several."""
    ways: list[Callable[[Sequence[Line]], list[Part]]] = [posts.marked, partial(_records, clock=clock), posts.aged]
    for way in (*ways, _sections) if newsletter or _ruled(lines) else ways:
        parts = way(lines)
        if len(parts) > 1 or (parts and parts[0].kind == "item"):
            return parts
    return [Part(tuple(lines))]


def _aged(line: Line) -> bool:
    return dates.relative(line.text, now=None) is not None and not dates.scan(line.text)


# Related blocks and aggregators: outlet, age, headline, text.


@dataclass(frozen=True, slots=True)
class _Record:
    start: int
    text: int  # where the text begins
    facts: Facts
    doubled: bool


def _records(lines: Sequence[Line], clock: Clock) -> list[Part]:
    starts = [i for i, line in enumerate(lines) if line.words <= AGE_WORDS and _record(lines, i, clock)]
    above = bool(starts) and Part(tuple(lines[: starts[0]])).words >= 40
    now = clock.now or page_date(lines, clock, above=above)
    found = [record for i in starts if (record := _record(lines, i, replace(clock, now=now)))]
    if not found or (len(found) == 1 and not (found[0].doubled or _underheading(lines, found[0].start))):
        return []
    main = Part(tuple(lines[: found[0].start]))
    ends = [record.start for record in found[1:]] + [_last_end(lines, found)]
    own = main.words >= 40
    items = [_item(lines, record, end, own=own) for record, end in zip(found, ends, strict=True)]
    least = TEASER_WORDS if own else 25
    return ([main] if own else []) + [item for item in items if item.words >= least]


def page_date(lines: Sequence[Line], clock: Clock, *, above: bool) -> Moment | None:
    """What "2 hours ago" counts from: the day a page was saved, or the date of a page that is nothing but items.

    The date of an article above them says nothing: the page was saved at any time after it.
    """
    said = [
        stated for line in lines[:12] if line.words <= 12
        for stated in dates.scan(line.text, zone=clock.zone, country=clock.country) if stated.moment
    ]  # fmt: skip
    captured = [stated.moment for stated in said if stated.role == "captured"]
    return captured[0] if captured else said[0].moment if said and not above else None


def _record(lines: Sequence[Line], i: int, clock: Clock) -> _Record | None:
    line = lines[i]
    if line.words > AGE_WORDS or line.ended or not (_aged(line) or dates.alone(line.text)):
        return None
    alone = dates.alone(line.text)
    above = lines[i - 1] if i else None
    said = credit_lines.read(line.text, clock) or Facts()
    if alone:
        if not above or above.words > 5 or above.ended or (not _aged(line) and not outlets.name(above.text)):
            return None
        outlet, start = above.text.strip(" -–|·"), i - 1
    else:
        outlet, start = said.outlet or re.split(r"\s*[|·•–—-]\s*", line.text)[0], i
    text = i + 1
    doubled = text < len(lines) and folded(lines[text].text) == folded(outlet)
    text += doubled
    if text + 1 < len(lines) and lines[text].title_like and not _long(lines[text]) and lines[text + 1].words >= 8:
        headline, text = lines[text].text, text + 1
    elif not alone and above is not None and heading(above) and text < len(lines) and lines[text].words >= 8:
        headline, start = above.text, i - 1
    else:
        return None
    facts = Facts.of("item head", outlet=outlet, headline=headline) | Facts.of(
        said.found.get("published", "text"), published=said.published, updated=said.updated
    )
    return _Record(start, text, facts, doubled)


def _long(line: Line) -> bool:
    return line.words > 25 or (line.ended and line.text.endswith("."))


def _underheading(lines: Sequence[Line], start: int) -> bool:
    return start > 0 and bool(_RELATED.match(lines[start - 1].text))


def _last_end(lines: Sequence[Line], found: Sequence[_Record]) -> int:
    """Items of one page are made alike: the last has no more lines of text than the longest of the others."""
    last = found[-1]
    most = max((b.start - a.text for a, b in pairwise(found)), default=1)
    return min(len(lines), last.text + max(most, 1))


def _item(lines: Sequence[Line], record: _Record, end: int, *, own: bool) -> Part:
    head = frozenset(range(record.text - record.start))
    return Part(tuple(lines[record.start : end]), "related" if own else "item", record.facts, head)


# Newsletters: sections between rules, or numbered headings each with its own link.


def _ruled(lines: Sequence[Line]) -> bool:
    return sum(bool(_RULE.match(line.text)) for line in lines) >= 2


def _sections(lines: Sequence[Line]) -> list[Part]:
    starts = [i + 1 for i, line in enumerate(lines) if _RULE.match(line.text)] if _ruled(lines) else _numbered(lines)
    bounds = [*starts, len(lines)]
    parts = [part for a, b in pairwise(bounds) if (part := _section(lines[a:b]))]
    return parts if len(parts) > 1 else []


def _numbered(lines: Sequence[Line]) -> list[int]:
    return [
        i for i, line in enumerate(lines)
        if _NUMBERED.match(line.text) and heading(line) and i + 1 < len(lines) and own_prose(lines[i + 1])
    ]  # fmt: skip


def _section(lines: Sequence[Line]) -> Part | None:
    top = next((i for i, line in enumerate(lines[:4]) if heading(line)), None)
    if top is None or sum(line.words for line in lines[top + 1 :] if own_prose(line)) < 20:
        return None
    title = _NUMBERED.sub("", lines[top].text)
    link = next((found[0] for line in reversed(lines) if (found := re.search(r"https?://\S+", line.text))), None)
    facts = Facts.of("section heading", headline=title) | Facts.of("item link", url=link)
    return Part(tuple(lines), "item", facts, frozenset(range(top + 1)))
