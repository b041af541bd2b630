"""How much of an edition is filled, and with what: the hard limit and the rule that nothing is said
twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.editions.licences import Account
from briefing.editions.novelty.redundancy import Words, distinct_words
from briefing.model import Headline, Licence, Quote


class Page:
    """Filled from the top: words left under the limit, what stands on it as sets of words, what
    licences allow.
    """

    def __init__(
        self, limit: int, sent: Iterable[Quote] = (), licences: Sequence[Licence] = ()
    ) -> None:
        self.left = limit
        self.account = Account(licences)
        self.printed: list[Words] = [distinct_words(quote) for quote in sent]

    def place(self, headline: Headline | Quote | None, quotes: Sequence[Quote]) -> None:
        """Counts a headline (None where it is not printed) and quotations as printed."""
        self.left -= count_words(headline) + sum(quote.words for quote in quotes)
        self.printed += [distinct_words(quote) for quote in quotes]
        self.account.enter(quotes)
        if isinstance(headline, Quote):
            self.printed.append(distinct_words(headline))


def count_words(text: Headline | Quote | None) -> int:
    return len(str(text).split()) if text else 0
