"""text > its words in normal form: lower case, inflection cut, stop words left out.

`extract_terms` and `analysis.analyse` give the same words for the same text; the first needs no
spaCy, so that a query or a headline costs nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.language.counting import UNSPACED
from briefing.language.lexicon import load_lexicon
from briefing.language.variants import resolve_alias

# A figure with its inner points and commas, initials ("U.N."), or a word with its inner
# apostrophes; hyphens part words.
WORD = re.compile(r"\d+(?:[.,:]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d_]\w*(?:['’][^\W\d_]+)*")
_RUNS = re.compile(rf"(?:{UNSPACED.pattern})+|(?:(?!{UNSPACED.pattern}).)+")
_HIRAGANA = re.compile("[\u3040-\u309f]+")
SHORTEST_STEM = 3  # letters that must be left when an ending is cut
DOUBLED = re.compile(r"([bdgmnprt])\1$")
VOWEL = re.compile(r"[aeiouy]")


def content_words(text: str, *, language: str = "en") -> tuple[str, ...]:
    """The words of a text in lower case, in order, with repeats; stop words and single letters left
    out; unstemmed.
    """
    return tuple([word for token in _find_tokens(text) if (word := _content_word(token, language))])


def _find_tokens(text: str) -> list[str]:
    """The words of a text; of a script without spaces, each pair of neighbouring characters.

    Pairs find two reports of one event as words do: most words have two characters, and longer
    ones share theirs. Hiragana alone is grammar.
    """
    tokens = WORD.findall(text)
    if text.isascii() or not UNSPACED.search(text):
        return tokens
    runs = [run for token in tokens for run in _RUNS.findall(token)]
    return [each for run in runs for each in _split_pairs(run)]


def _split_pairs(run: str) -> list[str]:
    if not UNSPACED.match(run) or len(run) < 2:
        return [run]
    pairs = (run[place : place + 2] for place in range(len(run) - 1))
    return [pair for pair in pairs if not _HIRAGANA.fullmatch(pair)]


@lru_cache(
    maxsize=65536
)  # of pure values, as below: whatever was asked before, the same token gives the same word
def _content_word(token: str, language: str) -> str:
    """A token as a content word; "" for a stop word or a single letter."""
    stop = load_lexicon(language).stop_words
    word = token.lower().replace("’", "'")
    bare = "" if word in stop else _bare_word(word)
    return bare if bare not in stop and (len(bare) > 1 or bare.isdigit()) else ""


def extract_terms(text: str, *, language: str = "en") -> tuple[str, ...]:
    """The content words of a text in their normal form, in order, with repeats.

    >>> extract_terms("The dockers' talks collapsed, 3,200 strikers said.")
    ('docker', 'talk', 'collaps', '3200', 'striker')
    >>> extract_terms("Kiev") == extract_terms("Kyiv")
    True
    """
    return tuple([term for token in _find_tokens(text) if (term := _normal_term(token, language))])


@lru_cache(maxsize=65536)  # of pure values, as above
def _normal_term(token: str, language: str) -> str:
    """The normal form of a token, one for all spellings of a name (`variants`); "" for a
    stop word.
    """
    word = _content_word(token, language)
    return _stem_word(resolve_alias(word), language) if word else ""


def _bare_word(word: str) -> str:
    """A word without its possessive or elided article ("l'accord"), a figure without its thousands
    commas.
    """
    if word[0].isdecimal():
        return re.sub(r",(?=\d{3}\b)", "", word)
    head, mark, tail = word.replace(".", "").rpartition("'")
    if not mark:
        return tail
    return head if len(tail) <= 2 or len(head) > len(tail) else tail


@lru_cache(maxsize=65536)  # of pure values: the same word always has the same stem
def _stem_word(word: str, language: str = "en") -> str:
    """A word without its inflection; figures and short words as they are."""
    if word[0].isdecimal() or len(word) <= SHORTEST_STEM:
        return word
    for ending, replacement in load_lexicon(language).inflections:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            cut = word[: -len(ending)] + replacement
            return cut if language == "en" or len(cut) >= len(word) else _stem_word(cut, language)
    return _stem_english(word) if language == "en" else word


def _stem_english(word: str) -> str:
    """Plural, past and -ing off, then a final e: voted, votes, voting and vote are one."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if (
            left != word
            and len(left) >= SHORTEST_STEM
            and VOWEL.search(left)
            and not word.endswith("eed")
        ):
            word = DOUBLED.sub(r"\1", left)
            break
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST_STEM else word
