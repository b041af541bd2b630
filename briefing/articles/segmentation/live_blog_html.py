"""A parsed page that calls itself live in, its posts out, where no structured data lists them:
elements with times.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import chain
from typing import Any

from briefing.articles.boilerplate import rules
from briefing.articles.dates import grammar, post_times
from briefing.articles.drafts import Draft, Facts
from briefing.articles.lines import build_line
from briefing.model import Moment

LIVE = re.compile(
    r"(?i)\blive(?:blog|ticker)?\b|\bticker\b|\ben direct\b|\ben vivo\b|\ben "
    r"directo\b|as it happened|minute by minute"
    r"|\bnewsblog\b|rolling coverage"
)
FEWEST = 3  # posts
LEAST = 8  # words of a sentence that a post has
MOST = 0.5  # of the page's text that is in its posts
EARLY = 6  # texts of a post among which its time stands
_PARAGRAPHS = ("p", "li", "blockquote")
_HEADINGS = ("h2", "h3", "h4", "h5")
_OTHERS = re.compile(r"(?i)comment|related|teaser|promo|sidebar|recommend|footer")


def is_live(tree: Any, origin: str | None) -> bool:
    """Whether its title, its headline or its address says so."""
    said = [each.text_content() for tag in ("title", "h1") for each in tree.iter(tag)]
    return (
        any(LIVE.search(text) for text in said)
        or LIVE.search((origin or "").replace("-", " ")) is not None
    )


def extract_posts(tree: Any, day: Moment | None, body: Sequence[str]) -> list[Draft]:
    """The posts as they stand; `day` is the page's, for times without one.

    None where fewer than three are found, and where they are not most of the page's text (`body`,
    in lines): teasers of other articles have times, titles and sentences too.
    """
    best: Sequence[Draft] = ()
    most = 0
    for group in _element_groups(tree):
        found = [made for element in group if (made := _draft_post(element, day)) is not None]
        words = sum(len(post.text.split()) for post in found)
        if len(found) >= FEWEST and len(found) > len(group) // 2 and words > most:
            best, most = found, words
    return list(best) if _are_most_of(best, body) else []


def _are_most_of(posts: Sequence[Draft], body: Sequence[str]) -> bool:
    told = set(chain.from_iterable(post.text.split("\n") for post in posts))
    own = sum(len(line.split()) for line in body if line in told)
    return own >= MOST * sum(len(line.split()) for line in body)


def _element_groups(tree: Any) -> Iterator[list[Any]]:
    for parent in tree.iter():
        if len(parent) < FEWEST or _OTHERS.search(
            f"{parent.get('class', '')} {parent.get('id', '')}"
        ):
            continue
        alike: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for child in parent:
            alike[str(child.tag), child.get("class", "").split(" ")[0]].append(child)
        yield from (group for group in alike.values() if len(group) >= FEWEST and len(group[0]))


def _post_lines(element: Any) -> list[str]:
    """The text of each innermost paragraph; a post may be a list's item itself, its text in none."""
    inner = element.iterdescendants(*_PARAGRAPHS)
    innermost = (each for each in inner if next(each.iterdescendants(*_PARAGRAPHS), None) is None)
    return list(map(_element_text, innermost)) or [_element_text(element)]


def _is_told(line: str) -> bool:
    return build_line(line, 0, gap=False).prose and len(line.split()) >= LEAST


def _draft_post(element: Any, day: Moment | None) -> Draft | None:
    when, said = _post_time(element, day)
    if not said:
        return None
    headings = chain.from_iterable(element.iter(tag) for tag in _HEADINGS)
    title = next(filter(None, map(_element_text, headings)), None)
    kept = [
        line
        for line in _post_lines(element)
        if line and line not in {said, title} and not _is_time(line)
    ]
    if not any(map(_is_told, kept)):
        return None
    text = "\n".join(line for line in kept if rules.classify_line(line) is None)
    return Draft(text, Facts.of("post", headline=title, published=when), "body", "update")


def _post_time(element: Any, day: Moment | None) -> tuple[Moment | None, str]:
    """When a post says that it was put up, and the words that say so; no words where
    nothing does.
    """
    for each in element.iter("time"):
        when = grammar.parse_date(each.get("datetime") or "") or _time_on_day(
            _element_text(each), day
        )
        return when, _element_text(each) or "time"
    texts = (" ".join(text.split()) for text in element.itertext())
    for text in [text for text in texts if text][:EARLY]:
        if _is_time(text):
            stated = grammar.find_dates(text)
            return (stated[0].moment if stated else _time_on_day(text, day)), text
    return None, ""


def _is_time(text: str) -> bool:
    found = post_times.parse_stamp(text)
    return found is not None and found.rest is None


def _time_on_day(text: str, day: Moment | None) -> Moment | None:
    return post_times.parse_post_time(text, day.day, zone=day.at.tzinfo or UTC) if day else None


def _element_text(element: Any) -> str:
    return " ".join(element.text_content().split())
