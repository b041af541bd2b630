"""The nouns: frozen values that every stage takes and gives.

A `Quote` is an article and a span and holds no text of its own, so words that stand in no source
cannot enter an edition. What a document does not state is None: an unknown is never filled with a
guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

ArticleKind = Literal["article", "live blog", "update", "related", "item"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents come from: a folder, a file, standard input."""

    kind: str
    location: str
    name: str | None = None
    weight: float = 1.0
    licence: str | None = None
    language: str | None = None
    settings: Mapping[str, Any] = field(
        default_factory=dict, hash=False
    )  # of its kind: limits, patterns …


@dataclass(frozen=True)
class Fetch:
    """A server's answer as it came, of which documents were made; kept so that they can be made
    again.
    """

    url: str  # after redirects, without a password
    content: bytes = field(repr=False)  # without the compression of its way here
    media_type: str | None  # as declared, with its charset
    headers: Mapping[str, str] = field(repr=False, hash=False)  # names in lower case
    retrieved: datetime  # aware

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Document:
    """Bytes as they were received. Never edited."""

    # a path relative to what was asked for, or a URL; stands for the document in the ledger
    origin: str
    content: bytes = field(repr=False)
    media_type: str | None = (
        None  # as declared by whoever delivered it; the reader trusts the bytes first
    )
    retrieved: datetime | None = (
        None  # aware; None when nobody knows (a file's modification time is no evidence)
    )
    source: Source | None = None
    fetch: Fetch | None = field(
        default=None, repr=False, compare=False
    )  # what it was made from, where it was fetched

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def stated(self) -> Mapping[str, str]:
        """What whoever delivered it said of it beside the bytes: attribute of Article -> text (a
        sidecar, a feed).
        """
        found: Mapping[str, str] = self.source.settings.get("stated", {}) if self.source else {}
        return found


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters in an article's text."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.stop]


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time as far as it was stated: to the minute, or only its day (`at` is then its
    midnight, UTC).
    """

    at: datetime  # aware
    precision: Literal["minute", "day"] = "minute"

    @classmethod
    def on(cls, day: date) -> Moment:
        return cls(datetime(day.year, day.month, day.day, tzinfo=UTC), "day")

    @property
    def day(self) -> date:
        """The calendar day as its source wrote it (in the source's own time zone)."""
        return self.at.date()

    def isoformat(self) -> str:
        return (
            self.day.isoformat()
            if self.precision == "day"
            else self.at.isoformat(timespec="minutes")
        )

    @classmethod
    def fromisoformat(cls, text: str) -> Moment:
        return (
            cls.on(date.fromisoformat(text))
            if len(text) == 10
            else cls(datetime.fromisoformat(text))
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """Words cut from a document while it was read, with why: offsets in the document's decoded
    text.
    """

    start: int
    stop: int
    reason: str


def fold_case(text: str) -> str:
    """A text in one case: what a search in any case takes for the same letters is the same here."""
    return (
        text.casefold().replace("ı", "i").replace("i\u0307", "i")
    )  # Turkish i with and without its dot


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is found in a text once, when it is read: spans and plain strings, so that it pickles
    and stores.

    `sentences` lie in reading order and do not overlap; `terms[i]` are the content words of
    sentence i in their normal form (lower case, stemmed where the language has a stemmer, stop
    words left out), in order, repeats kept; `names` are proper names, in order; `paragraphs[i]` is
    the number of the block that sentence i stands in.
    """

    sentences: tuple[Span, ...] = ()
    terms: tuple[tuple[str, ...], ...] = ()
    names: tuple[Span, ...] = ()
    paragraphs: tuple[int, ...] = ()


VIEWS = frozenset(
    {"opinion", "editorial", "analysis", "review"}
)  # genres that say what somebody thinks of the news


@dataclass(frozen=True, eq=False)
class Article:
    """One report as its outlet published it, cleaned by cutting and never by rewriting. Equal when
    the ids are.
    """

    id: str  # 16 hexadecimal digits made from content; see `articles.identity`
    text: str = field(
        repr=False
    )  # the text of record: the body, paragraphs divided by one line break; never changes
    headline: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    embargo: Moment | None = (
        None  # not to be printed before; the year 9999 where its end is not understood
    )
    language: str | None = None  # two letters
    url: str | None = None  # checked http(s), canonical where stated, tracking parameters cut
    section: str | None = None
    genre: str | None = None  # "news", "opinion", "sport" … as `articles.genre` tells it
    licence: str | None = None
    document: str = ""  # the document's origin
    place: int = 0  # 0, 1, 2 … among the articles of its document
    part_of: str | None = (
        None  # id of the live blog, aggregator page or newsletter, or a name for it
    )
    kind: ArticleKind = "article"
    found: Mapping[str, str] = field(
        default_factory=dict, repr=False
    )  # attribute -> how it was found ("json-ld", "byline" …)
    remarks: tuple[str, ...] = ()  # "cut short", "behind a paywall" …
    removals: tuple[Removal, ...] = field(default=(), repr=False)
    analysis: Analysis = field(default=Analysis(), repr=False)
    headline_terms: tuple[str, ...] = field(default=(), repr=False)
    copies: tuple[Article, ...] = field(
        default=(), repr=False
    )  # reprints folded into this one; never a second source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Article) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def is_view(self) -> bool:
        """Whether it says what somebody thinks of the news: it never stands for the news."""
        return self.genre in VIEWS

    @property
    def sentences(self) -> tuple[Span, ...]:
        return self.analysis.sentences

    @cached_property
    def sha256(self) -> str:
        """Digest of the text of record."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def folded(self) -> str:
        """Headline and text in one case, a line each: a word that `fold_case` does not find in it
        is in neither.
        """
        return fold_case(f"{self.headline or ''}\n{self.text}")

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every term of headline and text, once."""
        return frozenset(self.headline_terms).union(*self.analysis.terms)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, by place. `str(quote)` is cut from the article; there is nothing else to
    print.
    """

    article: Article
    span: Span

    def __post_init__(self) -> None:
        if not 0 <= self.span.start < self.span.stop <= len(self.article.text):
            raise ValueError(f"span {self.span} lies outside article {self.article.id}")

    def __str__(self) -> str:
        return self.span.of(self.article.text)

    @property
    def words(self) -> int:
        return len(str(self).split())


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline an outlet gave to an article, by reference to the article."""

    article: Article

    def __post_init__(self) -> None:
        if not self.article.headline:
            raise ValueError(f"article {self.article.id} states no headline")

    def __str__(self) -> str:
        return self.article.headline or ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The best sentences of one or several articles, in reading order."""

    quotes: tuple[Quote, ...]

    @property
    def words(self) -> int:
        return sum(quote.words for quote in self.quotes)


@dataclass(frozen=True)
class Storyline:
    """Our telling of one topic across outlets and days. Its id lasts from one day to the next."""

    id: str  # readable slug and short hash
    articles: tuple[Article, ...]  # by time, then id
    headline: Headline | Quote
    first_seen: date | None = None
    related: tuple[str, ...] = ()  # ids of storylines on a neighbouring topic; never merged
    events: tuple[
        tuple[Article, ...], ...
    ] = ()  # what happened on a day: the articles again, divided, by time
    named: bool = False  # the headline is an editor's choice: no edition looks for another

    @property
    def outlets(self) -> tuple[str, ...]:
        """Outlets that report it themselves, by name; a reprint is not a second source."""
        return tuple(sorted({article.outlet for article in self.articles if article.outlet}))


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when an edition covers: start excluded, stop included; None is open."""

    start: datetime | None = None
    stop: datetime | None = None


def news_day(window: Window, otherwise: date, timezone: str) -> date:
    """The date that most of a window's last day lies in: of a window that ends at 06:00 it is the
    day before.
    """
    if window.stop is None:
        return otherwise
    return (
        window.stop.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) - timedelta(hours=12)
    ).date()


@dataclass(frozen=True, slots=True, order=True)
class Insertion:
    """A day that the program adds beside a relative one ("on Tuesday [3 March]"): no part of any
    quotation.
    """

    article: str  # id
    at: int  # offset in the article's text that it stands behind
    day: date
    kind: Literal["date", "day"] = (
        "date"  # "[3 March]" behind a weekday's name, "[Tuesday 3 March]" behind "yesterday"
    )


# words up to which a text is a feed's standfirst or a short notice, of which half says nothing
TEASER = 60


@dataclass(frozen=True, slots=True)
class Licence:
    """What may be printed of each article under a licence. The default is cautious: a short
    excerpt.
    """

    name: str = "*"  # as in the source's settings; * stands for any letters
    text: Literal["full", "excerpt", "headline"] = "excerpt"
    words: int = 90  # of one article in one edition, at most; 0 for no such limit
    percent: int = (
        50  # of the words of an article longer than a teaser, at most; 0 for no such limit
    )
    edition: int = (
        0  # words of all articles of one outlet under it in one edition; 0 for no such limit
    )

    def fits(self, article: Article) -> bool:
        """Whether its name is what the article's source, or the article itself, states; letters in
        any case.
        """
        return fnmatchcase((article.licence or "").casefold(), self.name.casefold())

    def allowance(self, article: Article) -> int | None:
        """Words of the article that one edition may quote; None for all of them."""
        if self.text != "excerpt":
            return None if self.text == "full" else 0
        known = len(article.text.split())
        share = self.percent if known > TEASER else 0
        limits = [
            limit
            for limit, stated in ((self.words, self.words), (known * share // 100, share))
            if stated
        ]
        return min(limits, default=None)


@dataclass(frozen=True)
class Item:
    """A storyline as one edition prints it: a lead with its sentences, or a brief with one."""

    storyline: Storyline
    summary: Summary
    section: str | None = None
    status: str = ""  # "new", "updated", "day 3" … : typed by the program, never inside a sentence
    volume: tuple[int, ...] = ()  # articles a day, oldest first, the edition's day last
    score: Mapping[str, float] = field(
        default_factory=dict
    )  # part -> points; their sum orders the lineup
    parts: Mapping[str, tuple[Quote, ...]] = field(
        default_factory=dict
    )  # "they said", "numbers", "how it developed" …
    divided: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # part -> how many quotations stand together
    why: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # part -> why each of its quotations is in it

    @property
    def points(self) -> float:
        return round(sum(self.score.values()), 9)

    @property
    def words(self) -> int:
        """Of its headline and its quotations; a sentence that stands for a headline is not printed
        above itself.
        """
        title = self.storyline.headline
        headed = 0 if title in self.quotes else len(str(title).split())
        return headed + sum(quote.words for quote in self.quotes)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quotation printed for it, in the order printed."""
        return self.summary.quotes + tuple(
            quote for quotes in self.parts.values() for quote in quotes
        )


@dataclass(frozen=True, slots=True)
class Fate:
    """One line of the ledger: what became of a document or an article, and why."""

    kind: Literal["document", "article"]
    id: str  # the document's origin, or the article's id
    fate: str  # "lead", "brief", "folded", "over the limit", "unreadable", "outside the window" …
    reason: str = ""
    origin: str = ""
    outlet: str | None = None
    headline: str | None = None


@dataclass(frozen=True)
class Edition:
    """One day's news for one profile. Never changes once published; a correction is a revision."""

    title: str
    profile: str
    date: date
    window: Window
    leads: tuple[Item, ...] = ()
    briefs: tuple[Item, ...] = ()
    ledger: tuple[Fate, ...] = ()
    counts: Mapping[str, int] = field(
        default_factory=dict
    )  # documents, articles, copies, storylines, outlets …
    limit: int = 1200  # words of quotation at most
    language: str = "en"
    timezone: str = "UTC"
    version: str = ""  # of the program
    kind: str = ""  # "week", "catch-up", "extra" …: part of its name; "" for the edition of a day
    note: str = ""  # the editor's
    insertions: tuple[Insertion, ...] = ()  # by article and place
    parsed_by: tuple[
        str, ...
    ] = ()  # trained pipelines, with their versions, that its sentences were held against
    late: tuple[
        str, ...
    ] = ()  # ids of articles of before its window that came in only after the last edition
    licences: tuple[Licence, ...] = ()  # in force, the first that fits; none: no limits
    revision: int = 1
    changes: tuple[str, ...] = ()  # what is other than in the revision before, a sentence each

    @property
    def items(self) -> tuple[Item, ...]:
        return self.leads + self.briefs

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(quote for item in self.items for quote in item.quotes)

    @property
    def words(self) -> int:
        """Words of headlines and quotations: what a reader reads."""
        return sum(item.words for item in self.items)

    @property
    def minutes(self) -> int:
        """Reading time at 238 words a minute (Brysbaert 2019), at least one."""
        return max(1, round(self.words / 238))


@dataclass(frozen=True, slots=True)
class Rendition:
    """An edition in one format."""

    name: str  # file name
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a rendition on its way to one address."""

    rendition: str
    channel: str
    address: str
    state: str
    message_id: str | None = None


Articles = Sequence[Article]
