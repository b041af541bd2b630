"""a quotation that "he" or "she" says, the sentence before it > the one person who can be meant, or
None.

Given only where one person alone is named in both sentences, nobody else is spoken of, the person's
title is not of the other sex, and the person is named by two words at least once in the article.
English.
"""

from __future__ import annotations

import re
from functools import cache

from briefing.language import load_lexicon
from briefing.model import Article, Span

WORD = re.compile(r"[^\W\d_][\w’'.-]*")
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|(?<!\w)['‘](?:[^'’]|['’](?=\w))*['’](?!\w)")
PRONOUN = re.compile(r"\b(?:he|she|his|her|they)\b", re.IGNORECASE)
VERB = re.compile(r"\w{2,}ed|was|were|is|are|has|had|told|met|saw|gave|made|took|sent")
POSSESSED = ("'", "’")  # behind a name: what it has is spoken of, not it


@cache
def _speech_pattern() -> re.Pattern[str]:
    verbs = load_lexicon("en").alternatives("speech")
    said = (
        rf"(?:he|she)\s+(?:has |had |also |later |then )?(?:{verbs})\b|(?:{verbs})\s+(?:he|she)\b"
    )
    return re.compile(rf"§[\s,]*(?P<behind>{said})|(?P<ahead>{said})[^§]{{0,40}}§", re.IGNORECASE)


def find_antecedent(article: Article, span: Span, masked: str, previous: Span) -> Span | None:
    """The name of who is meant; `masked` is the sentence with its quotations blotted out by "§"."""
    if (article.language or "en") != "en" or not (match := _speech_pattern().search(masked)):
        return None
    pronoun = re.search(r"\b(he|she)\b", match.group(), re.IGNORECASE)
    before = QUOTED.sub(lambda quoted: "§" * len(quoted.group()), previous.of(article.text))
    if not pronoun or _has_unnamed_people(before) or _has_unnamed_people(masked[: match.start()]):
        return None
    named = [
        name
        for name in article.analysis.names
        if _is_inside_sentence(name, previous, before) or _is_inside_sentence(name, span, masked)
    ]
    people = [name for name in named if _is_person_name(article, name)]
    doubtful = [name for name in named if name not in people and not _is_governed(article, name)]
    if not people or doubtful or len({_surname(article, name) for name in people}) > 1:
        return None
    best = people[-1]
    if (
        article.text[best.stop : best.stop + 1] in POSSESSED
        or best.start > span.start + match.start()
    ):
        return None
    first = before[: max(0, people[0].start - previous.start)]
    if _is_governed(article, people[0]) or PRONOUN.search(first) or _is_object(first):
        return None
    return best if _may_match_pronoun(article, best, pronoun[1].lower()) else None


def _is_inside_sentence(name: Span, sentence: Span, masked: str) -> bool:
    """Whether a name stands in a sentence, outside its quotations."""
    start = name.start - sentence.start
    return (
        sentence.start <= name.start
        and name.stop <= sentence.stop
        and "§" not in masked[start : start + len(name)]
    )


def _has_unnamed_people(masked: str) -> bool:
    """Whether a sentence speaks of somebody without a name."""
    return not load_lexicon("en").words("people_words").isdisjoint(WORD.findall(masked.lower()))


def _is_person_name(article: Article, name: Span) -> bool:
    """Whether a name is a person's: two to four words that end no institution's name, or the last
    of such a name.
    """
    words = name.of(article.text).split()
    if len(words) > 1:
        return _is_full_name(words)
    return any(
        (other := each.of(article.text).split())[-1] == words[0]
        and len(other) > 1
        and _is_full_name(other)
        for each in article.analysis.names
    ) or bool(_title_before(article, name))


def _is_full_name(words: list[str]) -> bool:
    plain = all(
        re.fullmatch(r"[A-ZÀ-Þ][\w’'.-]*|de|la|van|von|der|bin|al|ibn|da|di", word)
        for word in words
    )
    institution = load_lexicon("en").words("not_persons")
    return (
        plain
        and len(words) <= 4
        and not any(word.lower() in institution or word.isupper() for word in words)
    )


def _surname(article: Article, name: Span) -> str:
    return name.of(article.text).split()[-1]


def _title_before(article: Article, name: Span) -> str:
    """The word before a name, when it is a title."""
    words = WORD.findall(article.text[max(0, name.start - 20) : name.start])
    word = words[-1].lower().rstrip(".") if words else ""
    return word if word in load_lexicon("en").words("titles_before_names") else ""


def _may_match_pronoun(article: Article, name: Span, pronoun: str) -> bool:
    """Whether no title anywhere in the article makes the person one of the other sex."""
    wrong = load_lexicon("en").words("female_titles" if pronoun == "he" else "male_titles")
    same = [
        each
        for each in article.analysis.names
        if _surname(article, each) == _surname(article, name)
    ]
    return not any(_title_before(article, each) in wrong for each in same)


def _is_object(before: str) -> bool:
    """Whether a verb stands before a name in its clause ("accused Mr Hall"), other than one of
    speech next to it.
    """
    words = WORD.findall(re.split(r"[,;:§]", before)[-1].lower())
    speech = load_lexicon("en").words("speech")
    words = words[:-1] if words and words[-1] in speech else words
    return any(VERB.fullmatch(word) for word in words)


def _is_governed(article: Article, name: Span) -> bool:
    """Whether a preposition or an article stands before a name, so that it is hardly who acts in
    its sentence.
    """
    directly = re.search(r"(?:[\w’'.-]+\s+)*\Z", article.text[max(0, name.start - 40) : name.start])
    words = directly.group().split() if directly else []
    titles = load_lexicon("en").words("titles_before_names")
    while words and words[-1].lower().rstrip(".") in titles:
        words.pop()
    return bool(words) and words[-1].lower() in load_lexicon("en").words("prepositions")
