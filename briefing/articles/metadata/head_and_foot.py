"""The lines around a body in, headline, outlet, author and dates out, and which lines they were
read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.articles.dates import grammar
from briefing.articles.drafts import Facts
from briefing.articles.lines import Line, comparison_key
from briefing.articles.metadata import credit_lines, outlets
from briefing.articles.metadata.credit_lines import Clock

REACH = 14  # lines before the body in which a headline is looked for
LONGEST = 1_000  # characters of a line that states an address; more is running text or none at all
NEAR = 3  # lines below a text
DATED = 8  # words of a line that holds a date and nothing else
MOST = 100_000  # characters in which an outlet's name is looked for
DOMAINS = 20  # whose outlet is looked for; a page of more is a list of links
_LINK = re.compile(r"https?://\S+")
_OWNED = ("©", "(c)", "(C)", "opyright")  # one of them stands in every copyright notice
_BARS = re.compile(r"\S \| \S")
_DATED = re.compile(r"(?i)publish|updated|posted|first appeared")
_ADDRESS = re.compile(r"(?i)[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+\w|https?://[^\s/]+")


@dataclass(frozen=True)
class Head:
    facts: Facts
    spent: Mapping[int, str]  # line -> what it states; such lines are no text


def extract_head(
    lines: Sequence[Line],
    reasons: Sequence[str | None],
    body: range,
    given: Facts,
    clock: Clock,
    *,
    isolated: bool = False,
) -> Head:
    """What is stated around a body: `given` first, then the head nearest to the body, then the
    foot.
    """
    clock = _settle_date_order(lines, body, clock)
    stated, agency, spent = _read_credit_lines(lines, reasons, body, clock)
    facts = given | stated.without("outlet")
    headline = facts.headline
    if not headline and not isolated:
        headline = _choose_headline(lines, reasons, body, spent)
        facts = facts | Facts.of("line before the text", headline=headline)
    for i in _headline_lines(lines, headline) if headline else ():
        spent.setdefault(i, "headline")
    # The outlet that publishes a text goes before the agency that wrote it, whichever is named
    # first.
    for found in (stated, _foot_facts(lines, body, clock), agency):
        facts = facts | found
    if facts.published is None and not isolated:
        facts = facts | _only_date(lines, body, clock)
    if agency.outlet and not _is_same_outlet(facts.outlet, agency.outlet):
        facts = facts | Facts.of("dateline", byline=agency.outlet)
    if facts.outlet and facts.outlet != given.outlet and facts.outlet.isupper():
        whole = " ".join(line.text for line in lines)
        facts = replace(facts, outlet=outlets.restore_case(facts.outlet, whole))
    return Head(facts, spent)


def _read_credit_lines(
    lines: Sequence[Line], reasons: Sequence[str | None], body: range, clock: Clock
) -> tuple[Facts, Facts, dict[int, str]]:
    """What credit lines state, what is known of the agency, and which lines are spent on it."""
    agency = _dateline_agency(lines, body, reasons)
    stated = Facts()
    spent: dict[int, str] = {}
    # A credit line may stand between standfirst and text.
    for i in range(min(body.start + 6, body.stop)):
        glued = reasons[i] == "menu" and lines[i].words <= 6 and i < body.start
        if reasons[i] is not None and not glued:
            continue
        found = _credit_facts(lines[i], clock, inside=i in body)
        if not found:
            continue
        if _is_same_outlet(found.outlet, agency.outlet):
            agency = found.without("byline", "published", "updated") | agency
            found = found.without("outlet")
        stated, spent[i] = stated | found, "credit line"
    return stated, agency, spent


def _headline_lines(lines: Sequence[Line], headline: str) -> Iterator[int]:
    """The lines that say a headline and nothing else."""
    said = comparison_key(headline)
    opening, longest = said.partition(" ")[0].partition("'")[0], 2 * len(said) + 20
    for i, line in enumerate(lines):
        likely = (
            said
            and line.words > 1
            and len(line.text) <= longest
            and opening in line.text.casefold()
        )
        if likely and comparison_key(line.text) == said:
            yield i


def _is_same_outlet(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and comparison_key(one) == comparison_key(other)


def _settle_date_order(lines: Sequence[Line], body: range, clock: Clock) -> Clock:
    """A clock that reads 04-03-2026 the way the dateline of the text says."""
    day = (
        credit_lines.dateline_day(lines[body.start].text)
        if body and clock.country is None
        else None
    )
    for country in ("uk", "us") if day else ():
        read = [
            each.moment
            for line in lines[: body.start]
            for each in grammar.find_dates(line.text, country=country)
        ]
        if any(moment and (moment.day.month, moment.day.day) == day for moment in read):
            return replace(clock, country=country)
    return clock


def _credit_facts(line: Line, clock: Clock, *, inside: bool) -> Facts | None:
    if line.words > (14 if inside else 25) or (
        line.ended and not line.text[:4].lower().startswith(("by ", "von "))
    ):
        return None
    return credit_lines.parse_credit_line(line.text, clock)


def _choose_headline(
    lines: Sequence[Line], reasons: Sequence[str | None], body: range, spent: Mapping[int, str]
) -> str | None:
    """The title-like line near the body that shares most with it; the earlier of equals."""
    free = (i for i in range(body.start) if reasons[i] is None and i not in spent)
    near = [i for i in free if lines[i].title_like and not _BARS.search(lines[i].text)][-REACH:]
    if not near:
        return None
    told = set(comparison_key(" ".join(lines[i].text for i in body[:12])).split()) - _SMALL
    best = _nearest_in_words(lines, near, told)
    if best is None:
        return None
    if best and len(near) <= 4 and _is_above_standfirst(lines, near[best - 1], near[best]):
        best -= 1
    return lines[near[best]].text


def _nearest_in_words(lines: Sequence[Line], near: Sequence[int], told: set[str]) -> int | None:
    """Which of the lines `near` shares most words with the text, as a place among them."""
    openings = "\n" + "\n".join(told)
    best: int | None = None
    most = 0.0
    for place, i in enumerate(near):
        words = [word for word in comparison_key(lines[i].text).split() if word not in _SMALL]
        if not words:
            continue
        share = sum(word in told or _has_stem(word, openings) for word in words) / len(words)
        length = min(lines[i].words, 8) / 2
        points = 8 * share + length + 0.2 * (place - len(near)) + (lines[i].words >= 4)
        if points > most + 1e-9 and (share > 0 or len(near) <= 3):
            best, most = place, points
    return best


def _is_above_standfirst(lines: Sequence[Line], above: int, below: int) -> bool:
    """Of two lines right below each other the first is the headline, the other its standfirst."""
    return above == below - 1 and len(re.findall(r"\w+", lines[above].text)) >= 4


_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "but",
        "with",
        "by",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "it",
        "its",
        "his",
        "her",
        "their",
        "that",
        "this",
    ]
)


def _has_stem(word: str, told: str) -> bool:
    """Whether a word of those told, each after a line break, begins as this one does."""
    return len(word) > 5 and f"\n{word[:-2]}" in told


def _foot_dates(text: str, clock: Clock) -> Facts:
    dates = grammar.find_dates(text, zone=clock.zone, country=clock.country)
    stated = {each.role: each.moment for each in dates}
    return Facts.of("text", published=stated.get("published"), updated=stated.get("updated"))


def _foot_facts(lines: Sequence[Line], body: range, clock: Clock) -> Facts:
    """Copyright holder, dates said to be such, and the owner of an address that is spelt out on the
    page.
    """
    around = [*range(body.start), *range(body.stop, len(lines))]
    links = [i for i in body if lines[i].text.startswith("http") and _LINK.fullmatch(lines[i].text)]
    facts = Facts()
    for i in around:
        text = lines[i].text
        if any(sign in text for sign in _OWNED) and (holder := outlets.copyright_holder(text)):
            facts = facts | Facts.of("copyright notice", outlet=holder)
        if i >= body.stop and lines[i].words <= 12 and _DATED.search(text):
            facts = facts | _foot_dates(text, clock)
    if 1 <= len(lines) - body.stop <= 3:
        last = lines[-1].text
        named = outlets.outlet_name(last)
        facts = facts | Facts.of("last line", outlet=named if named == last else None)
    return facts | _signature_facts(lines, body, clock) | _address_outlet(lines, [*around, *links])


def _only_date(lines: Sequence[Line], body: range, clock: Clock) -> Facts:
    """The day of a text in which one day only stands in a line of its own, and is not said to be
    that of a change.
    """
    days: dict[date | None, tuple[int, grammar.Stated]] = {}
    for i, line in enumerate(lines):
        if line.words <= DATED and grammar.is_date_line(line.text):
            for each in grammar.find_dates(line.text, zone=clock.zone, country=clock.country):
                days.setdefault(each.moment.day if each.moment else None, (i, each))
    if len(days) != 1:
        return Facts()
    ((place, only),) = days.values()
    own = only.role == "published" and (
        place < body.stop + NEAR
    )  # far below it is another article's
    return Facts.of("only date of the text", published=only.moment if own else None)


def _signature_facts(lines: Sequence[Line], body: range, clock: Clock) -> Facts:
    """A "(Marrow Wire, Halden newsroom, 4 March 2026 13:20 CET)" right below a text: outlet and
    date together.
    """
    for line in lines[body.stop : body.stop + 3]:
        found = (
            credit_lines.parse_credit_line(line.text.strip("()[]"), clock)
            if line.words <= 14
            else None
        )
        if found and found.outlet and found.published:
            return found.without("byline")
    return Facts()


def _domain_labels(text: str) -> dict[str, bool]:
    """The names of the domains in a text, and of each whether a mail is addressed to it."""
    labels: dict[str, bool] = {}
    for address in _ADDRESS.findall(text) if "@" in text or "://" in text else ():
        if label := outlets.domain_label(address):
            labels[label] = labels.get(label, False) or "@" in address
    return labels


def _address_outlet(lines: Sequence[Line], around: Sequence[int]) -> Facts:
    text = "\n".join(lines[i].text for i in around if len(lines[i].text) < LONGEST)[:MOST]
    few = list(_domain_labels(text).items())[:DOMAINS]
    if not few:
        return Facts()
    rest = _ADDRESS.sub(" ", text)
    for label, _ in few:
        if name := outlets.find_label_spelling(label, rest):
            return Facts.of("address and name", outlet=name)
    whole = " ".join(line.text for line in lines if len(line.text) < MOST)[:MOST]
    for label, mailed in few:
        if name := outlets.find_initials(label, whole):
            return Facts.of("address and initials", outlet=name)
        if mailed and (name := outlets.name_from_label(label)):
            return Facts.of("newsroom's address", outlet=name)
    return Facts()


def _dateline_agency(lines: Sequence[Line], body: range, reasons: Sequence[str | None]) -> Facts:
    """The agency a dateline names: the outlet of last resort."""
    first = next((lines[i] for i in body if reasons[i] is None), None)
    dated = credit_lines.parse_dateline(first.text) if first else None
    return Facts.of("dateline", outlet=dated[1]) if dated and dated[1] else Facts()
