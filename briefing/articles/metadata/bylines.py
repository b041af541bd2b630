"""What a page says of its author in, who wrote the article out: names of people, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from briefing.articles import word_lists
from briefing.articles.drafts import Facts, tidy_field
from briefing.articles.metadata import outlets

_BY = (
    r"(?:(?:written|reported|posted|published|created|story|text|words|guide|article|recipe) "
    r")?(?:by|von|par|por|door)"
)
_LABELS = r"(?:authors?|autor(?:in)?|auteur|writer)"
_LABELLED = re.compile(rf"(?i)^(?:{_BY}|{_LABELS})\b:? +")
_CREDIT = re.compile(
    rf"(?i:^(?:{_BY}(?::\s*| )|{_LABELS}:\s*))|^(?:By|by)(?=[A-Z][a-z])|(?<=[·•|⋅—–-] )By "
)
_LABEL = re.compile(rf"(?i)(?:{_BY}|{_LABELS}):?")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mär|Mai|Okt|Dez)[a-zä]*\.?(?:\s+\d|$)"
_END = re.compile(
    rf"\s*(?:[|•·⋅–—/(:\d]|\s-(?:\s|$)|\b(?i:on|in|for|at|from|updated|published|posted|last|view)\b|{_MONTH})"
)
_AND = re.compile(r"\s*(?:[,;&]|\b(?:and|und|et|y|with)\b)\s*")
_TITLE = r"(?:(?:Dr|Sir|Dame|Prof|Rev)\.? )?"
_GIVEN = r"[A-ZÄÖÜÉÅØÇŠŽŁ](?:[\w'’-]+|\.)"
_FAMILY = r"(?:(?:von|van|de|der|den|di|da|la|le|al|bin|dos|ten) )*[A-ZÄÖÜÉÅØÇŠŽŁ][\w'’.-]*"
_PERSON = re.compile(rf"{_TITLE}{_GIVEN}(?: {_FAMILY}){{1,3}}")
_ONE = re.compile(rf"{_TITLE}[A-ZÄÖÜÉÅØÇŠŽŁ]\w+")
_MARKED = (
    '(descendant-or-self::*[@rel="author" or @itemprop="author" or '
    'contains(@class, "byline")])[position()<=5]'
)
# What systems fill in for somebody: their users' names, and the names of their fields.
_NOBODY = re.compile(
    r"(?i).*@.*|[\d\W_]*|\S*[\d._{}]\S*|.*\badmin\w*|\w*_?admin\w*|(?:the "
    r")?(?:user|undefined|null|none|name|authors?|"
    r"editors?|webmaster|guest|default|anonymous|team|staff|contributor|written by|posted by|by)"
)


def clean_author_name(name: str | None, outlet: str | None, where: str | None = None) -> str | None:
    """A name out of a page's data, without the outlet's; None for the outlet or site itself and for
    a user's name.
    """
    bare = _LABELLED.sub("", (name or "").strip(" ,;|"))
    bare = _strip_outlet(bare, outlet) if outlet and _may_hold(bare, outlet) else bare
    if where and bare.lower() == outlets.domain_label(where):
        return None
    return None if _NOBODY.fullmatch(bare) else bare


def _may_hold(name: str, outlet: str) -> bool:
    """False where letters tell it without a pattern, which would have to be made for each
    outlet.
    """
    return not (name.isascii() and outlet.isascii()) or outlet.lower() in name.lower()


def _strip_outlet(name: str, outlet: str) -> str:
    its = re.escape(outlet)
    bare = re.sub(rf"(?i)(?<=\w)\s*(?:[,|/–—]|\s-\s|\bfor\b)\s*(?:the )?{its}$", "", name)
    return "" if re.fullmatch(rf"(?i)(?:the )?{its}", bare) else bare


def clean_byline(facts: Facts) -> Facts:
    """`facts` with an author who is somebody, or none."""
    name = clean_author_name(facts.byline, facts.outlet, facts.url)
    if name == facts.byline:
        return facts
    return replace(facts, byline=name) if name else facts.without("byline")


def find_byline(above: Sequence[str], called: Sequence[str]) -> Facts:
    """The author that the lines between headline and text name: as such, or in an element
    (`called`) for authors.
    """
    for line, after in zip(above, (*above[1:], ""), strict=False):
        found = _credited_names(line) or (_LABEL.fullmatch(line.strip()) and _leading_names(after))
        if found:
            return Facts.of("above the text", byline=found)
    alone = [line for line in called if _is_person(line)]
    return Facts.of("marked-up author", byline=alone[0] if alone else None)


def _credited_names(line: str) -> str | None:
    match = _CREDIT.search(line)
    return _leading_names(line[match.end() :]) if match and len(line.split()) <= 25 else None


def _leading_names(text: str) -> str | None:
    """The people that a text begins with; "Amanda" is one where nothing else is said."""
    end = _END.search(text)
    pieces = _AND.split((text[: end.start()] if end else text).strip(" ."))
    people = list(_leading_people(pieces))
    return ", ".join(people) or (
        pieces[0] if _ONE.fullmatch(pieces[0]) and not _NOBODY.fullmatch(pieces[0]) else None
    )


def _leading_people(pieces: Sequence[str]) -> Iterator[str]:
    for piece in pieces:
        if not _is_person(piece):
            return
        yield piece


def _is_person(text: str) -> bool:
    sections = word_lists.listed_words("outlets", "sections")
    named = _PERSON.fullmatch(text) and not _LABEL.fullmatch(text)
    return bool(named) and not any(word.lower() in sections for word in text.split())


def find_marked_byline(tree: Any) -> Facts:
    """The first name that stands alone in an element marked as the author's."""
    for element in tree.xpath(_MARKED):
        text = re.sub(rf"(?i)^{_BY}:?\s+", "", tidy_field(" ".join(element.itertext())) or "")
        if _is_person(text):
            return Facts.of("marked-up author", byline=text)
    return Facts()
