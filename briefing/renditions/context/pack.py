"""Articles of an edition in, what a pack adds to it out: a summary table, the articles themselves,
an index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType

from briefing.model import Article, Edition, Item, Span
from briefing.renditions.context import index as indexing
from briefing.renditions.context.build import storyline_anchor
from briefing.renditions.context.index import Entry, Places
from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import Messages, load_messages
from briefing.renditions.templating import escaping

EXCERPT = 60  # words quoted of an article whose licence does not allow more: a short quotation
FULL_TEXT = re.compile(
    r"(?i)\b(full[- ]text|public domain|cc0|cc[- ]by(?![- ]nc)|ogl|open government)\b"
)
# words of an article that needs no page of its own: a third of one, with what is known of it
SHORT = 150


@dataclass(frozen=True, slots=True)
class Row:
    """One storyline in the summary table."""

    anchor: str
    headline: str
    articles: int
    outlets: int
    first: str
    last: str
    status: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; `hit` where the query asks for the word, `anchors` where names of
    the index begin.
    """

    text: str
    hit: bool
    anchors: tuple[str, ...] = ()


Paragraphs = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article in the annex, behind what is known of it."""

    number: int  # 1, 2, 3 … in the order printed
    anchor: str
    headline: str
    language: str  # of the text, where it is known and not the edition's
    facts: tuple[tuple[str, str], ...]  # ("Outlet", "Marrow Wire") …: only what is stated
    link: str | None
    paragraphs: Paragraphs
    placed: Paragraphs  # the same with the places that the index of a printed pack names
    remark: str  # what is left out and why; else empty
    short: bool  # whether it needs no page of its own


@dataclass(frozen=True, slots=True)
class Attached:
    """A text of record that comes with the pack as a file of its own."""

    name: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    client: str
    query: str
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...]
    names: tuple[Entry, ...]
    outlets: tuple[Entry, ...]
    attached: tuple[Attached, ...]

    @property
    def printed(self) -> frozenset[str]:
        """Anchors of its sheets."""
        return frozenset(sheet.anchor for sheet in self.sheets)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every paragraph of the annex, in order."""
        return tuple(
            "".join(piece.text for piece in paragraph)
            for sheet in self.sheets
            for paragraph in sheet.paragraphs
        )


def build_annex(
    edition: Edition,
    articles: Sequence[Article] = (),
    /,
    *,
    client: str = "",
    query: str = "",
    full_text: bool | None = None,
    templates: Path | None = None,
) -> Pack:
    """What stands behind an edition, and `articles` that belong to none of its storylines, in the
    order given.

    Each is printed whole where its licence allows it; `full_text` true prints every one whole (for
    desks that hold the rights), false none.
    """
    say = load_messages(edition.language, templates)
    behind = [article for item in edition.items for article in item.storyline.articles]
    shown = tuple(dict.fromkeys((*behind, *articles)))
    words = frozenset(re.findall(r"\w+", query.casefold()))
    whole = frozenset(article.id for article in shown if _may_print_whole(article, full_text))
    printed = [
        _line_spans(article) if article.id in whole else _excerpt_spans(article)
        for article in shown
    ]
    index = indexing.build_index(shown, printed)
    return Pack(
        client=escaping.visible_text(client),
        query=escaping.visible_text(query),
        rows=tuple(_summary_row(item, edition, say) for item in edition.items),
        sheets=tuple(
            _build_sheet(
                number,
                article,
                edition,
                say,
                paragraphs=_cut_paragraphs(article, spans, words),
                placed=_cut_paragraphs(article, spans, words, at),
            )
            for number, (article, spans, at) in enumerate(
                zip(shown, printed, index.places, strict=True), start=1
            )
        ),
        names=index.names,
        outlets=indexing.index_outlets(shown, say("outlet_unknown")),
        attached=tuple(_attachment(article) for article in shown if article.id in whole),
    )


def _may_print_whole(article: Article, full_text: bool | None) -> bool:  # noqa: FBT001 (None is the licence's own word)
    return (
        bool(article.licence and FULL_TEXT.search(article.licence))
        if full_text is None
        else full_text
    )


def _attachment(article: Article) -> Attached:
    about = ", ".join(filter(None, (article.outlet, article.headline)))
    return Attached(f"{article.id}.txt", escaping.visible_text(about) or article.id, article.text)


def _summary_row(item: Item, edition: Edition, say: Messages) -> Row:
    days = sorted(article.published.day for article in item.storyline.articles if article.published)
    first, last = (
        (formatting.format_day(say, one, year=edition.date.year) for one in (days[0], days[-1]))
        if days
        else ("", "")
    )
    return Row(
        anchor=storyline_anchor(item.storyline.id),
        headline=escaping.visible_text(str(item.storyline.headline)),
        articles=len(item.storyline.articles),
        outlets=len(item.storyline.outlets),
        first=first,
        last=last,
        status=formatting.capitalise(say.recorded(escaping.visible_text(item.status))),
    )


def _build_sheet(
    number: int,
    article: Article,
    edition: Edition,
    say: Messages,
    *,
    paragraphs: Paragraphs,
    placed: Paragraphs,
) -> Sheet:
    printed = sum(len("".join(piece.text for piece in one).split()) for one in paragraphs)
    length = len(escaping.visible_text(article.text).split())
    licence = (
        say("licence_is", licence=article.licence) if article.licence else say("licence_unknown")
    )
    excerpt = say("excerpt", printed=say.number(printed), words=say.number(length), licence=licence)
    return Sheet(
        number=number,
        anchor=indexing.sheet_anchor(article),
        headline=escaping.visible_text(article.headline or "") or say("no_headline"),
        language="" if article.language == edition.language else article.language or "",
        facts=_article_facts(article, edition, say),
        link=escaping.safe_url(article.url),
        paragraphs=paragraphs,
        placed=placed,
        remark="" if printed == length else escaping.escape_text(excerpt),
        short=printed <= SHORT,
    )


def _line_spans(article: Article) -> tuple[Span, ...]:
    ends = list(accumulate(map(len, article.text.splitlines(keepends=True))))
    return tuple(Span(start, stop) for start, stop in zip([0, *ends], ends, strict=False))


def _excerpt_spans(article: Article) -> tuple[Span, ...]:
    """Whole sentences from the beginning, at least one, at most EXCERPT words in all where the
    first allows it.
    """
    taken: list[Span] = []
    for span in article.sentences:
        if taken and sum(len(one.of(article.text).split()) for one in (*taken, span)) > EXCERPT:
            break
        taken.append(span)
    return tuple(taken)


def _article_facts(
    article: Article, edition: Edition, say: Messages
) -> tuple[tuple[str, str], ...]:
    copies = sorted({copy.outlet for copy in article.copies if copy.outlet})
    stated = (
        ("outlet", article.outlet or say("outlet_unknown")),
        ("author", article.byline),
        ("published", formatting.format_moment(say, article.published, zone=edition.timezone)),
        (
            "updated",
            formatting.format_moment(say, article.updated, zone=edition.timezone)
            if article.updated
            else None,
        ),
        ("reprinted_by", say.listed(copies)),
        ("words", say.number(len(article.text.split()))),
        ("licence", article.licence),
        ("document", article.document),
        ("text", f"SHA-256 {article.sha256[:16]}"),
    )
    return tuple((say(name), escaping.escape_text(value)) for name, value in stated if value)


def _cut_paragraphs(
    article: Article,
    spans: Sequence[Span],
    words: frozenset[str],
    places: Places = MappingProxyType({}),
) -> Paragraphs:
    return tuple(filter(None, (_split_paragraph(article, span, words, places) for span in spans)))


def _split_paragraph(
    article: Article, span: Span, words: frozenset[str], places: Places
) -> tuple[Piece, ...]:
    """A paragraph cut at the words of the query and at the words that names of the index begin
    with.
    """
    source = span.of(article.text)
    text, pieces, place = escaping.visible_text(source), [], 0
    begun = [
        (len(escaping.visible_text(f"{source[: at - span.start]}.")) - 1, anchors)
        for at, anchors in sorted(places.items(), reverse=True)
        if span.start <= at < span.stop
    ]
    for found in re.finditer(r"\w+", text) if words or begun else ():
        anchors: tuple[str, ...] = ()
        while begun and begun[-1][0] < found.end():
            anchors += begun.pop()[1]
        hit = found[0].casefold() in words and not indexing.has_reversed_direction(found[0], text)
        if hit or anchors:
            pieces += [Piece(text[place : found.start()], hit=False), Piece(found[0], hit, anchors)]
            place = found.end()
    return tuple(piece for piece in (*pieces, Piece(text[place:], hit=False)) if piece.text)
