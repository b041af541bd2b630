"""Who an edition is for: rules in, what they say about an article or a storyline out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import Literal

from briefing import language
from briefing.model import Article, Storyline, fold_case

OPENING = 3  # sentences that may stand in for a headline
HALF = 0.5  # of a storyline's articles a rule must fit before it fits the storyline
Scope = Literal["headline", "text", "outlet", "storyline"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What an article may be recognised by: any one of these is enough. Words are whole ones, in
    any case.
    """

    words: tuple[str, ...] = ()  # or phrases, in headline or text
    names: tuple[str, ...] = ()  # proper names, in any of their spellings
    outlets: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # of the documents: "press/north" holds what lies below it
    languages: tuple[str, ...] = ()

    def fits(self, article: Article) -> bool:
        return (
            has_words_in_article(article, self.words)
            or _has_names(article, self.names)
            or (
                bool(self.outlets)
                and normalise_outlet(article.outlet or "")
                in {normalise_outlet(one) for one in self.outlets}
            )
            or any(
                PurePosixPath(article.document).is_relative_to(folder) for folder in self.folders
            )
            or article.language in self.languages
        )

    def share(self, articles: Sequence[Article]) -> float:
        return sum(self.fits(article) for article in articles) / len(articles) if articles else 0.0


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Interest:
    """Points that a storyline of such articles gets, all of them when every article fits; below 0
    it sinks.
    """

    name: str
    rule: Rule
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Mute:
    """Words (names in any spelling) that this reader does not want to meet, where to look for them,
    and until when.
    """

    words: tuple[str, ...]
    scope: Scope = "text"
    until: date | None = None  # last day it holds; None for ever

    def holds(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def hides(self, article: Article) -> bool:
        """For all scopes but "storyline". A reprint's headline counts as its own."""
        if self.scope == "outlet":
            return normalise_outlet(article.outlet or "") in {
                normalise_outlet(word) for word in self.words
            }
        if self.scope == "text" and has_words_in_article(article, self.words):
            return True
        if self.scope not in ("headline", "text") or not (
            article.copies or _may_have_words(article, self.words)
        ):
            return False
        return has_words(
            "\n".join(one.headline or _opening_text(one) for one in (article, *article.copies)),
            self.words,
        )

    def hides_all(self, storyline: Storyline) -> bool:
        if self.scope != "storyline":
            return False
        return storyline.id in self.words or has_words(
            "\n".join(
                [str(storyline.headline), *(one.headline or "" for one in storyline.articles)]
            ),
            self.words,
        )

    def __str__(self) -> str:
        until = f" until {self.until.isoformat()}" if self.until else ""
        return f"'{', '.join(self.words)}' in the {self.scope}{until}"


@dataclass(frozen=True, slots=True)
class Audience:
    """Everything an edition is told about its reader. The default has no wishes."""

    sections: tuple[Section, ...] = ()  # the first that fits; without any, the outlets' own
    elsewhere: str = "Elsewhere"  # where none fits
    interests: tuple[Interest, ...] = ()
    mutes: tuple[Mute, ...] = ()
    keeps: tuple[Rule, ...] = ()  # may lead by this rule alone
    pinned: tuple[str, ...] = ()  # ids of storylines that may lead by an editor's word alone
    follows: tuple[
        str, ...
    ] = ()  # ids or words of headlines of storylines that are named when they are quiet
    weights: Mapping[str, float] = field(
        default_factory=dict, hash=False
    )  # outlet -> points beside 1
    owners: Mapping[str, str] = field(
        default_factory=dict, hash=False
    )  # outlet -> owner: one owner is one source
    not_alone: tuple[str, ...] = ()  # outlets whose word alone is not printed
    languages: tuple[str, ...] = ()  # of articles; without any, all
    leads_per_section: int = 0  # 0 for no cap
    leads_per_person: int = 0


def _opening_text(article: Article) -> str:
    """What may stand in for a headline where none is stated."""
    return (
        article.text[: article.sentences[:OPENING][-1].stop] if article.sentences else article.text
    )


def normalise_outlet(outlet: str) -> str:
    """However it is written: "The Courier" is "COURIER"."""
    return " ".join(outlet.casefold().split()).removeprefix("the ")


def has_words(text: str, words: tuple[str, ...]) -> bool:
    return bool(words) and bool(_word_pattern(words).search(text))


def has_words_in_article(article: Article, words: tuple[str, ...]) -> bool:
    """Whether headline or text hold any of the words."""
    return _may_have_words(article, words) and has_words(
        f"{article.headline or ''}\n{article.text}", words
    )


def _may_have_words(article: Article, words: tuple[str, ...]) -> bool:
    """False only where headline and text hold none of the words, not even inside others: forty
    times as fast to ask.
    """
    return any(word in article.folded for word in _folded_spellings(words))


@cache
def _all_spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(spelling for word in words for spelling in language.name_spellings(word))
    )


@cache
def _folded_spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold_case, _all_spellings(words)))


@cache
def _word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in _all_spellings(words)),
        re.IGNORECASE,
    )


def _has_names(article: Article, names: tuple[str, ...]) -> bool:
    wanted = {language.canonical_name(name) for name in names}
    return bool(wanted) and any(
        language.canonical_name(name.of(article.text)) in wanted for name in article.analysis.names
    )
