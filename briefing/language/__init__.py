"""text > sentences, terms, names: the one door to spaCy.

A text goes in; spans of it and plain strings come out. Rules and word lists are the package's own
(`lists/*.toml`, one a language); a language without a list is split and analysed by the rules that
need none.
"""

from briefing.language.analysis import analyse
from briefing.language.claims import denies, figures, numbers, of_calendar, settles, stands, weekday
from briefing.language.identification import identify
from briefing.language.lexicon import Lexicon, lexicon
from briefing.language.names import names
from briefing.language.sentences import split
from briefing.language.variants import alias, canonical, joined, spellings
from briefing.language.words import content_words, terms

__all__ = [
    "Lexicon",
    "alias",
    "analyse",
    "canonical",
    "content_words",
    "denies",
    "figures",
    "identify",
    "joined",
    "lexicon",
    "names",
    "numbers",
    "of_calendar",
    "settles",
    "spellings",
    "split",
    "stands",
    "terms",
    "weekday",
]
