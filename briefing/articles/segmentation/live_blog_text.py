"""The lines of a live blog or a bulletin in, its posts out: by skip links, permalinks, or lines
that tell the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mode

from briefing.articles.boilerplate import rules
from briefing.articles.dates import grammar, post_times
from briefing.articles.dates.post_times import Stamp
from briefing.articles.drafts import Facts
from briefing.articles.lines import Line, build_line, comparison_key
from briefing.articles.metadata import credit_lines, outlets
from briefing.articles.metadata.credit_lines import Clock
from briefing.articles.segmentation.segment import Part, is_heading, is_own_prose

_SKIP = re.compile(r"(?i)^(?:[\d.)*•-]+\s*)?(?:skip|jump)\b\s*")
_URL = re.compile(r"(?i)^(?:https?://|www\.)\S+$")
_LIVE = re.compile(
    r"(?i)\blive\b|\bticker\b|liveticker|\ben direct\b|\ben vivo\b|\bdirecto\b|as it "
    r"happened|minute by minute|rolling"
    r"|\bblog\b|latest updates|live-blog|newsblog"
)
# times with text after each that are posts: an article has a date line or two (published, updated)
FEWEST = 3
LARGEST = 0.7  # of all words, in the longest of several posts
SHORT = 8  # words of a line that only tells a time
TITLED = 0.6  # of the times that a heading stands by: the posts have titles
HEAD = 10  # lines in which a page says that it is live
BYLINES = 2  # lines between a post's title and its time


def split_marked_posts(lines: Sequence[Line]) -> list[Part]:
    """Posts that skip links announce, that permalinks end, or that stand under a clock time; of
    `split_stamped_lines` lines.
    """
    announced = {
        i: title
        for i, line in enumerate(lines)
        if (skip := _SKIP.match(line.text))
        and (title := _announced_title(lines, i, line.text[skip.end() :]))
    }
    starts = set(announced) | _starts_after_permalinks(lines, have_titles=bool(announced))
    if starts:
        return _build_parts(lines, starts, announced)
    return _drop_uneven(
        _build_parts(lines, _starts_at_times(lines, _find_stamps(lines, aged=False)), {})
    )


def split_aged_posts(lines: Sequence[Line]) -> list[Part]:
    """Posts under their ages ("2h ago") and a title each; readers' comments have names and no
    titles.
    """
    found = _find_stamps(lines, aged=True)
    titled = sum(i + 1 < len(lines) and is_heading(lines[i + 1]) for i in found)
    named = sum(
        i > 0 and lines[i - 1].words <= SHORT and outlets.outlet_name(lines[i - 1].text) is not None
        for i in found
    )
    if titled < TITLED * len(found) or named > len(found) // 3:
        return []
    return _drop_uneven(_build_parts(lines, _starts_at_times(lines, found), {}))


def _drop_uneven(parts: list[Part]) -> list[Part]:
    """None where one part has nearly all of the text: an article, and teasers of others with their
    dates.
    """
    words = [part.words for part in parts]
    return parts if words and max(words) <= LARGEST * sum(words) else []


def split_stamped_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines that begin with a post's time ("10.42am: The union …") as two, where several do."""
    cut = {
        i: stamp.rest
        for i, line in enumerate(lines)
        if line.text[0].isdigit() and (stamp := post_times.parse_stamp(line.text)) and stamp.rest
    }
    if len(cut) < FEWEST:
        return list(lines)
    found: list[Line] = []
    for i, line in enumerate(lines):
        if rest := cut.get(i):
            said = line.text[:rest].rstrip(" \t\xa0-–—:|•·")
            found += [
                build_line(said, line.start, gap=line.gap),
                build_line(line.text[rest:], line.start + rest, gap=False),
            ]
        else:
            found.append(line)
    return found


def _build_parts(lines: Sequence[Line], starts: set[int], announced: dict[int, str]) -> list[Part]:
    if not starts:
        return []
    bounds = [0, *sorted(start for start in starts if 0 < start < len(lines)), len(lines)]
    chunks = [range(a, b) for a, b in pairwise(bounds) if a < b]
    parts = [_build_post(lines, chunk, announced) for chunk in _merge_textless(lines, chunks)]
    if len(parts) < 2:
        return []
    if not _are_live(parts):
        return [replace(part, kind="item") for part in parts]
    posts = [replace(part, kind="update") for part in parts[1:]]
    return [replace(parts[0], kind="live blog"), *posts]


def _are_live(parts: Sequence[Part]) -> bool:
    """Whether half of the posts are dated, or the head says that the page is live."""
    dated = sum(any(grammar.find_dates(line.text) for line in part.lines[:4]) for part in parts[1:])
    head = (line.text for line in parts[0].lines[:HEAD] if line.words > 1)
    return dated * 2 >= len(parts) - 1 or any(map(_LIVE.search, head))


def _announced_title(lines: Sequence[Line], i: int, said: str) -> str | None:
    """The title of a post that a skip link announces ("Skip next section TITLE") and that follows
    within four lines.
    """
    said = comparison_key(said)
    for line in lines[i + 1 : i + 5]:
        title = comparison_key(line.text)
        if rules.classify_line(line.text):
            continue
        if title and (said == title or said.endswith(" " + title)) and len(said) - len(title) < 20:
            return line.text
    return None


def _is_permalink(lines: Sequence[Line], i: int) -> bool:
    if lines[i].words != 1 or not _URL.match(lines[i].text):
        return False
    # A link right below a heading is that of what follows it, and ends nothing.
    return not (i and is_heading(lines[i - 1]))


def _starts_after_permalinks(lines: Sequence[Line], *, have_titles: bool) -> set[int]:
    links = [i for i in range(len(lines)) if _is_permalink(lines, i)]
    host = mode(_link_host(lines[i].text) for i in links) if links else ""
    ends = [i for i in links if _link_host(lines[i].text) == host]
    text_before = [
        i
        for a, i in zip([-1, *ends], ends, strict=False)
        if any(is_own_prose(line) for line in lines[a + 1 : i])
    ]
    return {i + 1 for i in ends} if len(text_before) >= (1 if have_titles else 3) else set()


def _link_host(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).split("/")[0]


def _find_stamps(lines: Sequence[Line], *, aged: bool) -> dict[int, Stamp]:
    """The lines that only tell a time, each with text before the next of them."""
    short = [i for i, line in enumerate(lines) if line.words <= SHORT]
    if len(short) < FEWEST:  # as in most texts: no posts
        return {}
    times = {
        i: stamp
        for i in short
        if (stamp := post_times.parse_stamp(lines[i].text))
        and not stamp.rest
        and stamp.aged == aged
    }
    ends = [*times, len(lines)][1:]
    return {
        i: stamp
        for (i, stamp), end in zip(times.items(), ends, strict=True)
        if any(is_own_prose(line) for line in lines[i + 1 : end])
    }


def _starts_at_times(lines: Sequence[Line], found: dict[int, Stamp]) -> set[int]:
    hours = {i: stamp for i, stamp in found.items() if not grammar.find_dates(lines[i].text)}
    if len(hours) >= FEWEST:  # the page's own date stands above them
        found = hours
    if len(found) < FEWEST or not post_times.is_in_order(list(found.values())):
        return set()
    titles = {i: place for i in found if (place := _title_before(lines, i)) is not None}
    follows = sum(is_heading(line) for i in found for line in lines[i + 1 : i + 2])
    # Dates without headings are those of readers' comments.
    if found is not hours and max(follows, len(titles)) < TITLED * len(found):
        return set()
    return {titles.get(i, i) for i in found} if len(titles) > follows else set(found)


def _title_before(lines: Sequence[Line], i: int) -> int | None:
    """The heading right above a time; its authors may stand between."""
    for place in range(i - 1, max(-1, i - 2 - BYLINES), -1):
        if (
            credit_lines.parse_credit_line(lines[place].text, Clock()) is None
            or lines[place].words > SHORT
        ):
            return place if is_heading(lines[place]) else None
    return None


def _merge_textless(lines: Sequence[Line], chunks: Iterable[range]) -> list[range]:
    """Chunks without any text of their own are furniture between posts: they go to the post before
    them.
    """
    kept: list[range] = []
    for chunk in chunks:
        own = any(is_own_prose(lines[i]) for i in chunk)
        if own or not kept:
            kept.append(chunk)
        else:
            kept[-1] = range(kept[-1].start, chunk.stop)
    if len(kept) > 1 and not any(is_own_prose(lines[i]) for i in kept[0]):
        kept[:2] = [range(kept[0].start, kept[1].stop)]
    return kept


def _build_post(lines: Sequence[Line], chunk: range, announced: dict[int, str]) -> Part:
    title = announced.get(chunk.start)
    facts = Facts.of("post title", headline=title) if title else Facts()
    apart = {
        i - chunk.start for i in chunk
        if title and (i == chunk.start or (i <= chunk.start + 5 and comparison_key(lines[i].text) == comparison_key(title)))
    }  # fmt: skip
    link = next((lines[i].text for i in reversed(chunk) if _URL.match(lines[i].text)), None)
    return Part(
        tuple(lines[i] for i in chunk),
        facts=facts | Facts.of("permalink", url=link),
        apart=frozenset(apart),
    )
