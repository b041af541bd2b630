"""An article and a copy of it in, what the copy adds and what it leaves out: whole sentences, each
by its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing import language
from briefing.articles.deduplication.shingles import plain_words
from briefing.model import Article, Quote, Span

WIDTH = 3  # words a group: a sentence of a copy with a word changed still shares most of them
ANEW = 0.5  # share of its groups that the other text has, below which a sentence is not the other's


@dataclass(frozen=True)
class Edits:
    """What an edited copy did, in reading order of either text; nothing of both for a reprint."""

    added: tuple[Quote, ...]  # of the copy
    left_out: tuple[Quote, ...]  # of the original

    def __str__(self) -> str:
        said = [f"adds {_sentence_count(self.added)}"] if self.added else []
        said += [f"leaves out {_sentence_count(self.left_out)}"] if self.left_out else []
        return " and ".join(said) or "the same sentences"


def find_edits(original: Article, copy: Article) -> Edits:
    """The sentences of each that the other has not, a changed word or two apart. Cost: about 1 ms a
    pair.
    """
    return Edits(_new_sentences(copy, original), _new_sentences(original, copy))


def _new_sentences(one: Article, other: Article) -> tuple[Quote, ...]:
    held = _word_groups(plain_words(other.text))
    return tuple(
        Quote(one, span) for span in _sentence_spans(one) if not _is_shared(span.of(one.text), held)
    )


def _sentence_spans(article: Article) -> Sequence[Span]:
    return article.sentences or language.split_sentences(
        article.text, language=article.language or "en"
    )


def _is_shared(sentence: str, held: frozenset[tuple[str, ...]]) -> bool:
    groups = _word_groups(plain_words(sentence))
    return not groups or len(groups & held) >= ANEW * len(groups)


def _word_groups(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[i : i + WIDTH]) for i in range(len(words) - WIDTH + 1))


def _sentence_count(quotes: Sequence[Quote]) -> str:
    return f"{len(quotes)} sentence{'s' if len(quotes) > 1 else ''}"
