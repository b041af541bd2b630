"""The sample corpus' articles in, as many more of other matters out: other names, words and
figures, analysed anew.

A turn through the corpus is another country's news: names are made up, other words change places
with words as common, figures become others. Some of its storylines are told by more outlets, each
with its own words for half of the matter. The window of a day holds a third of them, as in the
corpus, or all of them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from briefing import language
from briefing.model import Article, Moment, Storyline

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+")
BLOCK = 40  # words of one frequency, more or less, that change places with one another
SYLLABLES = tuple(
    a + b
    for a in "bdfgklmnprstvw"
    for b in ("a", "e", "i", "o", "u", "an", "er", "il", "or", "und")
)
TOLD_BY = (
    (1,) * 40 + (2,) * 6 + (5,) * 3 + (15,)
)  # times a storyline is told: few are on every front page
OWN = 0.5  # share of the words that another telling changes once more
OUTLETS = 60

Words = Callable[[str], str]


@dataclass(frozen=True)
class Vocabulary:
    """The words of some articles: those that may change places, commonest first; the language's own
    stay.
    """

    articles: Sequence[Article]

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(
            word for one in self.articles for word in dict.fromkeys(WORD.findall(one.text))
        )

    @cached_property
    def blocks(self) -> list[list[str]]:
        content = (word for word in self.counts if word.islower() and language.extract_terms(word))
        words = sorted(content, key=lambda word: -self.counts[word])
        return [words[at : at + BLOCK] for at in range(0, len(words), BLOCK)]

    def exchanged(self, seed: str) -> Mapping[str, str]:
        """Word -> another as common; of the words that stand once half become words that stand
        nowhere else.
        """
        chance, found = random.Random(seed), dict[str, str]()
        for block in self.blocks:
            found |= zip(block, chance.sample(block, len(block)), strict=True)
        rare = [word for word in found if self.counts[word] == 1]
        return found | {word: made_up(chance) for word in chance.sample(rare, len(rare) // 2)}

    def turned(self, seed: str) -> Words:
        """What each word becomes: another as common; a name another name."""
        exchanged, named = self.exchanged(seed), dict[str, str]()

        def word(given: str) -> str:
            lower = given.lower()
            if lower in exchanged:
                return exchanged[lower] if given.islower() else exchanged[lower].capitalize()
            if given.islower() or lower in self.counts or len(given) < 3:
                return given
            if given not in named:
                named[given] = made_up(random.Random(f"{seed} {given}")).capitalize()
            return named[given]

        return word


def made_up(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3))))


def told(
    storylines: Sequence[Storyline], count: int, *, day: date | None = None
) -> Iterator[Article]:
    """So many articles, the same for every run; all of `day`, or of the days that their models are
    of.
    """
    vocabulary = Vocabulary([article for one in storylines for article in one.articles])
    made = ((turn, one) for turn in range(count) for one in storylines)
    number = 0
    for turn, one in made:
        for article in _tellings(vocabulary, one, turn):
            if number == count:
                return
            published = Moment.on(day) if day else article.published
            name = f"{number:016x}"
            yield replace(
                _analysed(article),
                id=name,
                published=published,
                document=f"{number}.txt",
                copies=(),
            )
            number += 1


def retold(vocabulary: Vocabulary, one: Storyline, turn: int) -> tuple[Article, ...]:
    """A storyline's articles as another country's news, each told once, not analysed; ids and days
    are its own.
    """
    words = vocabulary.turned(str(turn))
    return tuple(_changed(article, words, {}, random.Random(0), turn) for article in one.articles)


def _tellings(vocabulary: Vocabulary, one: Storyline, turn: int) -> Iterator[Article]:
    words = vocabulary.turned(str(turn))
    for telling in range(random.Random(f"{turn} {one.id}").choice(TOLD_BY)):
        other = vocabulary.exchanged(f"{turn} {one.id} {telling}") if telling else {}
        for place, article in enumerate(one.articles):
            yield _changed(
                article, words, other, random.Random(f"{turn} {one.id} {telling} {place}"), turn
            )


def _changed(
    article: Article, words: Words, other: Mapping[str, str], chance: random.Random, turn: int
) -> Article:
    own = {word: new for word, new in sorted(other.items()) if chance.random() < OWN}

    def word(found: re.Match[str]) -> str:
        turned = words(found[0])
        return own.get(turned, turned)

    def figure(found: re.Match[str]) -> str:
        return found[0][:-1] + str((int(found[0][-1]) + turn) % 10)

    def changed(text: str) -> str:
        return FIGURE.sub(figure, WORD.sub(word, text))

    return replace(
        article,
        text=changed(article.text),
        headline=changed(article.headline) if article.headline else None,
        outlet=f"Outlet {chance.randrange(OUTLETS)}" if other else article.outlet,
        url=None,
    )


def _analysed(article: Article) -> Article:
    spoken = article.language or "en"
    return replace(
        article,
        analysis=language.analyse(article.text, language=spoken),
        headline_terms=language.extract_terms(article.headline, language=spoken)
        if article.headline
        else (),
    )
