"""An edition in, its view out: the one place where what templates print is put into words."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from pathlib import Path

from briefing.model import Article, Edition, Headline, Insertion, Item, Quote, news_day
from briefing.renditions.context.imprint import Ledger, build_imprint
from briefing.renditions.context.index import sheet_anchor
from briefing.renditions.context.sparkline import draw_volume
from briefing.renditions.context.view import (
    Brief,
    Group,
    Lead,
    Part,
    Section,
    Sentence,
    SourceLabel,
    Stretch,
    View,
)
from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import Messages, load_messages
from briefing.renditions.localisation.section_names import localise_section
from briefing.renditions.publisher import House
from briefing.renditions.templating import escaping, markdown

RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
FOLLOWED = "Followed, no news"  # the one section that is not called so by a source or by the reader
ADDED = "\x1a"  # stands for what the program added to a sentence; no text that is shown holds it
_KINDS = {
    "they said": "quotations",
    "how it developed": "timeline",
    "where accounts differ": "accounts",
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every part of a view is put into words by."""

    edition: Edition
    say: Messages
    added: Mapping[str, Sequence[Insertion]]  # article's id -> days added to its text, by place


def _build_frame(edition: Edition, templates: Path | None = None) -> _Frame:
    added = {
        key: tuple(run)
        for key, run in groupby(sorted(edition.insertions), key=lambda one: one.article)
    }
    return _Frame(edition, load_messages(edition.language, templates), added)


def expected_quotations(edition: Edition) -> tuple[str, ...]:
    """Every quotation as it must be found in a rendition: word for word, ADDED wherever a day was
    put beside it.
    """
    frame = _build_frame(edition)
    return tuple(
        "".join(
            ADDED if one.added else one.text.replace(ADDED, "")
            for one in _split_stretches(quote, frame)
        )
        for quote in edition.quotes
    )


def build_view(
    edition: Edition,
    record: bytes,
    house: House = House(),  # noqa: B008 (a frozen value)
    *,
    templates: Path | None = None,
) -> View:
    """The view of an edition; `record` is its edition.json, whose digest the imprint states.

    The program's own words are in the edition's language; a file of messages among the user's
    `templates` goes first.
    """
    frame = _build_frame(edition, templates)
    say, note = frame.say, edition.note or house.note
    return View(
        title=escaping.visible_text(edition.title),
        profile=escaping.visible_text(edition.profile),
        date=formatting.format_long_day(say, edition.date),
        iso=edition.date.isoformat(),
        updated=formatting.format_timestamp(edition.window.stop, edition.date),
        language=_language_tag(edition.language),
        direction="rtl" if edition.language in RIGHT_TO_LEFT else "ltr",
        window=formatting.format_window(say, edition.window, zone=edition.timezone),
        facts=_edition_facts(frame),
        subject=_subject_line(frame),
        preheader=escaping.visible_text(
            " · ".join(str(item.storyline.headline) for item in edition.leads)
        ),
        leads=tuple(_build_lead(item, frame) for item in edition.leads),
        sections=_build_sections(frame),
        imprint=build_imprint(edition, record, say),
        ledger=Ledger(edition.ledger, say),
        note=markdown.render_note(note),
        note_text=note.strip(),
        kind=_localise_phrase(edition.kind, frame),
        revision=edition.revision,
        changes=tuple(say.recorded(escaping.visible_text(change)) for change in edition.changes),
        feed_id=_urn(edition.profile),
        entry_id=_urn(f"{edition.profile}/{edition.date.isoformat()}"),
        web=escaping.safe_url(house.web),
        unsubscribe=next(filter(None, map(escaping.safe_url, house.unsubscribe)), None),
        say=say,
    )


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"briefing:{escaping.visible_text(name)}").urn


def _language_tag(code: str) -> str:
    """A language tag fit for a header and an attribute; `und` (undetermined) for anything else."""
    return code if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else "und"


def _subject_line(frame: _Frame) -> str:
    """Date and first headline: what tells one morning's message from another's."""
    edition = frame.edition
    first = next((str(item.storyline.headline) for item in edition.leads), edition.title)
    return escaping.escape_header(
        f"{formatting.format_day(frame.say, edition.date, year=edition.date.year)}: {first}"
    )


def _edition_facts(frame: _Frame) -> tuple[str, ...]:
    edition, count = frame.edition, frame.say.count
    articles = {
        article.id: article for item in edition.items for article in item.storyline.articles
    }
    outlets = {article.outlet for article in articles.values() if article.outlet}
    return (
        count("words", edition.words),
        count("minutes", edition.minutes),
        count("storylines", len(edition.items)),
        count("articles", len(articles)),
        count("outlets", len(outlets)),
    )


def _build_lead(item: Item, frame: _Frame) -> Lead:
    story, headline = item.storyline, item.storyline.headline
    quoted = [quote.article for quote in item.quotes]
    return Lead(
        anchor=storyline_anchor(story.id),
        section=_section_name(item.section, frame),
        status=_localise_phrase(item.status, frame),
        headline=escaping.visible_text(str(headline)),
        headline_source=_source_label(
            headline.article, frame, [str(headline)] if isinstance(headline, Quote) else []
        ),
        headline_quoted=not isinstance(headline, Headline),
        headline_language=_foreign_language(headline.article, frame),
        groups=_group_quotes(item.summary.quotes, frame),
        parts=tuple(
            _build_part(name, quotes, frame) for name, quotes in item.parts.items() if quotes
        ),
        also_in=_other_outlets(story.articles, quoted),
        reprints=_reprinting_outlets(story.articles),
        related=_related_headlines(item, frame.edition),
        volume=draw_volume(
            frame.say, item.volume, _last_day(frame), formatting.since(frame.say, frame.edition)
        ),
        reason=formatting.format_reason(
            frame.say, {escaping.visible_text(part): points for part, points in item.score.items()}
        ),
    )


def _last_day(frame: _Frame) -> date:
    """The day that an item's last count is of."""
    return news_day(frame.edition.window, frame.edition.date, frame.edition.timezone)


def _related_headlines(item: Item, edition: Edition) -> tuple[str, ...]:
    """Other leads that its storyline is linked with, or that are linked with it."""
    mine = item.storyline
    return tuple(
        escaping.visible_text(str(other.storyline.headline))
        for other in edition.leads
        if other.storyline.id in mine.related or mine.id in other.storyline.related
    )


def _section_name(name: str | None, frame: _Frame) -> str:
    return formatting.capitalise(
        localise_section(escaping.visible_text(name or ""), frame.edition.language)
    )


def _localise_phrase(text: str, frame: _Frame) -> str:
    """What the program itself says in the record, in the edition's language."""
    return formatting.capitalise(frame.say.recorded(escaping.visible_text(text)))


def _build_part(name: str, quotes: Sequence[Quote], frame: _Frame) -> Part:
    return Part(
        _localise_phrase(name, frame),
        _KINDS.get(name.lower(), "sentences"),
        _group_quotes(quotes, frame),
    )


def _group_quotes(quotes: Iterable[Quote], frame: _Frame) -> tuple[Group, ...]:
    """Consecutive quotes of one article under one label."""
    groups = []
    for article, run in groupby(quotes, key=lambda quote: quote.article):
        quotes_, language = tuple(run), _foreign_language(article, frame)
        sentences = tuple(_build_sentence(quote, frame) for quote in quotes_)
        groups.append(
            Group(
                sentences,
                _source_label(article, frame, [str(quote) for quote in quotes_]),
                language,
            )
        )
    return tuple(groups)


def _build_sentence(quote: Quote, frame: _Frame) -> Sentence:
    parts = _split_stretches(quote, frame)
    text = escaping.visible_text("".join(part.text for part in parts))
    return Sentence(text, escaping.text_fragment_url(quote.article.url, [str(quote)]), parts)


def _split_stretches(quote: Quote, frame: _Frame) -> tuple[Stretch, ...]:
    """The quotation cut where days were added, with them."""
    places = [
        one
        for one in frame.added.get(quote.article.id, ())
        if quote.span.start < one.at <= quote.span.stop
    ]
    parts, start = [], quote.span.start
    for one in places:
        parts += [
            Stretch(quote.article.text[start : one.at]),
            Stretch(f" [{_format_inserted_day(one, frame)}]", added=True),
        ]
        start = one.at
    return (
        *parts,
        *(
            [Stretch(quote.article.text[start : quote.span.stop])]
            if start < quote.span.stop
            else []
        ),
    )


def _format_inserted_day(one: Insertion, frame: _Frame) -> str:
    return frame.say.date("added_date" if one.kind == "date" else "added_day", one.day)


def _foreign_language(article: Article, frame: _Frame) -> str:
    """The article's language where it is not the edition's: for screen readers and hyphens."""
    code = article.language or ""
    return "" if code == frame.edition.language or _language_tag(code) != code else code


def _source_label(article: Article, frame: _Frame, texts: Sequence[str]) -> SourceLabel:
    when, edition, say = article.published, frame.edition, frame.say
    stated = (
        formatting.format_moment(say, when, year=edition.date.year, zone=edition.timezone)
        if when or article.outlet
        else say("nothing_known")
    )
    late = [say("came_late")] if article.id in edition.late else []
    return SourceLabel(
        outlet=escaping.visible_text(article.outlet or "") or say("outlet_unknown"),
        when=", ".join([stated, *late]),
        day=formatting.format_day(say, when.day, year=edition.date.year)
        if when
        else say("date_unknown"),
        iso=when.isoformat() if when else "",
        link=escaping.text_fragment_url(article.url, texts),
        page=escaping.safe_url(article.url),
        document=escaping.visible_text(article.document),
        stated=bool(article.outlet),
        sheet=sheet_anchor(article),
    )


def _other_outlets(articles: Iterable[Article], quoted: Iterable[Article]) -> tuple[str, ...]:
    shown = {article.outlet for article in quoted}
    return tuple(
        sorted(
            {
                escaping.visible_text(a.outlet)
                for a in articles
                if a.outlet and a.outlet not in shown
            }
        )
    )


def _reprinting_outlets(articles: Iterable[Article]) -> tuple[str, ...]:
    copies = {(copy.outlet, article.outlet) for article in articles for copy in article.copies}
    return tuple(
        sorted(
            {escaping.visible_text(outlet) for outlet, own in copies if outlet and outlet != own}
        )
    )


def _build_sections(frame: _Frame) -> tuple[Section, ...]:
    """Briefs by section in the edition's own order, each part of it under its heading."""
    parts = groupby(frame.edition.briefs, key=_part_of)
    return tuple(
        chain.from_iterable(_sections_of(name, tuple(items), frame) for name, items in parts)
    )


def _part_of(item: Item) -> str:
    """The label of the part of the edition that an item stands in."""
    if item.section == FOLLOWED:
        return "followed"
    if item.storyline.headline.article.is_view and item.quotes:
        return "views"
    return "briefs" if item.quotes else "others"


def _sections_of(part: str, items: Sequence[Item], frame: _Frame) -> Iterator[Section]:
    """The sections of one part, the first with its heading; without sections where their order goes
    back and forth.
    """
    runs = [(name, tuple(run)) for name, run in groupby(items, key=lambda item: item.section or "")]
    if part in {"followed", "views"} or len({name for name, _ in runs}) < len(runs):
        runs = [("", tuple(items))]
    heading = _localise_phrase(FOLLOWED, frame) if part == "followed" else frame.say(part)
    for place, (name, run) in enumerate(runs):
        yield Section(
            _section_name(name, frame),
            tuple(_build_brief(item, frame) for item in run),
            "" if place else heading,
        )


def _build_brief(item: Item, frame: _Frame) -> Brief:
    title = item.storyline.headline
    groups = _group_quotes(item.quotes, frame) or _headline_group(item, frame)
    if (
        item.section == FOLLOWED
    ):  # since when it is quiet says more than when its headline was written
        silent = frame.say.recorded(escaping.visible_text(item.status))
        groups = tuple(
            replace(group, source=replace(group.source, when=silent)) for group in groups
        )
    headed = bool(item.quotes) and title not in item.quotes
    return Brief(
        storyline_anchor(item.storyline.id),
        _localise_phrase(item.status, frame),
        groups,
        escaping.visible_text(str(title)) if headed else "",
        _foreign_language(title.article, frame) if headed else "",
    )


def _headline_group(item: Item, frame: _Frame) -> tuple[Group, ...]:
    """The headline itself, where no sentence stands behind it."""
    text = escaping.visible_text(str(item.storyline.headline))
    article = item.storyline.headline.article
    sentence = Sentence(text, escaping.text_fragment_url(article.url, []), (Stretch(text),))
    return (
        Group((sentence,), _source_label(article, frame, []), _foreign_language(article, frame)),
    )


def storyline_anchor(identity: str) -> str:
    """An id that HTML, PDF and EPUB all take: letters, digits and dashes."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in identity).strip("-")
    return (
        f"s-{safe or hashlib.sha256(identity.encode(errors='backslashreplace')).hexdigest()[:12]}"
    )
