"""a sentence > the counts it states: "four people were killed" is 4 dead; each with how far it may
be rounded.

Only what is plainly a whole count of one thing: no parts ("three of them"), additions ("another
two"), ranges, shares, sums of money, forecasts, quotations, or what a sentence says of other years.
English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import inf

from briefing.language import extract_terms, load_lexicon
from briefing.model import Span
from briefing.summaries.coherence.sentence_faults import LONGEST
from briefing.summaries.facets.count_patterns import (
    ABOARD,
    ABOUT,
    ADDED,
    AHEAD,
    COMMON,
    DEATHS,
    DID,
    EXTRA,
    FEWEST_OF_ALL,
    HAPPENED,
    KINDS,
    LEAST,
    LONG_AGO,
    MANNER,
    MEASURES,
    MEMBERS,
    MODALS,
    MONTH,
    MONTHS,
    MOST,
    NEAR,
    NOT_BEFORE,
    NUMBER,
    PARTS,
    QUOTED,
    ROUGH,
    SCALES,
    SMALL,
    TENS,
    TOLD,
    WHOLE,
    YEAR,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A figure, what it counts, and between what the true number may lie if the figure is right."""

    span: Span  # of the figure
    value: float
    low: float
    high: float
    kind: (
        str  # "dead", "on strike" …, the stem of what was done to it, or "whole" for all there are
    )
    thing: str  # stems of what is counted; "" for people
    grows: bool  # a later and larger figure is more probably news than a difference
    beside: tuple[float, ...] = ()  # the other figures of the sentence

    def contradicts(self, other: Count) -> bool:
        """Whether both cannot be right, however they were rounded."""
        return self.high < other.low or other.high < self.low


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted."""

    kind: str
    thing: str
    grows: bool


def extract_counts(text: str, span: Span, *, published: date, language: str = "en") -> list[Count]:
    """The counts that a sentence states for certain, in order, at most one of each kind."""
    if language != "en" or len(span) > LONGEST:
        return []
    masked = QUOTED.sub(lambda match: "§" * len(match.group()), span.of(text))
    if _is_of_other_time(masked, published):
        return []
    found = list(_iterate_counts(masked, span.start))
    kinds = [one.kind for one in found]
    return [
        one
        for one in found
        if kinds.count(one.kind) == 1 and not (one.kind == "dead" and _has_several_deaths(masked))
    ]


def _is_of_other_time(masked: str, published: date) -> bool:
    """Whether a sentence speaks of another year, or of a month that is neither this one nor the
    last.
    """
    if LONG_AGO.search(masked) or any(int(year) != published.year for year in YEAR.findall(masked)):
        return True
    near = {published.month, (published.month - 2) % 12 + 1}
    return any(MONTHS.index(month) + 1 not in near for month in MONTH.findall(masked))


def _has_several_deaths(masked: str) -> bool:
    """Whether a sentence speaks of more deaths than those it counts."""
    return len(DEATHS.findall(masked)) > 1


def _iterate_counts(masked: str, offset: int) -> Iterator[Count]:
    figures = list(NUMBER.finditer(masked))
    for match in figures:
        before, after = masked[: match.start()], masked[match.end() :]
        if members := MEMBERS.match(after):
            after = after[members.end() :]
        if _numeric_value(match) <= 1 or PARTS.match(after):
            continue
        if found := _classify_figure(_last_clause(before), after, _numeric_value(match)):
            span = Span(offset + match.start("number"), offset + match.end())
            beside = tuple(_numeric_value(other) for other in figures if other is not match)
            low, high = _count_bounds(match)
            yield Count(
                span, _numeric_value(match), low, high, found.kind, found.thing, found.grows, beside
            )


def _classify_figure(before: str, after: str, value: float) -> Counted | None:
    """What a figure between these words counts; None for what is not plainly counted."""
    words, rest = counted_words(after)
    if {*EXTRA, *MEASURES}.intersection(words) or _is_forecast(before, rest):
        return None
    name = " ".join(map(_stem, words)) if words and words[-1] not in COMMON else ""
    for each in KINDS:
        if each.before.search(before) or (
            each.after.match(rest) and not _is_partial_count(before, words)
        ):
            return Counted(each.name, "" if each.anybody else name, each.grows)
    return (
        None
        if not name or _is_partial_count(before, words)
        else _classify_other_figure(name, before, rest, value)
    )


def _classify_other_figure(name: str, before: str, rest: str, value: float) -> Counted | None:
    """The same for what none of our kinds is: "all 214 passengers", "380 houses were flooded"."""
    picked = _is_restricted(rest)
    if value >= FEWEST_OF_ALL and (WHOLE.search(before) or ABOARD.match(rest)) and not picked:
        return Counted("whole", name, grows=False)
    deed = HAPPENED.match(rest) or (None if picked else DID.search(before))
    return Counted(_stem(deed["deed"].lower()), name, grows=True) if deed else None


def _is_forecast(before: str, rest: str) -> bool:
    """Whether somebody only expects it, or compares."""
    return bool(
        MODALS.search(" ".join(before.split()[-NEAR:]))
        or MODALS.search(_first_clause(rest)[:AHEAD])
    )


def _is_partial_count(before: str, words: list[str]) -> bool:
    """Whether a figure is a part, an addition, one end of a range, or one of a row."""
    return bool(NOT_BEFORE.search(before) or (words and ADDED.search(before)))


def _is_restricted(rest: str) -> bool:
    """Whether what follows picks some of them: "the 12 jurors who", "the 40 homes in"."""
    return bool(
        re.match(
            r"\s(?:who|that|which|whose|in|from|of|for|with|at|under|to|and|or|needed|required|he|she|it|they)\b|\s?[-–]",
            rest,
        )
    )


def counted_words(after: str) -> tuple[list[str], str]:
    """The words of what is counted, right behind the figure, in lower case; and what
    follows them.
    """
    words, end = list[str](), 0
    for match in re.finditer(r"\s([^\W\d_][\w’'-]*)", after):
        word = match[1].lower()
        if match.start() != end or len(words) == MANNER or word in _stop_words():
            break
        if words and TOLD.fullmatch(word):
            break
        if any(each.after.fullmatch(f" {word}") for each in KINDS):
            break
        words, end = [*words, word], match.end()
    return words, after[end:]


@cache
def _stop_words() -> frozenset[str]:
    return load_lexicon("en").stop_words - {"more", "other", "others"}


def _stem(word: str) -> str:
    return next(iter(extract_terms(word)), word)


def _first_clause(rest: str) -> str:
    return re.split(r"[,;:—–§]", rest, maxsplit=1)[0]


def _last_clause(before: str) -> str:
    return re.split(r"[;:—–§]", before)[-1]


def _count_bounds(match: re.Match[str]) -> tuple[float, float]:
    """From and to where the true number may lie."""
    value, hedge = _numeric_value(match), (match["hedge"] or "").lower()
    slack = _rounding_slack(value)
    if hedge in LEAST.split("|"):
        return value - slack, inf
    if hedge in MOST.split("|"):
        return (0.0 if hedge in ("up to", "as many as") else value * (1 - 2 * ROUGH)), value + slack
    if hedge in ABOUT.split("|"):
        # "Some 1,300" may be a tenth off; "some 1,150" is counted to the ten.
        slack = (
            min(ROUGH * value, 2 * slack) if value > 200 * slack > 0 else max(slack, ROUGH * value)
        )
    return value - slack, value + slack


def _numeric_value(match: re.Match[str]) -> float:
    word = match["number"].lower()
    tens, _, ones = word.partition("-")
    plain = TENS[tens] + SMALL.get(ones, 0) if tens in TENS else SMALL.get(word)
    value = float(word.replace(",", "")) if plain is None else float(plain)
    return value * SCALES.get((match["scale"] or "").lower(), 1)


def _rounding_slack(value: float) -> float:
    """Half of the place of its last figure that is not nought: 3,200 may be 3,150 to 3,250; 214 is
    214.
    """
    place = 1
    while value >= 10 * place and value % (10 * place) == 0:
        place *= 10
    return place / 2 if place > 1 else 0.0
