"""A line of running text in, the stretches of it that are no part of the article out, each with its
reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing import language
from briefing.articles import word_lists
from briefing.articles.boilerplate import rules
from briefing.articles.metadata import credit_lines

_CREDIT = re.compile(
    r"\(\s*(?:Image|Picture|Photo(?:graph)?|Pic|Foto|Bild|Credit|IMAGE|PHOTO|Illustration)s?\s*(?:by|credit)?\s*:?[^()]{0,100}\)"
)
_MARKED = re.compile(r"[:>|]")
_SPACE = re.compile(r"\s+")
LONGEST_CAPTION = 3_000  # characters of thirty words
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=\S)")
_FUNCTION = r"(?:The|A|An|In|On|At|It|He|She|They|But|And|This|There|After|When|As|With|For|More)"
_VERB = r"(?:is|are|was|were|has|have|had|will|would|could|can|may|said|says|plans?|wants?|announced|told|became)"
_GLUE = re.compile(
    rf"(?<=[a-z0-9])\s(?=(?:{_FUNCTION}\s[a-z]|[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+){{0,3}}\s{_VERB}\s))"
)
# A headline has no full stop: the text goes on where a sentence opens after it.
_GLUE_AFTER_TITLE = re.compile(
    r"(?<=[\w'’\"”?!])\s(?=(?:"
    + _FUNCTION[3:-1]
    + r"|No|We|I|His|Her|Its|Their|That|These|Those|One|Some|Many|Most|All)\s[a-z])"
)


@dataclass(frozen=True, slots=True)
class Cut:
    start: int
    stop: int
    reason: str


def find_cuts(text: str, headline: str | None, *, first: bool) -> list[Cut]:
    """Stretches to be cut from one line, in order and apart from each other."""
    found = [
        *_opening_cuts(text, headline, first=first),
        *(_phrase_cuts(text) if word_lists.has_sign(text, "phrases") else ()),
        *(_glued_cuts(text) if word_lists.has_sign(text, "glued") else ()),
        *(_caption_cuts(text) if "(" in text else ()),
        *(_label_cuts(text) if _MARKED.search(text) else ()),
        *(_sentence_cuts(text) if word_lists.has_sign(text.lower(), "sentences") else ()),
    ]
    return _merge_cuts(text, found) if found else []


def _opening_cuts(text: str, headline: str | None, *, first: bool) -> Iterator[Cut]:
    """The headline said again, a date line of an agency."""
    start = 0
    if headline and _has_repeated_headline(text, headline):
        yield Cut(0, len(headline), "headline repeated")
        start = len(headline)
    if first or start:
        rest = text[start:].lstrip(" \xa0:|–—-") if start else text
        if dated := credit_lines.parse_dateline(rest):
            yield Cut(len(text) - len(rest), len(text) - len(rest) + dated[0], "dateline")


def _has_repeated_headline(text: str, headline: str) -> bool:
    if len(text) <= len(headline) + 20 or text[0].casefold()[0] != headline[0].casefold()[0]:
        return False
    return text.casefold().startswith(headline.casefold()) and text[len(headline)] in " \t\xa0:|–—-"


def _phrase_cuts(text: str) -> Iterator[Cut]:
    for match in word_lists.compile_pattern("inside", "phrases").finditer(text):
        yield Cut(match.start("cut"), match.end("cut"), "promotion")


def _glued_cuts(text: str) -> Iterator[Cut]:
    """Captions, links and buttons that a scrape ran into the text."""
    for reason, signs, pattern in word_lists.glued_patterns():
        if any(map(text.__contains__, signs)):
            for match in pattern.finditer(text):
                start, stop = match.span("cut")
                yield Cut(
                    start + (text[start].isspace() and text[stop : stop + 1].isspace()),
                    stop,
                    reason,
                )


def _caption_cuts(text: str) -> Iterator[Cut]:
    """A credit in brackets, and the caption before it back to the end of the last sentence."""
    named = list(_CREDIT.finditer(text))
    ends = [end.end() for end in _SENTENCE_END.finditer(text)] if named else []
    for match in named:
        before = bisect_left(ends, match.start())
        start = ends[before - 1] if before else 0
        near = match.start() - start <= LONGEST_CAPTION
        short = near and len(text[start : match.start()].split()) <= 30
        yield Cut(start if short else match.start(), match.end(), "caption")


def _label_cuts(text: str) -> Iterator[Cut]:
    """A "MORE: another headline" glued to a text: to the end, or to the end of its sentence when
    much text follows.
    """
    found = (
        list(word_lists.compile_pattern("inside", "label").finditer(text))
        if word_lists.has_sign(text, "labels")
        else []
    )
    if not found:
        return
    rest, opened = text[found[0].start() :], found[0].end() - found[0].start()
    stop = len(rest) if len(found) > 1 else _end_of_title(rest, opened)
    yield Cut(found[0].start(), found[0].start() + stop, "link to another article")


def _end_of_title(rest: str, opened: int) -> int:
    end = _SENTENCE_END.search(rest)
    glue = _GLUE_AFTER_TITLE.search(rest, opened + 10) if rest.rstrip().endswith(".") else None
    if glue:
        return glue.start()
    return end.end() if end and len(rest[end.end() :].split()) > 12 else len(rest)


def _sentence_cuts(text: str) -> Iterator[Cut]:
    """Whole sentences that advertise: the sentence itself and those before it that lead up
    to it.
    """
    if not word_lists.has_sign(text.lower(), "triggers") and not word_lists.compile_pattern(
        "inside", "trigger"
    ).search(text):
        return
    spans = language.split_sentences(text)
    for i, span in enumerate(spans):
        sentence = span.of(text)
        reason = (
            rules.classify_sentence(sentence)
            if word_lists.has_sign(sentence.lower(), "sentences")
            else None
        )
        if not reason:
            continue
        first = i
        while (
            reason.startswith("newsletter")
            and first > max(0, i - 3)
            and _is_lead_up(spans[first - 1].of(text))
        ):
            first -= 1
        yield Cut(spans[first].start, span.stop, reason)


def _is_lead_up(sentence: str) -> bool:
    return bool(word_lists.compile_pattern("inside", "reader").search(sentence)) and not re.search(
        r"[\"“”‘]|^'", sentence
    )


def find_glued_standfirst(text: str) -> int | None:
    """Where a lead begins that is glued to a standfirst without a full stop; None where nothing
    shows it.

    The evidence: a capitalised sentence opening after a small letter, and words of the lead said
    twice in a row.
    """
    end = _SENTENCE_END.search(text)
    head = text[: end.end() if end else 600]
    for match in _GLUE.finditer(head):
        before, after = head[: match.start()], head[match.end() :]
        if (
            len(before.split()) >= 6
            and len(after.split()) >= 6
            and _has_shared_trigram(before, after)
        ):
            return match.start()
    return None


def _has_shared_trigram(before: str, after: str) -> bool:
    """Three or more words in a row that stand on both sides: a standfirst says what the
    lead says.
    """
    one, two = (re.findall(r"\w+", side.casefold()) for side in (before, after))
    runs = {tuple(one[i : i + 3]) for i in range(len(one) - 2)}
    return any(tuple(two[i : i + 3]) in runs for i in range(len(two) - 2))


def _merge_cuts(text: str, found: Sequence[Cut]) -> list[Cut]:
    """In order, overlaps merged, each with the space after it (or before it, at the end of the
    line).
    """
    joined: list[Cut] = []
    for cut in sorted(found, key=lambda each: (each.start, -each.stop)):
        space = _SPACE.match(text, cut.stop)
        stop = space.end() if space else cut.stop
        if joined and cut.start <= joined[-1].stop:
            joined[-1] = Cut(joined[-1].start, max(stop, joined[-1].stop), joined[-1].reason)
        else:
            joined.append(Cut(cut.start, stop, cut.reason))
    return joined
