"""Two texts in, whether they are one form filled in twice out: the same words around other figures
and other names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from briefing import language
from briefing.articles.deduplication import shingles

FIGURES = 2  # figures that stand in each other's place; a corrected copy has one
BLANKS = 3  # figures and names together; of 272 true copies with edits none reaches it
WIDEST = 4  # words that a blank holds
LONGEST = 600  # words compared; forms are short, and the work grows with the square
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+")


def is_refilled_form(one: str, other: str) -> bool:
    """Whether a form was filled in twice (results, weather, notices): such texts are alike and are
    no copies.
    """
    blanks = set(_find_blanks(_WORD.findall(one)[:LONGEST], _WORD.findall(other)[:LONGEST]))
    figures = sum(a[0].isdecimal() for a, _ in blanks)
    return figures >= FIGURES or len(blanks) >= BLANKS


def _find_blanks(one: list[str], other: list[str]) -> Iterator[tuple[str, str]]:
    """What stands in each other's place between words that both texts share, each pair of fillings
    once.
    """
    for kind, i, j, k, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "replace" and max(j - i, stop - k) <= WIDEST:
            for choose in (_plain_figures, _plain_names):
                first, second = choose(one[i:j]), choose(other[k:stop])
                if first and second and not set(first) & set(second):
                    yield " ".join(first), " ".join(second)


def _plain_figures(words: list[str]) -> list[str]:
    return [
        re.sub(r"\D", "", word) for word in words if word[0].isdecimal()
    ]  # 2,29 and 2.29 are one; "²" is no figure


def _plain_names(words: list[str]) -> list[str]:
    small = language.load_lexicon("en").stop_words | {"however", "but"}
    names = " ".join(word for word in words if word[0].isupper() and word.lower() not in small)
    return shingles.plain_words(names)  # Hölzl and Hoelzl are one
