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
from briefing.renditions.context.imprint import Ledger, imprint
from briefing.renditions.context.index import sheet
from briefing.renditions.context.sparkline import volume
from briefing.renditions.context.view import Brief, Group, Lead, Part, Section, Sentence, SourceLabel, Stretch, View
from briefing.renditions.localisation import formatting as wording
from briefing.renditions.localisation.catalogue import Messages, messages
from briefing.renditions.localisation.section_names import section
from briefing.renditions.publisher import House
from briefing.renditions.templating import escaping as escape
from briefing.renditions.templating import markdown as notes

RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
FOLLOWED = "Followed, no news"  # the one section that is not called so by a source or by the reader
ADDED = "\x1a"  # stands for what the program added to a sentence; no text that is shown holds it
_KINDS = {"they said": "quotations", "how it developed": "timeline", "where accounts differ": "accounts"}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every part of a view is put into words by."""

    edition: Edition
    say: Messages
    added: Mapping[str, Sequence[Insertion]]  # article's id -> days added to its text, by place


def frame_of(edition: Edition, templates: Path | None = None) -> _Frame:
    added = {key: tuple(run) for key, run in groupby(sorted(edition.insertions), key=lambda one: one.article)}
    return _Frame(edition, messages(edition.language, templates), added)


def quoted(edition: Edition) -> tuple[str, ...]:
    """Every quotation as it must be found in a rendition: word for word, ADDED wherever a day was put beside it."""
    frame = frame_of(edition)
    return tuple(
        "".join(ADDED if one.added else one.text.replace(ADDED, "") for one in stretches(quote, frame))
        for quote in edition.quotes
    )


def look(
    edition: Edition,
    record: bytes,
    house: House = House(),  # noqa: B008 (a frozen value)
    *,
    templates: Path | None = None,
) -> View:
    """The view of an edition; `record` is its edition.json, whose digest the imprint states.

    The program's own words are in the edition's language; a file of messages among the user's `templates` goes first.
    """
    frame = frame_of(edition, templates)
    say, note = frame.say, edition.note or house.note
    return View(
        title=escape.visible(edition.title),
        profile=escape.visible(edition.profile),
        date=wording.long_day(say, edition.date),
        iso=edition.date.isoformat(),
        updated=wording.stamp(edition.window.stop, edition.date),
        language=_language(edition.language),
        direction="rtl" if edition.language in RIGHT_TO_LEFT else "ltr",
        window=wording.window(say, edition.window, zone=edition.timezone),
        facts=_facts(frame),
        subject=_subject(frame),
        preheader=escape.visible(" · ".join(str(item.storyline.headline) for item in edition.leads)),
        leads=tuple(_lead(item, frame) for item in edition.leads),
        sections=_sections(frame),
        imprint=imprint(edition, record, say),
        ledger=Ledger(edition.ledger, say),
        note=notes.html(note),
        note_text=note.strip(),
        kind=_typed(edition.kind, frame),
        revision=edition.revision,
        changes=tuple(say.recorded(escape.visible(change)) for change in edition.changes),
        feed_id=_urn(edition.profile),
        entry_id=_urn(f"{edition.profile}/{edition.date.isoformat()}"),
        web=escape.checked_url(house.web),
        unsubscribe=next(filter(None, map(escape.checked_url, house.unsubscribe)), None),
        say=say,
    )


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"briefing:{escape.visible(name)}").urn


def _language(code: str) -> str:
    """A language tag fit for a header and an attribute; `und` (undetermined) for anything else."""
    return code if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else "und"


def _subject(frame: _Frame) -> str:
    """Date and first headline: what tells one morning's message from another's."""
    edition = frame.edition
    first = next((str(item.storyline.headline) for item in edition.leads), edition.title)
    return escape.header(f"{wording.day(frame.say, edition.date, year=edition.date.year)}: {first}")


def _facts(frame: _Frame) -> tuple[str, ...]:
    edition, count = frame.edition, frame.say.count
    articles = {article.id: article for item in edition.items for article in item.storyline.articles}
    outlets = {article.outlet for article in articles.values() if article.outlet}
    return (
        count("words", edition.words),
        count("minutes", edition.minutes),
        count("storylines", len(edition.items)),
        count("articles", len(articles)),
        count("outlets", len(outlets)),
    )


def _lead(item: Item, frame: _Frame) -> Lead:
    story, headline = item.storyline, item.storyline.headline
    quoted = [quote.article for quote in item.quotes]
    return Lead(
        anchor=anchor(story.id),
        section=_section(item.section, frame),
        status=_typed(item.status, frame),
        headline=escape.visible(str(headline)),
        headline_source=_label(headline.article, frame, [str(headline)] if isinstance(headline, Quote) else []),
        headline_quoted=not isinstance(headline, Headline),
        headline_language=_foreign(headline.article, frame),
        groups=_groups(item.summary.quotes, frame),
        parts=tuple(_part(name, quotes, frame) for name, quotes in item.parts.items() if quotes),
        also_in=_others(story.articles, quoted),
        reprints=_reprints(story.articles),
        related=_related(item, frame.edition),
        volume=volume(frame.say, item.volume, _last_day(frame), wording.since(frame.say, frame.edition)),
        reason=wording.reason(frame.say, {escape.visible(part): points for part, points in item.score.items()}),
    )


def _last_day(frame: _Frame) -> date:
    """The day that an item's last count is of."""
    return news_day(frame.edition.window, frame.edition.date, frame.edition.timezone)


def _related(item: Item, edition: Edition) -> tuple[str, ...]:
    """Other leads that its storyline is linked with, or that are linked with it."""
    mine = item.storyline
    return tuple(
        escape.visible(str(other.storyline.headline))
        for other in edition.leads
        if other.storyline.id in mine.related or mine.id in other.storyline.related
    )


def _section(name: str | None, frame: _Frame) -> str:
    return wording.capital(section(escape.visible(name or ""), frame.edition.language))


def _typed(text: str, frame: _Frame) -> str:
    """What the program itself says in the record, in the edition's language."""
    return wording.capital(frame.say.recorded(escape.visible(text)))


def _part(name: str, quotes: Sequence[Quote], frame: _Frame) -> Part:
    return Part(_typed(name, frame), _KINDS.get(name.lower(), "sentences"), _groups(quotes, frame))


def _groups(quotes: Iterable[Quote], frame: _Frame) -> tuple[Group, ...]:
    """Consecutive quotes of one article under one label."""
    groups = []
    for article, run in groupby(quotes, key=lambda quote: quote.article):
        quotes_, language = tuple(run), _foreign(article, frame)
        sentences = tuple(_sentence(quote, frame) for quote in quotes_)
        groups.append(Group(sentences, _label(article, frame, [str(quote) for quote in quotes_]), language))
    return tuple(groups)


def _sentence(quote: Quote, frame: _Frame) -> Sentence:
    parts = stretches(quote, frame)
    text = escape.visible("".join(part.text for part in parts))
    return Sentence(text, escape.exact(quote.article.url, [str(quote)]), parts)


def stretches(quote: Quote, frame: _Frame) -> tuple[Stretch, ...]:
    """The quotation cut where days were added, with them."""
    places = [one for one in frame.added.get(quote.article.id, ()) if quote.span.start < one.at <= quote.span.stop]
    parts, start = [], quote.span.start
    for one in places:
        parts += [Stretch(quote.article.text[start : one.at]), Stretch(f" [{_day(one, frame)}]", added=True)]
        start = one.at
    return (*parts, *([Stretch(quote.article.text[start : quote.span.stop])] if start < quote.span.stop else []))


def _day(one: Insertion, frame: _Frame) -> str:
    return frame.say.date("added_date" if one.kind == "date" else "added_day", one.day)


def _foreign(article: Article, frame: _Frame) -> str:
    """The article's language where it is not the edition's: for screen readers and hyphens."""
    code = article.language or ""
    return "" if code == frame.edition.language or _language(code) != code else code


def _label(article: Article, frame: _Frame, texts: Sequence[str]) -> SourceLabel:
    when, edition, say = article.published, frame.edition, frame.say
    stated = (
        wording.moment(say, when, year=edition.date.year, zone=edition.timezone)
        if when or article.outlet
        else say("nothing_known")
    )
    late = [say("came_late")] if article.id in edition.late else []
    return SourceLabel(
        outlet=escape.visible(article.outlet or "") or say("outlet_unknown"),
        when=", ".join([stated, *late]),
        day=wording.day(say, when.day, year=edition.date.year) if when else say("date_unknown"),
        iso=when.isoformat() if when else "",
        link=escape.exact(article.url, texts),
        page=escape.checked_url(article.url),
        document=escape.visible(article.document),
        stated=bool(article.outlet),
        sheet=sheet(article),
    )


def _others(articles: Iterable[Article], quoted: Iterable[Article]) -> tuple[str, ...]:
    shown = {article.outlet for article in quoted}
    return tuple(sorted({escape.visible(a.outlet) for a in articles if a.outlet and a.outlet not in shown}))


def _reprints(articles: Iterable[Article]) -> tuple[str, ...]:
    copies = {(copy.outlet, article.outlet) for article in articles for copy in article.copies}
    return tuple(sorted({escape.visible(outlet) for outlet, own in copies if outlet and outlet != own}))


def _sections(frame: _Frame) -> tuple[Section, ...]:
    """Briefs by section in the edition's own order, each part of it under its heading."""
    parts = groupby(frame.edition.briefs, key=_part_of)
    return tuple(chain.from_iterable(_sections_of(name, tuple(items), frame) for name, items in parts))


def _part_of(item: Item) -> str:
    """The label of the part of the edition that an item stands in."""
    if item.section == FOLLOWED:
        return "followed"
    if item.storyline.headline.article.is_view and item.quotes:
        return "views"
    return "briefs" if item.quotes else "others"


def _sections_of(part: str, items: Sequence[Item], frame: _Frame) -> Iterator[Section]:
    """The sections of one part, the first with its heading; without sections where their order goes back and forth."""
    runs = [(name, tuple(run)) for name, run in groupby(items, key=lambda item: item.section or "")]
    if part in {"followed", "views"} or len({name for name, _ in runs}) < len(runs):
        runs = [("", tuple(items))]
    heading = _typed(FOLLOWED, frame) if part == "followed" else frame.say(part)
    for place, (name, run) in enumerate(runs):
        yield Section(_section(name, frame), tuple(_brief(item, frame) for item in run), "" if place else heading)


def _brief(item: Item, frame: _Frame) -> Brief:
    title = item.storyline.headline
    groups = _groups(item.quotes, frame) or _bare(item, frame)
    if item.section == FOLLOWED:  # since when it is quiet says more than when its headline was written
        silent = frame.say.recorded(escape.visible(item.status))
        groups = tuple(replace(group, source=replace(group.source, when=silent)) for group in groups)
    headed = bool(item.quotes) and title not in item.quotes
    return Brief(
        anchor(item.storyline.id),
        _typed(item.status, frame),
        groups,
        escape.visible(str(title)) if headed else "",
        _foreign(title.article, frame) if headed else "",
    )


def _bare(item: Item, frame: _Frame) -> tuple[Group, ...]:
    """The headline itself, where no sentence stands behind it."""
    text = escape.visible(str(item.storyline.headline))
    article = item.storyline.headline.article
    sentence = Sentence(text, escape.exact(article.url, []), (Stretch(text),))
    return (Group((sentence,), _label(article, frame, []), _foreign(article, frame)),)


def anchor(identity: str) -> str:
    """An id that HTML, PDF and EPUB all take: letters, digits and dashes."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in identity).strip("-")
    return f"s-{safe or hashlib.sha256(identity.encode(errors='backslashreplace')).hexdigest()[:12]}"
