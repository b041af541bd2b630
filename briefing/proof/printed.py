"""An edition's view and a rendition in, faults out: sentences, their order, labels beside them,
links, the digest.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from urllib.parse import unquote

from briefing.errors import BriefingError
from briefing.model import Rendition
from briefing.proof.readings import Reading, extract_readings
from briefing.renditions import View, missing_sentences, visible_text
from briefing.renditions.context.view import Group, Sentence
from briefing.renditions.localisation.catalogue import OPENING

WHOLE = (
    ".md",
    ".pdf",
    "page.html",
    ".epub",
    ".xml",
)  # print all of the edition's digest, others its first 16 digits
MARKS = "()[],.·*-–—<>|"  # that a rendition may set between a sentence and its label
MARGIN = 300  # letters around a sentence in which a note in the margin is drawn, before it or after
# characters, marks and white space left out, between a sentence and its label: a day in a timeline
GAP = 12
DAMAGED = (
    AttributeError,
    TypeError,
    AssertionError,
    zlib.error,
    zipfile.BadZipFile,
)  # of readers given broken objects


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must stand in a rendition at one place: sentences of one source, its label, its link."""

    sentences: tuple[str, ...]
    label: str
    link: str | None
    page: str | None
    accounts: bool  # side by side, and the label may stand before
    headline: (
        bool  # a word of the program stands between it and the outlet: "Headline: Marrow Wire"
    )


def rendition_faults(rendition: Rendition, view: View, digest: str) -> Iterator[str]:
    """Every fault as a sentence; `digest` is that of edition.json."""
    from lxml.etree import LxmlError
    from pypdf.errors import PyPdfError

    try:
        found = list(extract_readings(rendition))
    except (
        BriefingError,
        LxmlError,
        PyPdfError,
        ValueError,
        LookupError,
        OSError,
        EOFError,
        *DAMAGED,
    ) as error:
        yield f"{rendition.name}: it cannot be read as what it is ({error}); restore the file"
        return
    wanted = [_expected_passage(group, accounts=accounts) for group, accounts in _list_groups(view)]
    yield from _message_id_faults(rendition, digest)
    notice = _strip_spaces(view.say(OPENING))
    for reading in found:
        there = (
            _filter_shortened(reading, wanted)
            if notice in reading.text or reading.margins
            else wanted
        )
        if reading.margins:
            yield from _unprinted_faults(rendition, view)
            yield from _headline_faults(reading, [one for one in there if one.headline])
        yield from _placement_faults(
            reading, [one for one in there if not (one.headline and reading.margins)]
        )
        yield from _link_faults(reading, there)
        yield from _digest_faults(reading, rendition, digest)


def _unprinted_faults(rendition: Rendition, view: View) -> Iterator[str]:
    """Sentences and headlines that a PDF does not hold, over the ends of pages and in whatever
    script.
    """
    headlines = [lead.headline for lead in view.leads]
    absent = (
        *missing_sentences(rendition, view.sentences),
        *(one for head in headlines for one in missing_sentences(rendition, [head])),
    )
    for sentence in absent:
        yield f"{rendition.name}: this sentence is not in its place, word for word: '{sentence}'"


def _filter_shortened(reading: Reading, wanted: Sequence[Wanted]) -> list[Wanted]:
    """Of a message that says it was shortened what is left: whole groups, or the first sentence of
    one.

    Of a PDF what its text gives back in one piece: the rest is looked for page by page.
    """
    return [
        replace(
            one, sentences=tuple(sentence for sentence in one.sentences if sentence in reading.text)
        )
        for one in wanted
        if one.sentences[0] in reading.text
    ]


def _list_groups(view: View) -> Iterator[tuple[Group, bool]]:
    """Headlines and sentences with their source, in the order every rendition prints them; whether
    one of accounts.
    """
    for lead in view.leads:
        yield Group((Sentence(lead.headline, None, ()),), lead.headline_source), False
        yield from ((group, False) for group in lead.groups)
        for part in lead.parts:
            yield from ((group, part.kind == "accounts") for group in part.groups)
    for section in view.sections:
        for brief in section.briefs:
            yield from ((group, False) for group in brief.groups)


def _expected_passage(group: Group, *, accounts: bool) -> Wanted:
    sentences = tuple(_strip_spaces(sentence.text) for sentence in group.sentences)
    headline = not group.sentences[0].stretches
    label = _strip_marks(group.source.outlet if headline else group.source.label)
    return Wanted(
        sentences,
        label,
        group.source.link,
        None if headline else group.source.page,
        accounts,
        headline,
    )


def _headline_faults(reading: Reading, wanted: Sequence[Wanted]) -> Iterator[str]:
    """Headlines that stand nowhere with their outlet behind them; running heads and lists of them
    are all over.
    """
    return (
        _headline_fault(reading, one)
        for one in wanted
        if _find_headline(reading.text, one, 0, len(reading.text)) is None
    )


def _headline_fault(reading: Reading, one: Wanted) -> str:
    return (
        f"{reading.name}: this headline does not stand there with its outlet, "
        f"'{one.label}': '{one.sentences[0]}'"
    )


def _find_headline(text: str, one: Wanted, place: int, bound: int) -> int | None:
    """Where a headline ends that begins within these bounds and has its outlet behind it; None
    where none does.
    """
    (headline,) = one.sentences
    start = text.find(headline, place)
    while 0 <= start <= bound:
        stop = start + len(headline)
        if one.label in _strip_marks(text[stop : stop + len(one.label) + 2 * GAP + 20]):
            return stop
        start = text.find(headline, start + 1)
    return None


def _placement_faults(reading: Reading, wanted: Sequence[Wanted]) -> Iterator[str]:
    """Headlines and sentences that are not there, word for word and in order, or have another label
    beside them.

    A headline stands before the first sentence below it: lists of headlines and the ledger hold it
    once more.
    """
    place = 0
    for one, below in zip_longest(wanted, wanted[1:]):
        if one.headline:
            bound = reading.text.find(below.sentences[0], place) if below else -1
            head = _find_headline(
                reading.text, one, place, bound if bound >= 0 else len(reading.text)
            )
            if head is None:
                yield _headline_fault(reading, one)
            place = head or place
            continue
        stop = _find_labelled_sentences(reading, one, place)
        if stop is not None:
            place = stop
            continue
        absent = [sentence for sentence in one.sentences if reading.text.find(sentence, place) < 0]
        for sentence in absent:
            yield f"{reading.name}: this sentence is not in its place, word for word: '{sentence}'"
        if not absent:
            yield (
                f"{reading.name}: its source is not named as '{one.label}' behind: "
                f"'{one.sentences[-1]}'"
            )


def _find_labelled_sentences(reading: Reading, one: Wanted, place: int) -> int | None:
    """Where the sentences of one source end that have their label beside them; None where none are.

    The same words may stand there before, as a headline: they are looked for as often as they
    stand.
    """
    start = reading.text.find(one.sentences[0], place)
    while start >= 0:
        stop = _sentences_end(reading.text, one.sentences, start)
        if stop is None:
            return None
        behind = _strip_marks(reading.text[stop : stop + len(one.label) + GAP + 20]).startswith(
            one.label
        )
        before = one.accounts and _strip_marks(
            reading.text[:start][-len(one.label) - GAP - 20 :]
        ).endswith(one.label)
        around = (
            _strip_marks(reading.text[max(0, start - MARGIN) : stop + MARGIN])
            if reading.margins
            else ""
        )
        if behind or before or one.label in around:
            return stop
        start = reading.text.find(one.sentences[0], start + 1)
    return None


def _sentences_end(text: str, sentences: Sequence[str], start: int) -> int | None:
    """Where sentences end that follow one another from there; None where one is missing."""
    for sentence in sentences:
        at = text.find(sentence, start)
        if at < 0:
            return None
        start = at + len(sentence)
    return start


def _link_faults(reading: Reading, wanted: Sequence[Wanted]) -> Iterator[str]:
    """Links to the sentences that are not there in their order; in plain text those to the
    pages.
    """
    links = map(unquote, reading.links)  # Markdown writes more of an address in percent codes
    for one in wanted:
        link = one.page if reading.plain else one.link
        if link and unquote(link) not in links:  # goes on to behind the one that was found
            yield f"{reading.name}: the link to the source is not there: {link}"
            return


def _message_id_faults(rendition: Rendition, digest: str) -> Iterator[str]:
    """A message whose name is not made of the edition's digest."""
    called = re.search(rb"(?mi)^message-id: *<[^.<>]*\.([^@>]{24,})@", rendition.content)
    if rendition.media_type == "message/rfc822" and (
        not called or not digest.encode().startswith(called[1])
    ):
        yield f"{rendition.name}: its Message-ID is not that of this edition"


def _digest_faults(reading: Reading, rendition: Rendition, digest: str) -> Iterator[str]:
    wanted = digest if rendition.name.endswith(WHOLE) else digest[:16]
    front = (
        re.search(rb"(?m)^edition: (.*)$", rendition.content)
        if rendition.name.endswith(".md")
        else None
    )
    if wanted not in reading.text or (
        front and front[1].decode(errors="replace").strip() != digest
    ):
        yield f"{reading.name}: it does not state the digest of this edition.json"


def _strip_spaces(text: str) -> str:
    return "".join(visible_text(text).split())


def _strip_marks(text: str) -> str:
    return "".join(letter for letter in _strip_spaces(text) if letter not in MARKS)
