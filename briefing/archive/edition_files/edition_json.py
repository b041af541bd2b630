"""Edition to the plain data of `edition.json`, and back: every quotation by article, digest and
span.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from briefing.errors import BriefingError, VerificationError
from briefing.model import (
    Article,
    Edition,
    Fate,
    Headline,
    Insertion,
    Item,
    Licence,
    Moment,
    Quote,
    Span,
    Storyline,
    Summary,
    Window,
)

SCHEMA = "briefing-edition/2"
OLDER = ("briefing-edition/1",)  # read too: without licences, insertions, revisions

Record = dict[str, Any]


def serialise_edition(edition: Edition) -> Record:
    """Plain lists, dicts, strings and numbers, in a fixed order: the same edition gives the same
    record.
    """
    return {
        "schema": SCHEMA,
        "title": edition.title,
        "profile": edition.profile,
        "date": edition.date.isoformat(),
        "window": {
            "start": _iso_format(edition.window.start),
            "stop": _iso_format(edition.window.stop),
        },
        "timezone": edition.timezone,
        "language": edition.language,
        "limit": edition.limit,
        "words": edition.words,
        "minutes": edition.minutes,
        "version": edition.version,
        "kind": edition.kind,
        "revision": edition.revision,
        "changes": list(edition.changes),
        "note": edition.note,
        "licences": [asdict(licence) for licence in edition.licences],
        **({"parsed_by": list(edition.parsed_by)} if edition.parsed_by else {}),
        "late": list(edition.late),
        "insertions": [_insertion_record(one) for one in edition.insertions],
        "counts": dict(sorted(edition.counts.items())),
        "leads": [_item_record(item) for item in edition.leads],
        "briefs": [_item_record(item) for item in edition.briefs],
        "articles": {article.id: _article_record(article) for article in edition_articles(edition)},
        "ledger": [_fate_record(fate) for fate in edition.ledger],
    }


def deserialise_edition(record: Mapping[str, Any], texts: Mapping[str, str]) -> Edition:
    """The edition that `serialise_edition` was given, as far as a rendition needs it; `texts` maps
    article ids to their texts.

    Raises BriefingError for a record of another schema or with parts missing, VerificationError
    where a quotation is not at its place.
    """
    if record.get("schema") not in (SCHEMA, *OLDER):
        raise BriefingError(
            f"this edition is of schema {record.get('schema')!r}; this program reads "
            f"{SCHEMA!r} and {', '.join(OLDER)}"
        )
    try:
        return _restore_edition(record, texts)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BriefingError(
            f"the edition is damaged: {error!r}; make it again from its documents"
        ) from error


def _restore_edition(record: Mapping[str, Any], texts: Mapping[str, str]) -> Edition:
    articles = {
        key: _restore_article(key, value, texts) for key, value in record["articles"].items()
    }
    return Edition(
        title=record["title"],
        profile=record["profile"],
        date=date.fromisoformat(record["date"]),
        window=Window(
            _parse_time(record["window"]["start"]), _parse_time(record["window"]["stop"])
        ),
        leads=tuple(_restore_item(item, articles) for item in record["leads"]),
        briefs=tuple(_restore_item(item, articles) for item in record["briefs"]),
        ledger=tuple(Fate(**fate) for fate in record["ledger"]),
        counts=record["counts"],
        limit=record["limit"],
        language=record["language"],
        timezone=record["timezone"],
        version=record["version"],
        kind=record.get("kind", ""),
        note=record.get("note", ""),
        insertions=tuple(_restore_insertion(one) for one in record.get("insertions", ())),
        parsed_by=tuple(record.get("parsed_by", ())),
        late=tuple(record.get("late", ())),
        licences=tuple(Licence(**one) for one in record.get("licences", ())),
        revision=record.get("revision", 1),
        changes=tuple(record.get("changes", ())),
    )


def edition_articles(edition: Edition) -> list[Article]:
    """Every article that stands behind the edition's storylines, once, in the order of its
    items.
    """
    known: dict[str, Article] = {}
    for item in edition.items:
        for article in (*item.storyline.articles, *(quote.article for quote in item.quotes)):
            known.setdefault(article.id, article)
    return list(known.values())


def quote_records(record: Mapping[str, Any]) -> Iterable[Record]:
    """Every quotation of a record, headlines that are sentences included, in the order printed."""
    for item in (*record["leads"], *record["briefs"]):
        if "start" in item["storyline"]["headline"]:
            yield item["storyline"]["headline"]
        yield from item["quotes"]
        for quotes in item["parts"].values():
            yield from quotes


def _item_record(item: Item) -> Record:
    storyline = item.storyline
    return {
        "storyline": {
            "id": storyline.id,
            "headline": _headline_record(storyline.headline),
            "articles": [article.id for article in storyline.articles],
            "first_seen": _iso_format(storyline.first_seen),
            "related": list(storyline.related),
        },
        "section": item.section,
        "status": item.status,
        "volume": list(item.volume),
        "score": dict(item.score),
        "quotes": [_quote_record(quote) for quote in item.summary.quotes],
        "parts": {
            name: [_quote_record(quote) for quote in quotes] for name, quotes in item.parts.items()
        },
        **(
            {"divided": {name: list(sizes) for name, sizes in item.divided.items()}}
            if item.divided
            else {}
        ),
        **(
            {"why": {name: list(reasons) for name, reasons in item.why.items()}} if item.why else {}
        ),
    }


def _restore_item(item: Record, articles: Mapping[str, Article]) -> Item:
    storyline = item["storyline"]
    return Item(
        Storyline(
            storyline["id"],
            tuple(articles[key] for key in storyline["articles"]),
            _restore_headline(storyline["headline"], articles),
            date.fromisoformat(storyline["first_seen"]) if storyline["first_seen"] else None,
            tuple(storyline["related"]),
        ),
        Summary(tuple(_restore_quote(quote, articles) for quote in item["quotes"])),
        section=item["section"],
        status=item["status"],
        volume=tuple(item["volume"]),
        score=item["score"],
        parts={
            name: tuple(_restore_quote(quote, articles) for quote in quotes)
            for name, quotes in item["parts"].items()
        },
        divided={name: tuple(sizes) for name, sizes in item.get("divided", {}).items()},
        why={name: tuple(reasons) for name, reasons in item.get("why", {}).items()},
    )


def _insertion_record(one: Insertion) -> Record:
    return {"article": one.article, "at": one.at, "day": one.day.isoformat(), "kind": one.kind}


def _restore_insertion(record: Record) -> Insertion:
    return Insertion(
        record["article"], record["at"], date.fromisoformat(record["day"]), record["kind"]
    )


def _headline_record(headline: Headline | Quote) -> Record:
    if isinstance(headline, Quote):
        return _quote_record(headline)
    return {"article": headline.article.id, "text": str(headline)}


def _restore_headline(headline: Record, articles: Mapping[str, Article]) -> Headline | Quote:
    return (
        _restore_quote(headline, articles)
        if "start" in headline
        else Headline(articles[headline["article"]])
    )


def _quote_record(quote: Quote) -> Record:
    span = quote.span
    return {
        "article": quote.article.id,
        "sha256": quote.article.sha256,
        "start": span.start,
        "stop": span.stop,
        "text": str(quote),
    }


def _restore_quote(quote: Record, articles: Mapping[str, Article]) -> Quote:
    article = articles[quote["article"]]
    found = article.text[quote["start"] : quote["stop"]]
    if found != quote["text"] or not found:
        raise VerificationError(
            f"article {article.id}, characters {quote['start']} to {quote['stop']}: "
            "the edition quotes "
            f"'{quote['text']}', the source says '{found}'"
        )
    return Quote(article, Span(quote["start"], quote["stop"]))


def _article_record(article: Article) -> Record:
    return {
        **_origin_fields(article),
        "byline": article.byline,
        "updated": _iso_format(article.updated),
        "language": article.language,
        "section": article.section,
        **({"genre": article.genre} if article.genre else {}),
        "licence": article.licence,
        "part_of": article.part_of,
        "kind": article.kind,
        "found": dict(sorted(article.found.items())),
        "remarks": list(article.remarks),
        "sha256": article.sha256,
        "copies": [{"id": copy.id, **_origin_fields(copy)} for copy in article.copies],
    }


def _origin_fields(article: Article) -> Record:
    return {
        "headline": article.headline,
        "outlet": article.outlet,
        "published": _iso_format(article.published),
        "url": article.url,
        "document": article.document,
        "place": article.place,
    }


def _restore_article(key: str, record: Record, texts: Mapping[str, str]) -> Article:
    if key not in texts:
        raise VerificationError(
            f"article {key}: its text is not among the texts of record; put texts.jsonl back"
        )
    moments: Record = {
        name: record[name] and Moment.fromisoformat(record[name])
        for name in ("published", "updated")
    }
    plain = (
        "headline",
        "outlet",
        "byline",
        "language",
        "url",
        "section",
        "licence",
        "document",
        "place",
        "part_of",
    )
    kept: Record = {name: record[name] for name in plain}
    return Article(
        key,
        texts[key],
        **kept,
        **moments,
        kind=record["kind"],
        genre=record.get("genre"),
        found=record["found"],
        remarks=tuple(record["remarks"]),
        copies=tuple(_restore_copy(copy) for copy in record["copies"]),
    )


def _restore_copy(copy: Record) -> Article:
    published = copy["published"] and Moment.fromisoformat(copy["published"])
    kept: Record = {name: copy[name] for name in ("headline", "outlet", "url", "document", "place")}
    return Article(copy["id"], "", published=published, **kept)


def _fate_record(fate: Fate) -> Record:
    return {
        name: getattr(fate, name)
        for name in ("kind", "id", "fate", "reason", "origin", "outlet", "headline")
    }


def _iso_format(value: Moment | datetime | date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _parse_time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
