"""articles, sentences chosen > whether one more could follow them: the constraints a reader sets.

A sentence that opens on a pronoun, a demonstrative or a connective is admitted when its predecessor
stands directly before it; "he" and "she" also when a sentence at most two before it, that stands
directly before it in the summary, names somebody. Far down in an article, where what a summary
holds of it no longer introduces anybody, the same goes for a sentence with a pronoun that comes
before anything it could stand for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from briefing.language import content_words, load_lexicon
from briefing.model import Article, Articles, Quote, Span
from briefing.summaries.coherence.datelines import strip_dateline
from briefing.summaries.coherence.print_faults import print_faults
from briefing.summaries.coherence.sentence_faults import (
    WORD,
    find_faults,
    has_dangling_pronoun,
    required_context,
)
from briefing.summaries.protocols import Limit, Position

# share of the shorter sentence's content words found in another, from which it says the same
OVERLAP = 0.6
STEM = 6  # letters by which two words are taken for one
# sentences from a pronoun back to its antecedent: detector F1 .935 against gold coreference of news
REACH = 2
NAME = re.compile(r"(?<=\s)[A-ZÀ-Þ][a-zß-ÿ]+")
# Sentences from the beginning, from which on a pronoun inside a sentence counts. By gold
# coreference 3 of 108 summaries outside news are left hanging and not 9, as with the first three
# whole sentences; ROUGE gains a little. From 10 on: 4.
FAR = 6
LACKS = {
    "person": "opens on a pronoun",
    "pronoun": "opens on a pronoun",
    "demonstrative": "points back",
    "connective": "opens on a connective",
    "speaker": "quotation without its speaker",
    "inside": "holds a pronoun of something said elsewhere",
}
GRAVE = {
    "boilerplate",
    "caption",
    "fragment",
    "outlet speaks of itself",
    "no verb",
    "no statement",
    "not a whole sentence",
}


class Reader:
    """Reads the sentences of some articles; remembers what it found, so that each is judged
    once.
    """

    def __init__(self, articles: Articles, *, for_print: bool = False) -> None:
        self.articles = articles
        self._sheets = [Sheet(article, for_print=for_print) for article in articles]

    def span(self, place: Position) -> Span:
        """The sentence without its dateline."""
        return self._sheets[place[0]].span(place[1])

    def quote(self, place: Position) -> Quote:
        return Quote(self.articles[place[0]], self.span(place))

    def words(self, place: Position) -> int:
        return self._sheets[place[0]].words(place[1])

    def admits(self, chosen: Sequence[Position], place: Position) -> bool:
        return not self.refusals(chosen, place)

    def refusals(self, chosen: Sequence[Position], place: Position) -> tuple[str, ...]:
        """Why a sentence cannot be added to those chosen; empty when it can."""
        alone = self._sheets[place[0]].faults(place[1])
        if alone:
            return alone
        order = self.ordered([*chosen, place])
        lacking = {
            p: lack
            for i, p in enumerate(order)
            if (lack := self.lacks(order[i - 1] if i else None, p))
        }
        if lacking:
            return (LACKS[lacking[place]],) if place in lacking else ("parts others",)
        return ("says the same",) if any(self.alike(place, other) for other in chosen) else ()

    def lacks(self, before: Position | None, place: Position) -> str:
        """What a sentence needs and the one before it in the summary does not give; "" when nothing
        is missing.
        """
        sheet = self._sheets[place[0]]
        need = sheet.needs(place[1]) or (
            "inside" if place[1] >= FAR and sheet.leans(place[1]) else ""
        )
        if not need or (
            place[1] == 0 and need in ("demonstrative", "connective") and not self.distal(place)
        ):
            return ""  # how an article begins is its writer's choice: "This year's harvest …"
        back = place[1] - before[1] if before and before[0] == place[0] else 0
        if back == 1:
            return ""
        named = 0 < back <= REACH and before and self._sheets[before[0]].names_somebody(before[1])
        return "" if need == "person" and named else need

    def distal(self, place: Position) -> bool:
        """Whether a sentence opens on "that" or "those", which nobody begins an article with."""
        sheet = self._sheets[place[0]]
        word = WORD.search(sheet.text(place[1]))
        return word is not None and word.group().lower() in load_lexicon(sheet.language).words(
            "distal"
        )

    def ordered(self, places: Sequence[Position]) -> list[Position]:
        """Reading order: the article that the first place is in, then the others as given; each as
        it was written.
        """
        first = places[0][0] if places else 0
        return sorted(places, key=lambda place: (place[0] != first, place))

    def alike(self, one: Position, other: Position) -> bool:
        """Whether two sentences share most of the shorter's content words, or most of all but its
        smallest words.
        """
        pairs = zip(
            self._sheets[one[0]].content(one[1]),
            self._sheets[other[0]].content(other[1]),
            strict=True,
        )
        return any(overlap_coefficient(left, right) >= OVERLAP for left, right in pairs)

    def last_resort(self, places: Sequence[Position], limit: Limit) -> list[Position]:
        """One sentence when none is without fault: better an imperfect one than nothing, but never
        boilerplate.
        """
        for place in sorted(places, key=lambda place: (place[1], place[0])):
            alone = self._sheets[place[0]].faults(place[1])
            if limit.admits(1, self.words(place)) and not GRAVE.intersection(alone):
                return [place]
        return []


def overlap_coefficient(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller set the larger holds."""
    return len(one & other) / max(1, min(len(one), len(other)))


class Lenient(Reader):
    """Admits every sentence, whole: what a ranking looks like without constraints."""

    def span(self, place: Position) -> Span:
        return self.articles[place[0]].sentences[place[1]]

    def refusals(self, chosen: Sequence[Position], place: Position) -> tuple[str, ...]:  # noqa: ARG002
        return ()


def choose_reader(articles: Articles, limit: Limit) -> Reader:
    """Who judges what may be added under a limit."""
    return Reader(articles, for_print=limit.for_print) if limit.constraints else Lenient(articles)


class Sheet:
    """One article's sentences as a reader sees them, each judged when it is first asked for."""

    def __init__(self, article: Article, *, for_print: bool = False) -> None:
        self.article = article
        self._for_print = for_print
        self._spans: dict[int, Span] = {}
        self._faults: dict[int, tuple[str, ...]] = {}
        self._needs: dict[int, str] = {}
        self._content: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self._words: dict[int, int] = {}
        self._leans: dict[int, bool] = {}

    @cached_property
    def language(self) -> str:
        return self.article.language or "en"

    @cached_property
    def caseless(self) -> bool:
        """Whether the whole text is written without capitals."""
        return self.article.text == self.article.text.lower()

    def text(self, i: int) -> str:
        return self.span(i).of(self.article.text)

    def span(self, i: int) -> Span:
        if i not in self._spans:
            self._spans[i] = strip_dateline(self.article.text, self.article.sentences[i])
        return self._spans[i]

    def words(self, i: int) -> int:
        if i not in self._words:
            self._words[i] = len(self.text(i).split())
        return self._words[i]

    def faults(self, i: int) -> tuple[str, ...]:
        if i not in self._faults:
            self._faults[i] = find_faults(
                self.text(i), language=self.language, caseless=self.caseless
            ) or self._in_print(i)
        return self._faults[i]

    def _in_print(self, i: int) -> tuple[str, ...]:
        return (
            print_faults(self.text(i), language=self.language)
            if self._for_print and not self.caseless
            else ()
        )

    def needs(self, i: int) -> str:
        if i not in self._needs:
            self._needs[i] = required_context(self.text(i), language=self.language)
        return self._needs[i]

    def content(self, i: int) -> tuple[frozenset[str], frozenset[str]]:
        """Beginnings of a sentence's content words; and of all its words but the smallest."""
        if i not in self._content:
            text = self.text(i)
            words, glue = (
                content_words(text, language=self.language),
                load_lexicon(self.language).words("glue"),
            )
            rest = (word.strip("'’") for word in WORD.findall(text.lower())) if glue else ()
            self._content[i] = (
                frozenset(word[:STEM] for word in words),
                frozenset(word[:STEM] for word in rest if len(word) > 1 and word not in glue),
            )
        return self._content[i]

    def leans(self, i: int) -> bool:
        """Whether a pronoun of a sentence, outside quotations, has its antecedent elsewhere, as far
        as words tell.
        """
        if i not in self._leans:
            self._leans[i] = has_dangling_pronoun(self.text(i), language=self.language)
        return self._leans[i]

    def names_somebody(self, i: int) -> bool:
        return bool(NAME.search(self.text(i)))
