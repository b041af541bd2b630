"""an article > its direct quotations with their speakers, found by rule: "They said".

A quotation is given only with a name that its own sentence ties to a verb of speech ("…", said
Marit Osei; Tomas Brekke told the Courier: "…"). A pronoun, a spokesman for somebody, two names:
refused. Precision before recall.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from briefing.language import content_words, load_lexicon
from briefing.model import Article, Quote, Span
from briefing.summaries.coherence.pronouns import find_antecedent
from briefing.summaries.coherence.sentence_faults import find_faults

FEWEST = 7  # content words: what is shorter is a phrase, not a statement
QUOTATION = re.compile(r"“[^“”\n]{20,}?”|\"[^\"\n]{20,}?\"|«[^«»\n]{20,}?»|„[^„“”\n]{20,}?[“”]")
SINGLE = re.compile(r"(?<![\w’'])['‘](?:[^'’‘\n]|['’](?=\w)){20,}?[,.!?…]['’](?!\w)")
# "Ari Holm of Brekke, Osei & Voss said": the rest of a firm's name.
OF_A_FIRM = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\s(?:of|at|from|for|with)\s[^,;:“\"§]*,\s\Z")
MASK = "§"
LONGEST = (
    2_000  # characters of a sentence that is looked into: one of 350 words is no sentence to print
)
WINDOW = 80  # characters between a quotation and its speaker


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence that quotes somebody: the words said, and the name of who said them, both in the
    same article.
    """

    quote: Quote  # the whole sentence
    words: Span  # the quotation in it
    speaker: Span
    resolved: bool = (
        False  # the sentence says "he" or "she": the name stands at most one sentence before it
    )

    def __str__(self) -> str:
        return self.speaker.of(self.quote.article.text)


@dataclass(frozen=True)
class Speech:
    """The expressions of one language."""

    after: re.Pattern[
        str
    ]  # between a closing mark and a name: "said the union leader ", "said its director, "
    verb_next: re.Pattern[str]  # a verb of speech directly after a name
    apposition: re.Pattern[str]  # ", who leads the union, said"
    goes_on: re.Pattern[str]  # what may follow a name after the verb


@cache
def _speech_patterns(language: str) -> Speech:
    words = load_lexicon(language)
    verbs, titles = words.alternatives("speech"), words.alternatives("titles_before_names")
    determiners = words.alternatives("determiners")
    function = "|".join(re.escape(word) for word in sorted(words.stop_words))
    return Speech(
        after=re.compile(
            rf"\s*,?\s*(?:has |had |also |later )?(?:{verbs})\s+(?:the\s+)?"
            rf"(?:(?:{titles})\.?\s+|(?!(?:{function})\s)[a-z-]+\s+){{0,4}}\Z"
            rf"|\s*,?\s*(?:{verbs})\s+(?:{determiners})\s+(?:(?!(?:{function})\s)[a-z’'-]+\s+){{0,3}}[a-z-]+,\s+\Z",
            re.IGNORECASE if language != "en" else 0,
        ),
        verb_next=re.compile(rf"\s+(?:has |had |also |later |then )?(?:{verbs})\b"),
        apposition=re.compile(rf",\s[^,“\"§.;:]{{2,70}},\s(?:{verbs})\b"),
        goes_on=re.compile(rf"[.,;:”\"]|\s\([A-Z]|\s+(?:{function})\b|$"),
    )


def extract_quotations(
    article: Article, *, fewest: int = FEWEST, pronouns: bool = False
) -> list[Spoken]:
    """Quotations of more than six content words with a certain speaker, in order; one a sentence.

    With `pronouns`, also those of "he said" and "she said" where one person alone can be meant: to
    be printed only with the name beside them.
    """
    sentences = article.sentences
    before = (None, *sentences) if pronouns else (None,) * len(sentences)
    found = (
        attribute_quotation(article, span, previous, fewest=fewest)
        for span, previous in zip(sentences, before, strict=False)
    )
    return [one for one in found if one]


def attribute_quotation(
    article: Article, span: Span, previous: Span | None = None, *, fewest: int = FEWEST
) -> Spoken | None:
    """The quotation of a sentence and its speaker; None when there is none, or any doubt.

    `previous` is the sentence before it, when a pronoun may be resolved.
    """
    if len(span) > LONGEST:
        return None
    text, language = span.of(article.text), article.language or "en"
    quotations = list(QUOTATION.finditer(text)) or (
        list(SINGLE.finditer(text)) if language == "en" else []
    )
    if not quotations or find_faults(text, language=language):
        return None
    longest = max(
        quotations, key=lambda match: len(content_words(match.group(), language=language))
    )
    if len(content_words(longest.group(), language=language)) < fewest:
        return None
    masked = text
    for match in quotations:
        masked = masked[: match.start()] + MASK * len(match.group()) + masked[match.end() :]
    names = [
        Span(n.start - span.start, n.stop - span.start)
        for n in article.analysis.names
        if _is_within(n, span)
    ]
    outside = [name for name in names if MASK not in name.of(masked)]
    speakers = [
        name
        for name in outside
        if _is_speaker(masked, name, _speech_patterns(language), outside, language)
    ]
    start = span.start
    words = Span(start + longest.start(), start + longest.end())
    if len(speakers) == 1:
        speaker = Span(start + speakers[0].start, start + speakers[0].stop)
        return Spoken(Quote(article, span), words, speaker)
    meant = find_antecedent(article, span, masked, previous) if previous and not speakers else None
    return Spoken(Quote(article, span), words, meant, resolved=True) if meant else None


def _is_within(name: Span, span: Span) -> bool:
    return span.start <= name.start and name.stop <= span.stop


def _is_speaker(
    masked: str, name: Span, given: Speech, others: Sequence[Span], language: str
) -> bool:
    """Whether the sentence outside its quotations says that this name says it."""
    left, right = masked[: name.start], masked[name.stop :]
    if right.startswith(("'", "’", " and ", " & ", "-")) or left.endswith(
        (" and ", " & ", "-", "@", "#")
    ):
        return False
    if re.search(r"['’]s?\s\Z", left) and " " not in name.of(masked):
        return False  # the People's Daily: half a name
    before = left[left.rfind(MASK) + 1 :] if MASK in left else None
    if before is not None and len(before) <= WINDOW and given.after.match(before):
        return bool(given.goes_on.match(right))
    if not _may_be_subject(left, language):
        return False
    if given.verb_next.match(right):
        return _is_near_quotation(masked, name)
    apposition = given.apposition.match(right)
    inside = apposition and any(
        name.stop < other.start < name.stop + apposition.end() for other in others
    )
    plain = right[
        2:3
    ].islower()  # "Marit Osei, leader of the Harbour Workers' Union, said", but no row of names
    return bool(apposition) and (plain or not inside) and _is_near_quotation(masked, name)


def _may_be_subject(left: str, language: str) -> bool:
    """Whether a name can be its clause's subject: not "a spokesman for X", "the office of X", "X's
    lawyer Y".
    """
    if OF_A_FIRM.search(left):
        return False
    words = re.findall(r"[\w’'.-]+|[,;:”\"§]", left)
    titles = load_lexicon(language).words("titles_before_names")
    while words and words[-1].lower().rstrip(".") in titles:
        words.pop()
    refused = load_lexicon(language).words("prepositions") - {
        "the",
        "a",
        "an",
        "until",
        "since",
        "like",
    }
    recent = words[-4:]
    return (
        not any(word.lower() in refused for word in recent) or not recent or recent[-1] in ',;:"”§'
    )


def _is_near_quotation(masked: str, name: Span) -> bool:
    """Whether a quotation begins soon after a name, or ends just before it."""
    ahead = masked.find(MASK, name.stop)
    behind = masked.rfind(MASK, 0, name.start)
    return 0 <= ahead - name.stop <= WINDOW or (behind >= 0 and name.start - behind <= WINDOW // 2)
