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

from briefing.language.lexicon import Lexicon, load_lexicon
from briefing.model import Span

TOKEN = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*\.?|[&]")
CAPITAL = re.compile(r"(?:[a-z]{1,2}[A-Z]|(?:al|el)-[A-Z]|[dDlL]['’][A-Z]|[^\W\d_a-zß-öø-ÿ])")
POSSESSIVE = re.compile(r"['’]s?$")
MARKS = tuple('-–—:“"‘«„')
Token = re.Match[str]


def find_names(text: str, sentences: Sequence[Span], *, language: str = "en") -> list[Span]:
    """Spans of proper names in order: people, places, organisations, untyped; titles such as "Mr"
    left out.
    """
    words = load_lexicon(language)
    tokens = [list(TOKEN.finditer(text, span.start, span.stop)) for span in sentences]
    inside, lower = _capital_evidence(tokens)
    found: list[Span] = []
    for line in tokens:
        for run in _capital_runs(text, line, words):
            if _is_opening(text, run[0], line[0]) and not _is_opening_name(
                run, inside, lower, words
            ):
                run = run[1:]  # noqa: PLW2901 - the first word is only a first word
            span = _trim_run(text, run, words)
            if span and (language != "de" or _is_german_name(text, span, line)):
                found.append(span)
    return found


def _capital_evidence(lines: Iterable[list[Token]]) -> tuple[set[str], set[str]]:
    """Words written with a capital inside a sentence, and words written without; both in lower
    case.
    """
    inside: set[str] = set()
    lower: set[str] = set()
    for line in lines:
        for position, token in enumerate(line):
            word = token.group()
            if not _is_capitalised(word):
                lower.add(_strip_possessive(word))
            elif position and line[position - 1].end() == token.start() - 1:
                inside.add(_strip_possessive(word).lower())
    return inside, lower


def _bare_word(token: Token) -> str:
    return _strip_possessive(token.group())


@lru_cache(maxsize=65536)
def _strip_possessive(word: str) -> str:
    return POSSESSIVE.sub("", word)


@lru_cache(maxsize=65536)
def _is_capitalised(word: str) -> bool:
    """Scripts that know no capitals have nothing else to go by: all their words count."""
    found = CAPITAL.match(word)
    return found is not None and not (len(found[0]) == 1 and found[0].islower())


def _capital_runs(text: str, line: list[Token], words: Lexicon) -> Iterable[list[Token]]:
    """Capitalised words that follow one another, linking words ("of", "van") allowed between two of
    them.
    """
    links, run, held = words.words("name_links"), list[Token](), list[Token]()
    for token in line:
        word = token.group()
        if not run and not _is_capitalised(word):
            continue
        gap = text[(held or run)[-1].end() : token.start()] if run else ""
        if run and (gap.strip() or POSSESSIVE.search((held or run)[-1].group())):
            yield run
            run, held = [], []
        if _is_capitalised(word):
            run += [*held, token]
            held = []
        elif run and word.lower() in links and len(held) < 2:
            held.append(token)
        elif run:
            yield run
            run, held = [], []
    if run:
        yield run


def _trim_run(text: str, run: list[Token], words: Lexicon) -> Span | None:
    """The name in a run: without articles and words that a capital says nothing about; None when
    nothing is left.
    """
    first, last = 0, len(run)
    while first < last and _is_common_word(run[first], words):
        first += 1
    while first < last and (
        _is_common_word(run[last - 1], words) or not _is_capitalised(run[last - 1].group())
    ):
        last -= 1
    run = run[first:last]
    if not run or (len(run) == 1 and len(_bare_word(run[0]).rstrip(".")) < 2):
        return None
    stop = run[-1].start() + len(_bare_word(run[-1]))
    if text[stop - 1] == "." and not re.search(r"\.[^\W\d_]\.$", text[run[-1].start() : stop]):
        stop -= 1
    return Span(run[0].start(), stop)


def _is_common_word(token: Token, words: Lexicon) -> bool:
    """Titles, articles, weekdays, months and other words with a capital that are no names, and
    linking words.
    """
    word = _bare_word(token).lower().rstrip(".")
    return (
        word in words.words("not_names")
        or word in words.stop_words
        or not _is_capitalised(token.group())
    )


def _is_opening(text: str, token: Token, first: Token) -> bool:
    """Whether a word opens a sentence, or what follows a dash, a colon or a quotation mark
    in it.
    """
    return token is first or text[max(0, token.start() - 3) : token.start()].rstrip()[-1:] in MARKS


def _is_opening_name(run: list[Token], inside: set[str], lower: set[str], words: Lexicon) -> bool:
    """Whether the first word of a sentence belongs to a name."""
    word = _bare_word(run[0])
    if word.lower().rstrip(".") in words.stop_words:
        return False
    return word.lower() in inside or (len(run) > 1 and len(word) > 1 and word.lower() not in lower)


def _is_german_name(text: str, span: Span, line: list[Token]) -> bool:
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
