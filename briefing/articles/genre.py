"""Tell what kind of article it is: news, opinion, analysis, sport and so on, or None where nothing
says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from briefing.articles.drafts import Facts
from briefing.articles.word_lists import join_lines, load_table

NEWS = "news"
GENRES = frozenset({NEWS, *(name for name in load_table("genres") if name != "words")})
LOOKED_AT = 3_000  # characters of a text in which words of a field and the first person are counted
FIRST = {  # of the first person, said by the one who signs: outside quotations no report has it
    "en": r"\b(?:I|I['’](?:m|ve|d|ll)|my|me|myself)\b",
    "de": r"\b(?:ich|mir|mich|meine[rmns]?|mein)\b",
    "fr": r"\b(?:je|j['’]\w+|moi|mon|mes)\b",
    "es": r"\b(?:yo|mi|mis|me|creo)\b",
    "it": r"\b(?:io|mio|mia|miei)\b",
    "nl": r"\b(?:ik|mijn|mij)\b",
    "pt": r"\b(?:eu|meu|minha|meus)\b",
}
SPOKEN = re.compile(  # a quotation, of which a paragraph may hold the beginning alone
    r"“[^”\n]*”?|„[^“”\n]*[“”]?|«[^»\n]*»?|\"[^\"\n]*\"?|(?<!\w)[‘'][^\n]*?[’'](?!\w)"
    r"|^.*[”\"],? (?:he|she) (?:said|added|told).*$",
    re.MULTILINE,
)
SPEAKS = 3  # of a text in the first person, so many times …
DENSITY = 0.004  # … and so often a word: a reporter who was there says "I" once or twice
# different words of a field that stand in a text or its headline, or one of the headline's own
FIELD = 2
NEWS_ADDRESS = frozenset(
    {
        "news",
        "politics",
        "world",
        "us-news",
        "uk-news",
        "world-news",
        "politik",
        "ausland",
        "inland",
        "politique",
    }
)


def _by_facts(facts: Facts) -> str | None:
    told = _by_address(facts.url) or _by_section(facts.section) or _by_label(facts.headline)
    return told or _by_outlet(facts.outlet, facts.byline) or _is_news(facts.url)


def genre_of(facts: Facts, text: str) -> str | None:
    """By what is stated, then by the address, the section, the label, the outlet, and at last by
    the words.
    """
    if facts.genre:
        return facts.genre
    told = _by_facts(facts)
    if told in {None, NEWS, "feature"} and _first_person(text[:LOOKED_AT], facts.language or "en"):
        return "opinion"
    return told or _by_words(facts.headline or "", text[:LOOKED_AT])


def stated_as(types: Iterable[str]) -> str | None:
    """What types of schema.org, in lower case, say of an article; None for those that any article
    has.
    """
    given = {*types}
    return next((name for name, kinds in _types() if kinds & given), None)


def _is_news(url: str | None) -> str | None:
    return NEWS if url and NEWS_ADDRESS & {*_segments(url)} else None


def _by_address(url: str | None) -> str | None:
    segments = [*_segments(url)] if url else []
    for name, kinds in _addresses():
        if any(segment in kinds for segment in segments[:-1]):
            return name
    last = segments[-1] if segments else ""
    return next(
        (name for name, kinds in _addresses() if last.split("-")[0] in kinds & _LABELLING), None
    )


# The first word of a page's own address that says its kind: kommentar-zur-wahl-101.html
_LABELLING = frozenset(
    {
        "kommentar",
        "kolumne",
        "leitartikel",
        "glosse",
        "interview",
        "analyse",
        "analysis",
        "opinion",
        "rezension",
    }
)


def _segments(url: str) -> Iterator[str]:
    """The parts of an address: of its path, and what stands before the site's own name."""
    place = urlsplit(url)
    yield from (place.hostname or "").split(".")[:-2]
    yield from (segment.casefold() for segment in place.path.split("/") if segment)


def _by_section(section: str | None) -> str | None:
    named = "-".join((section or "").casefold().split())
    return next((name for name, kinds in _addresses() if named in kinds), None) if named else None


def _by_label(headline: str | None) -> str | None:
    """By what stands before a colon or a bar, or alone behind one: "Opinion | …", "… – review"."""
    if not headline:
        return None
    return next((name for name, pattern in _labels() if pattern.search(headline)), None)


def _by_outlet(outlet: str | None, byline: str | None) -> str | None:
    named = f"{outlet or ''}\n{byline or ''}"
    return next((name for name, pattern in _outlets() if pattern.search(named)), None)


def _by_words(headline: str, text: str) -> str | None:
    for name, pattern in _fields():
        said = {match[0].casefold() for match in pattern.finditer(f"{headline}\n{text}")}
        if len(said) >= FIELD or (said and pattern.search(headline)):
            return name
    return None


def _first_person(text: str, language: str) -> bool:
    pattern = FIRST.get(language)
    if pattern is None:
        return False
    own = SPOKEN.sub(" ", text)
    said = len(re.findall(pattern, own))
    return said >= SPEAKS and said >= DENSITY * len(own.split())


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return {name: each for name, each in load_table("genres").items() if name != "words"}


@cache
def _types() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name, frozenset(each["types"].split())) for name, each in _kinds().items())


@cache
def _addresses() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name, frozenset(each["address"].split())) for name, each in _kinds().items())


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    form = r"(?i)^(?:{0})\s*[:|–—]|\s[|–—-]\s*(?:{0})$|\[(?:{0})\]|\((?:{0})\)$"
    return tuple(
        (n, re.compile(form.format(join_lines(each["labels"]))))
        for n, each in _kinds().items()
        if each["labels"]
    )


@cache
def _outlets() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = ((name, each["outlets"]) for name, each in _kinds().items() if each["outlets"])
    return tuple((name, re.compile(rf"(?i)\b(?:{words})\b")) for name, words in named)


@cache
def _fields() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = load_table("genres")["words"]
    return tuple((name, re.compile(rf"(?i)\b(?:{join_lines(words[name])})\b")) for name in words)
