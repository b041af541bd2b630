"""The lines of a page in, its parts out: one report each (posts of a live blog, items of a newsletter)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from statistics import mode
from typing import Literal

from briefing.articles import credits as credit_lines
from briefing.articles import dates, furniture, outlets
from briefing.articles.credits import Clock
from briefing.articles.drafts import Facts
from briefing.articles.lines import Line, folded
from briefing.model import Moment

_SKIP = re.compile(r"(?i)^(?:[\d.)*•-]+\s*)?(?:skip|jump)\b\s*")
_URL = re.compile(r"(?i)^(?:https?://|www\.)\S+$")
_RULE = re.compile(r"^(?:[=_*~#•—–-]\s?){5,}$")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|#\d{1,2}|\[\d{1,2}(?:/\d{1,2})?\]|[•*●▪])\s+(?=\S)")
_RELATED = re.compile(r"(?i)^(?:related|recommended|more|similar|other|mehr|weitere|à lire|you may)\b[^.]{0,40}$")
AGE_WORDS = 9  # of a line that tells the age of an item
TEASER_WORDS = 60  # a related item with less text is a teaser of an article, not an article


@dataclass(frozen=True)
class Part:
    """Some lines that are one report, and what their arrangement states about it."""

    lines: tuple[Line, ...]
    kind: Literal["article", "live blog", "update", "related", "item"] = "article"
    facts: Facts = field(default_factory=Facts)
    apart: frozenset[int] = field(default=frozenset())  # positions of lines that are known to be no text

    @property
    def words(self) -> int:
        return sum(line.words for i, line in enumerate(self.lines) if i not in self.apart and own_prose(line))


def own_prose(line: Line) -> bool:
    return line.prose and furniture.line_reason(line.text) is None


def split(lines: Sequence[Line], clock: Clock, *, newsletter: bool = False) -> list[Part]:
    """The parts of a page in the order they stand; one part when nothing shows that there are several."""
    ways: list[Callable[[Sequence[Line]], list[Part]]] = [_posts, partial(_records, clock=clock)]
    for way in (*ways, _sections) if newsletter or _ruled(lines) else ways:
        parts = way(lines)
        if len(parts) > 1 or (parts and parts[0].kind == "item"):
            return parts
    return [Part(tuple(lines))]


# Live blogs and bulletins: titles announced by a skip link, permalinks that end a post, lines that only tell the time.


def _posts(lines: Sequence[Line]) -> list[Part]:
    announced = {
        i: title
        for i, line in enumerate(lines)
        if (skip := _SKIP.match(line.text)) and (title := _announced(lines, i, line.text[skip.end() :]))
    }
    starts = set(announced) | _after_permalinks(lines, have_titles=bool(announced)) or _at_times(lines)
    if not starts:
        return []
    bounds = [0, *sorted(start for start in starts if 0 < start < len(lines)), len(lines)]
    chunks = [range(a, b) for a, b in pairwise(bounds) if a < b]
    parts = [_post(lines, chunk, announced) for chunk in _with_text(lines, chunks)]
    if len(parts) < 2:
        return []
    dated = sum(any(dates.scan(line.text) for line in part.lines[:4]) for part in parts[1:])
    live = dated * 2 >= len(parts) - 1
    return [
        replace(part, kind=("live blog" if n == 0 else "update") if live else "item") for n, part in enumerate(parts)
    ]


def _announced(lines: Sequence[Line], i: int, said: str) -> str | None:
    """The title of a post that a skip link announces ("Skip next section TITLE") and that follows within four lines."""
    said = folded(said)
    for line in lines[i + 1 : i + 5]:
        title = folded(line.text)
        if furniture.line_reason(line.text):
            continue
        if title and (said == title or said.endswith(" " + title)) and len(said) - len(title) < 20:
            return line.text
    return None


def _after_permalinks(lines: Sequence[Line], *, have_titles: bool) -> set[int]:
    links = [i for i, line in enumerate(lines) if line.words == 1 and _URL.match(line.text)]
    host = mode(_host(lines[i].text) for i in links) if links else ""
    ends = [i for i in links if _host(lines[i].text) == host]
    text_before = [
        i for a, i in zip([-1, *ends], ends, strict=False) if any(own_prose(line) for line in lines[a + 1 : i])
    ]
    return {i + 1 for i in ends} if len(text_before) >= (1 if have_titles else 3) else set()


def _host(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).split("/")[0]


def _at_times(lines: Sequence[Line]) -> set[int]:
    times = [i for i, line in enumerate(lines) if line.words <= 8 and dates.alone(line.text) and not _aged(line)]
    with_text = [
        a
        for a, b in zip(times, [*times[1:], len(lines)], strict=False)
        if any(own_prose(line) for line in lines[a + 1 : b])
    ]
    # An article has a date line or two (published, updated); three with text after each are posts.
    if len(with_text) < 3 or len(with_text) < len(times) - 1:
        return set()
    heading_follows = sum(i + 1 < len(lines) and _heading(lines[i + 1]) for i in with_text)
    heading_before = sum(i > 0 and _heading(lines[i - 1]) for i in with_text)
    clocks = not any(dates.scan(lines[i].text) for i in with_text)
    # Dates without headings are those of readers' comments.
    if not clocks and max(heading_follows, heading_before) < 0.6 * len(with_text):
        return set()
    return {i - (heading_before > heading_follows) for i in with_text}


def _aged(line: Line) -> bool:
    return dates.relative(line.text, now=None) is not None and not dates.scan(line.text)


def _heading(line: Line) -> bool:
    return line.title_like and not line.prose and furniture.line_reason(line.text) is None


def _with_text(lines: Sequence[Line], chunks: Iterable[range]) -> list[range]:
    """Chunks without any text of their own are furniture between posts: they go to the post before them."""
    kept: list[range] = []
    for chunk in chunks:
        own = any(own_prose(lines[i]) for i in chunk)
        if own or not kept:
            kept.append(chunk)
        else:
            kept[-1] = range(kept[-1].start, chunk.stop)
    if len(kept) > 1 and not any(own_prose(lines[i]) for i in kept[0]):
        kept[:2] = [range(kept[0].start, kept[1].stop)]
    return kept


def _post(lines: Sequence[Line], chunk: range, announced: dict[int, str]) -> Part:
    title = announced.get(chunk.start)
    facts = Facts.of("post title", headline=title) if title else Facts()
    apart = {
        i - chunk.start for i in chunk
        if title and (i == chunk.start or (i <= chunk.start + 5 and folded(lines[i].text) == folded(title)))
    }  # fmt: skip
    link = next((lines[i].text for i in reversed(chunk) if _URL.match(lines[i].text)), None)
    return Part(tuple(lines[i] for i in chunk), facts=facts | Facts.of("permalink", url=link), apart=frozenset(apart))


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
    if not found or (len(found) == 1 and not (found[0].doubled or _under_heading(lines, found[0].start))):
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
    elif not alone and above is not None and _heading(above) and text < len(lines) and lines[text].words >= 8:
        headline, start = above.text, i - 1
    else:
        return None
    facts = Facts.of("item head", outlet=outlet, headline=headline) | Facts.of(
        said.found.get("published", "text"), published=said.published, updated=said.updated
    )
    return _Record(start, text, facts, doubled)


def _long(line: Line) -> bool:
    return line.words > 25 or (line.ended and line.text.endswith("."))


def _under_heading(lines: Sequence[Line], start: int) -> bool:
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
        if _NUMBERED.match(line.text) and _heading(line) and i + 1 < len(lines) and own_prose(lines[i + 1])
    ]  # fmt: skip


def _section(lines: Sequence[Line]) -> Part | None:
    heading = next((i for i, line in enumerate(lines[:4]) if _heading(line)), None)
    if heading is None or sum(line.words for line in lines[heading + 1 :] if own_prose(line)) < 20:
        return None
    title = _NUMBERED.sub("", lines[heading].text)
    link = next((found[0] for line in reversed(lines) if (found := re.search(r"https?://\S+", line.text))), None)
    facts = Facts.of("section heading", headline=title) | Facts.of("item link", url=link)
    return Part(tuple(lines), "item", facts, frozenset(range(heading + 1)))
