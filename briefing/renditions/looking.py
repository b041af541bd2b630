"""An edition in, its view out: the one place where what templates print is put into words."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Sequence
from itertools import groupby

from briefing.model import Article, Edition, Headline, Item, Quote
from briefing.renditions import escape, notes, wording
from briefing.renditions.accounting import OUTLET_UNKNOWN, imprint, line
from briefing.renditions.house import House
from briefing.renditions.view import (
    Brief,
    Group,
    Lead,
    Part,
    Section,
    Sentence,
    SourceLabel,
    View,
)
from briefing.renditions.visuals import volume

RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
LITTLE = 0.15  # points below which a part of the score is not worth a reader's time; the JSON has all
NOTHING_KNOWN = "outlet and date not stated"
_KINDS = {"they said": "quotations", "how it developed": "timeline"}


def look(edition: Edition, record: bytes, house: House = House()) -> View:  # noqa: B008 (a frozen value)
    """The view of an edition; `record` is its edition.json, whose digest the imprint states."""
    return View(
        title=escape.visible(edition.title),
        profile=escape.visible(edition.profile),
        date=wording.long_day(edition.date),
        iso=edition.date.isoformat(),
        updated=edition.window.stop.isoformat()
        if edition.window.stop
        else f"{edition.date.isoformat()}T00:00:00+00:00",
        language=_language(edition.language),
        direction="rtl" if edition.language in RIGHT_TO_LEFT else "ltr",
        window=wording.window(edition.window, zone=edition.timezone),
        facts=_facts(edition),
        subject=_subject(edition),
        preheader=escape.visible(" · ".join(str(item.storyline.headline) for item in edition.leads)),
        leads=tuple(_lead(item, edition) for item in edition.leads),
        sections=_sections(edition),
        imprint=imprint(edition, record),
        ledger=tuple(map(line, edition.ledger)),
        note=notes.html(house.note),
        note_text=house.note.strip(),
        feed_id=_urn(edition.profile),
        entry_id=_urn(f"{edition.profile}/{edition.date.isoformat()}"),
        web=escape.checked_url(house.web),
        unsubscribe=next(filter(None, map(escape.checked_url, house.unsubscribe)), None),
    )


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"briefing:{escape.visible(name)}").urn


def _language(code: str) -> str:
    """A language tag fit for a header and an attribute; `und` (undetermined) for anything else."""
    return code if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else "und"


def _subject(edition: Edition) -> str:
    """Date and first headline: what tells one morning's message from another's."""
    first = next((str(item.storyline.headline) for item in edition.leads), edition.title)
    return escape.header(f"{wording.day(edition.date, year=edition.date.year)}: {first}")


def _facts(edition: Edition) -> tuple[str, ...]:
    articles = {article.id: article for item in edition.items for article in item.storyline.articles}
    outlets = {article.outlet for article in articles.values() if article.outlet}
    return (
        wording.count(edition.words, "word"),
        wording.count(edition.minutes, "minute"),
        wording.count(len(edition.items), "storyline"),
        wording.count(len(articles), "article"),
        wording.count(len(outlets), "outlet"),
    )


def _lead(item: Item, edition: Edition) -> Lead:
    story, headline = item.storyline, item.storyline.headline
    quoted = [quote.article for quote in item.quotes]
    return Lead(
        anchor=anchor(story.id),
        section=wording.capital(escape.visible(item.section or "")),
        status=wording.capital(escape.visible(item.status)),
        headline=escape.visible(str(headline)),
        headline_source=_label(headline.article, edition, [str(headline)] if isinstance(headline, Quote) else []),
        headline_quoted=not isinstance(headline, Headline),
        groups=_groups(item.summary.quotes, edition),
        parts=tuple(_part(name, quotes, edition) for name, quotes in item.parts.items() if quotes),
        also_in=_others(story.articles, quoted),
        reprints=_reprints(story.articles),
        volume=volume(item.volume, edition.date),
        reason=_reason(item),
    )


def _part(name: str, quotes: Sequence[Quote], edition: Edition) -> Part:
    title = wording.capital(escape.visible(name))
    return Part(title, _KINDS.get(name.lower(), "sentences"), _groups(quotes, edition))


def _groups(quotes: Iterable[Quote], edition: Edition) -> tuple[Group, ...]:
    """Consecutive quotes of one article under one label."""
    groups = []
    for article, run in groupby(quotes, key=lambda quote: quote.article):
        texts = [escape.visible(str(quote)) for quote in run]
        sentences = tuple(Sentence(text, escape.exact(article.url, [text])) for text in texts)
        groups.append(Group(sentences, _label(article, edition, texts)))
    return tuple(groups)


def _label(article: Article, edition: Edition, texts: Sequence[str]) -> SourceLabel:
    when = article.published
    return SourceLabel(
        outlet=escape.visible(article.outlet or "") or OUTLET_UNKNOWN,
        when=wording.moment(when, year=edition.date.year, zone=edition.timezone)
        if when or article.outlet
        else NOTHING_KNOWN,
        day=wording.day(when.day, year=edition.date.year) if when else wording.DATE_UNKNOWN,
        iso=when.isoformat() if when else "",
        link=escape.exact(article.url, texts),
        page=escape.checked_url(article.url),
        document=escape.visible(article.document),
        stated=bool(article.outlet),
    )


def _others(articles: Iterable[Article], quoted: Iterable[Article]) -> tuple[str, ...]:
    shown = {article.outlet for article in quoted}
    return tuple(sorted({escape.visible(a.outlet) for a in articles if a.outlet and a.outlet not in shown}))


def _reprints(articles: Iterable[Article]) -> tuple[str, ...]:
    copies = {(copy.outlet, article.outlet) for article in articles for copy in article.copies}
    return tuple(sorted({escape.visible(outlet) for outlet, own in copies if outlet and outlet != own}))


def _reason(item: Item) -> str:
    """`outlets that report it (2.4 points), new (1.0): 3.4 in all`, most first; what gives little is left out."""
    parts = sorted(item.score.items(), key=lambda part: -abs(part[1]))
    said = [
        f"{wording.reason(escape.visible(part))} ({points:.1f}{'' if number else ' points'})"
        for number, (part, points) in enumerate(parts)
        if abs(points) >= LITTLE
    ]
    return f"{wording.listed(said)}: {item.points:.1f} in all" if said else ""


def _sections(edition: Edition) -> tuple[Section, ...]:
    """Briefs by section in the edition's own order; without sections where that order goes back and forth."""
    runs = [(name, tuple(run)) for name, run in groupby(edition.briefs, key=lambda item: item.section or "")]
    if len({name for name, _ in runs}) < len(runs):
        runs = [("", edition.briefs)]
    return tuple(
        Section(wording.capital(escape.visible(name)), tuple(_brief(item, edition) for item in run))
        for name, run in runs
    )


def _brief(item: Item, edition: Edition) -> Brief:
    status = wording.capital(escape.visible(item.status))
    return Brief(anchor(item.storyline.id), status, _groups(item.quotes, edition) or _bare(item, edition))


def _bare(item: Item, edition: Edition) -> tuple[Group, ...]:
    """The headline itself, where no sentence stands behind it."""
    text = escape.visible(str(item.storyline.headline))
    article = item.storyline.headline.article
    return (Group((Sentence(text, escape.exact(article.url, [])),), _label(article, edition, [])),)


def anchor(identity: str) -> str:
    """An id that HTML, PDF and EPUB all take: letters, digits and dashes."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in identity).strip("-")
    return f"s-{safe or hashlib.sha256(identity.encode(errors='backslashreplace')).hexdigest()[:12]}"
