"""An edition in, what its templates are given out: every word, date, link and count in its place,
nothing to decide.

The template context: `edition` (a `View`, below) and, in HTML templates, `tokens` (colours and
sizes). All texts are plain and unescaped; the template's own kind escapes them. Links are checked
addresses or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.renditions.context.sparkline import Volume
from briefing.renditions.localisation.catalogue import Messages

OPENINGS = {
    "“": "double",
    "„": "double",
    "«": "double",
    '"': "double",
    "‘": "single",
    "‚": "single",
    "'": "single",
}
LONG = 120  # letters of a headline that print sets in three lines of its large type
MARGIN = 48  # letters of an outlet or a time that fit into two lines of the print edition's margin
CHANGES_ABOVE = (
    4  # lines between the title and the news: more would push the news off a phone's first screen
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a sentence: the source's, or a day in square brackets that the program
    added.
    """

    text: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One quotation: the source's words, days that the program added among them, a link to exactly
    these words.
    """

    text: str  # with what was added
    link: str | None
    stretches: tuple[Stretch, ...]

    @property
    def opening(self) -> str:
        """`double` or `single` where it begins with such a quotation mark: print hangs it into the
        margin.
        """
        return OPENINGS.get(self.text[:1], "")


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """Where sentences stand: outlet and time as far as the article states them, both honest about a
    gap.
    """

    outlet: str  # "outlet not stated" where it is not
    when: (
        str  # "4 March 07:40", "4 March", "date not stated"; behind it "came in late", where it did
    )
    day: str  # "4 March", "date not stated"
    iso: str  # "2026-03-04T07:40+01:00", "2026-03-04", ""
    link: str | None  # to the sentences themselves
    page: str | None  # the plain address, without the sentences
    document: str  # the document it was read from
    stated: bool  # whether the article names its outlet
    sheet: str = ""  # anchor of the article in a pack, which names its page

    @property
    def long(self) -> bool:
        """Whether it takes more lines of a margin than two."""
        return max(len(self.outlet), len(self.when)) > MARGIN

    @property
    def label(self) -> str:
        """`The Halden Courier, 4 March 07:40`; one gap named once."""
        return self.when if not self.stated and not self.iso else f"{self.outlet}, {self.when}"


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive sentences of one article, with the one label they share."""

    sentences: tuple[Sentence, ...]
    source: SourceLabel
    language: str = ""  # of the sentences, where it is known and not the edition's


@dataclass(frozen=True, slots=True)
class Part:
    """A run-in of a lead: "They said", "How it developed" …"""

    title: str
    # "quotations", "timeline", "accounts" (side by side: each of another outlet) or "sentences"
    kind: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    anchor: str
    section: str  # "" where it has none
    status: str  # "New", "Day 3" …
    headline: str
    headline_source: SourceLabel
    headline_quoted: bool  # a sentence of the article stands in for a headline
    headline_language: str  # where it is known and not the edition's
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    also_in: tuple[str, ...]  # outlets that report it too
    reprints: tuple[str, ...]  # outlets that carry a copy: never a second source
    related: tuple[str, ...]  # headlines of the edition's other leads on a neighbouring topic
    volume: Volume | None
    reason: str  # why it is here, in parts

    @property
    def long(self) -> bool:
        """Whether its headline takes a smaller type in print."""
        return len(self.headline) > LONG


@dataclass(frozen=True, slots=True)
class Brief:
    anchor: str
    status: str
    groups: tuple[Group, ...]
    headline: str = (
        ""  # where sentences stand below it; a headline alone is the sentence of its group
    )
    headline_language: str = ""  # where it is known and not the edition's


@dataclass(frozen=True, slots=True)
class Section:
    name: str  # "" where the briefs have none
    briefs: tuple[Brief, ...]
    heading: str = (
        ""  # of the part of the edition that begins with it: "In brief", "Views", "In other news" …
    )


@dataclass(frozen=True, slots=True)
class LedgerLine:
    fate: str
    what: str  # headline, else the document
    outlet: str
    reason: str
    origin: str


@dataclass(frozen=True, slots=True)
class Imprint:
    counts: tuple[str, ...]  # "63 documents", "97 articles" …
    documents: tuple[str, ...]  # "61 read", "2 set aside" …
    articles: tuple[str, ...]  # "18 in leads", "6 folded" …
    set_aside: tuple[LedgerLine, ...]  # documents that could not be read, by name: the first few
    set_aside_more: int  # how many more the ledger names
    licences: tuple[str, ...]  # "Marrow Wire: quotation with credit"
    terms: tuple[str, ...]  # how much may be quoted under which licence, a sentence each
    late: str  # how many reports came in late, in a sentence; else empty
    added: bool  # whether days in square brackets were added
    limit: str  # how much is quoted, in a sentence
    version: str
    digest: str  # SHA-256 of edition.json


@dataclass(frozen=True, slots=True)
class View:
    """An edition as a template sees it."""

    title: str
    profile: str
    date: str  # "Thursday 5 March 2026"
    iso: str  # "2026-03-05"
    updated: str  # RFC 3339, for feeds
    language: str
    direction: str  # "ltr" or "rtl"
    window: str
    kind: str  # "Week", "Extra" …; empty for the edition of a day
    revision: int
    changes: tuple[str, ...]  # what is other than in the revision before
    facts: tuple[str, ...]  # "1,104 words", "5 minutes", "12 storylines" …
    subject: str
    preheader: str
    leads: tuple[Lead, ...]
    sections: tuple[Section, ...]
    imprint: Imprint
    ledger: Sequence[LedgerLine]
    note: str  # the editor's note as clean HTML
    note_text: str  # the same as written
    web: str | None
    feed_id: str  # of the profile's feed; never changes
    entry_id: str  # of this edition in it
    unsubscribe: str | None
    say: Messages  # the program's own words, in the edition's language
    shortened: str = ""  # what a size limit cost, in a sentence

    def given(self, **more: object) -> dict[str, Any]:
        """What a template is given: the edition, the program's own words, and what else it asks
        for.
        """
        return {"edition": self, "say": self.say, **more}

    @property
    def changes_above(self) -> tuple[str, ...]:
        """What a reader is told of a revision before the news: all of it, or the beginning of a
        long list.
        """
        return (
            self.changes
            if len(self.changes) <= CHANGES_ABOVE
            else self.changes[: CHANGES_ABOVE - 1]
        )

    @property
    def changes_below(self) -> tuple[str, ...]:
        """The whole list for the imprint, where it is too long to stand before the news."""
        return () if len(self.changes) <= CHANGES_ABOVE else self.changes

    @property
    def quiet(self) -> bool:
        return not self.leads and not self.sections

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every quotation, with what was added to it, in the order every rendition prints it."""
        groups = [
            group
            for lead in self.leads
            for group in lead.groups + tuple(g for p in lead.parts for g in p.groups)
        ]
        groups += [
            group for section in self.sections for brief in section.briefs for group in brief.groups
        ]
        return tuple(sentence.text for group in groups for sentence in group.sentences)
