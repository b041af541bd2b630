"""text and its sentences > proper names as spans: runs of capitalised words, checked against the
rest of the document.

A capital proves nothing at the start of a sentence: there a word counts only when the document
writes it with a capital elsewhere inside a sentence, or when another capitalised word follows it
and it never stands in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from briefing.language.lexicon import Lexicon, lexicon
from briefing.model import Span

TOKEN = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*\.?|[&]")
CAPITAL = re.compile(r"(?:[a-z]{1,2}[A-Z]|(?:al|el)-[A-Z]|[dDlL]['’][A-Z]|[^\W\d_a-zß-öø-ÿ])")
POSSESSIVE = re.compile(r"['’]s?$")
MARKS = tuple('-–—:“"‘«„')
Token = re.Match[str]


def names(text: str, sentences: Sequence[Span], *, language: str = "en") -> list[Span]:
    """Spans of proper names in order: people, places, organisations, untyped; titles such as "Mr"
    left out.
    """
    words = lexicon(language)
    tokens = [list(TOKEN.finditer(text, span.start, span.stop)) for span in sentences]
    inside, lower = evidence(tokens)
    found: list[Span] = []
    for line in tokens:
        for run in runs(text, line, words):
            if opens(text, run[0], line[0]) and not opening_name(run, inside, lower, words):
                run = run[1:]  # noqa: PLW2901 - the first word is only a first word
            span = trimmed(text, run, words)
            if span and (language != "de" or german(text, span, line)):
                found.append(span)
    return found


def evidence(lines: Iterable[list[Token]]) -> tuple[set[str], set[str]]:
    """Words written with a capital inside a sentence, and words written without; both in lower
    case.
    """
    inside: set[str] = set()
    lower: set[str] = set()
    for line in lines:
        for position, token in enumerate(line):
            word = token.group()
            if not capitalised(word):
                lower.add(without_possessive(word))
            elif position and line[position - 1].end() == token.start() - 1:
                inside.add(without_possessive(word).lower())
    return inside, lower


def bare(token: Token) -> str:
    return without_possessive(token.group())


@lru_cache(maxsize=65536)
def without_possessive(word: str) -> str:
    return POSSESSIVE.sub("", word)


@lru_cache(maxsize=65536)
def capitalised(word: str) -> bool:
    """Scripts that know no capitals have nothing else to go by: all their words count."""
    found = CAPITAL.match(word)
    return found is not None and not (len(found[0]) == 1 and found[0].islower())


def runs(text: str, line: list[Token], words: Lexicon) -> Iterable[list[Token]]:
    """Capitalised words that follow one another, linking words ("of", "van") allowed between two of
    them.
    """
    links, run, held = words.words("name_links"), list[Token](), list[Token]()
    for token in line:
        word = token.group()
        if not run and not capitalised(word):
            continue
        gap = text[(held or run)[-1].end() : token.start()] if run else ""
        if run and (gap.strip() or POSSESSIVE.search((held or run)[-1].group())):
            yield run
            run, held = [], []
        if capitalised(word):
            run += [*held, token]
            held = []
        elif run and word.lower() in links and len(held) < 2:
            held.append(token)
        elif run:
            yield run
            run, held = [], []
    if run:
        yield run


def trimmed(text: str, run: list[Token], words: Lexicon) -> Span | None:
    """The name in a run: without articles and words that a capital says nothing about; None when
    nothing is left.
    """
    first, last = 0, len(run)
    while first < last and common(run[first], words):
        first += 1
    while first < last and (common(run[last - 1], words) or not capitalised(run[last - 1].group())):
        last -= 1
    run = run[first:last]
    if not run or (len(run) == 1 and len(bare(run[0]).rstrip(".")) < 2):
        return None
    stop = run[-1].start() + len(bare(run[-1]))
    if text[stop - 1] == "." and not re.search(r"\.[^\W\d_]\.$", text[run[-1].start() : stop]):
        stop -= 1
    return Span(run[0].start(), stop)


def common(token: Token, words: Lexicon) -> bool:
    """Titles, articles, weekdays, months and other words with a capital that are no names, and
    linking words.
    """
    word = bare(token).lower().rstrip(".")
    return (
        word in words.words("not_names")
        or word in words.stop_words
        or not capitalised(token.group())
    )


def opens(text: str, token: Token, first: Token) -> bool:
    """Whether a word opens a sentence, or what follows a dash, a colon or a quotation mark
    in it.
    """
    return token is first or text[max(0, token.start() - 3) : token.start()].rstrip()[-1:] in MARKS


def opening_name(run: list[Token], inside: set[str], lower: set[str], words: Lexicon) -> bool:
    """Whether the first word of a sentence belongs to a name."""
    word = bare(run[0])
    if word.lower().rstrip(".") in words.stop_words:
        return False
    return word.lower() in inside or (len(run) > 1 and len(word) > 1 and word.lower() not in lower)


def german(text: str, span: Span, line: list[Token]) -> bool:
    """German writes every noun with a capital: a name is two words or more, or a noun after a bare
    preposition.
    """
    if " " in span.of(text):
        return True
    before = [token for token in line if token.end() <= span.start]
    return bool(before) and before[-1].group().lower() in {
        "in",
        "aus",
        "nach",
        "bei",
        "von",
        "für",
        "gegen",
    }
