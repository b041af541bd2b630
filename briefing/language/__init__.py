"""text > sentences, terms, names: the one door to spaCy.

A text goes in; spans of it and plain strings come out. Rules and word lists are the package's own
(`lists/*.toml`, one a language); a language without a list is split and analysed by the rules that
need none.
"""

from briefing.language.analysis import analyse
from briefing.language.claims import (
    find_figures,
    has_negation,
    is_calendar_word,
    is_standing_claim,
    number_terms,
    settling_terms,
    weekday_name,
)
from briefing.language.counting import count_words
from briefing.language.identification import detect_language
from briefing.language.lexicon import Lexicon, load_lexicon
from briefing.language.names import find_names
from briefing.language.parsing import is_whole_sentence, pipeline_versions
from briefing.language.sentences import split_sentences
from briefing.language.variants import canonical_name, join_variants, name_spellings, resolve_alias
from briefing.language.words import content_words, extract_terms

__all__ = [
    "Lexicon",
    "analyse",
    "canonical_name",
    "content_words",
    "count_words",
    "detect_language",
    "extract_terms",
    "find_figures",
    "find_names",
    "has_negation",
    "is_calendar_word",
    "is_standing_claim",
    "is_whole_sentence",
    "join_variants",
    "load_lexicon",
    "name_spellings",
    "number_terms",
    "pipeline_versions",
    "resolve_alias",
    "settling_terms",
    "split_sentences",
    "weekday_name",
]
