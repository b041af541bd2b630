"""How much of an edition is filled, and with what: the hard limit and the rule that nothing is said twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.editions.repeats import Words, words_of
from briefing.model import Headline, Quote


class Page:
    """Filled from the top: words left under the limit, and what stands on it as sets of words."""

    def __init__(self, limit: int, sent: Iterable[Quote] = ()) -> None:
        self.left = limit
        self.printed: list[Words] = [words_of(quote) for quote in sent]

    def place(self, headline: Headline | Quote | None, quotes: Sequence[Quote]) -> None:
        """Counts a headline (None where it is not printed) and quotations as printed."""
        self.left -= words(headline) + sum(quote.words for quote in quotes)
        self.printed += [words_of(quote) for quote in quotes]
        if isinstance(headline, Quote):
            self.printed.append(words_of(headline))


def words(text: Headline | Quote | None) -> int:
    return len(str(text).split()) if text else 0
