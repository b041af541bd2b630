"""Find what only print refuses: questions of the reporter, and what a parse shows to be no whole
sentence.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.language import is_whole_sentence, load_lexicon
from briefing.summaries.coherence.sentence_faults import _strip_quotations, asks

# share of a sentence outside quotations, below which its speaker's grammar counts and not the
# reporter's
LEFT = 0.5


@lru_cache(
    maxsize=65536
)  # of pure values: the readers of one collection are shown the same sentences
def print_faults(sentence: str, *, language: str = "en") -> tuple[str, ...]:
    """Why a sentence that a summary may hold should not be printed; empty when it may."""
    if asks(sentence):
        return ("question",)
    mostly_quoted = len(_strip_quotations(sentence)) < LEFT * len(sentence)
    whole = (
        mostly_quoted
        or _plain(language).search(sentence)
        or is_whole_sentence(sentence, language=language)
    )
    return () if whole else ("not a whole sentence",)


@cache
def _plain(language: str) -> re.Pattern[str]:
    """What needs no parse: the verb of the main clause is beyond doubt."""
    return re.compile(load_lexicon(language).patterns("plain_verbs"), re.IGNORECASE)
