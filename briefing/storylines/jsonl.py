"""A record {id, title, text, date, outlet …} > an article to be grouped; storylines > {id, cluster,
event} of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal

from briefing import language
from briefing.errors import UsageError
from briefing.model import Analysis, Article, Moment, Storyline

SURE = 200  # characters from which on a text's language is identified and not taken for English
TOLD = 2000  # characters by which it is: more only cost time
NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source"),
    "date": ("date", "published"),
}

Kind = Literal["article", "live blog", "update", "related", "item"]
KINDS: dict[str, Kind] = {
    "live blog": "live blog",
    "update": "update",
    "related": "related",
    "item": "item",
}
Record = Mapping[str, Any]


def parse_article(record: Record) -> Article:
    """The article of a record, analysed in its own language, without spaCy. Raises UsageError that
    names the key.

    `id` is asked for; `title` (or `headline`), `text`, `date` (or `published`; a day or a time),
    `ts` (seconds since 1970), `outlet` (or `source`), `language`, `kind` and `part_of` are taken
    where they are. 5 ms an article.
    """
    if record.get("id") in (None, ""):
        raise UsageError(
            'a line must hold an "id", as in {"id": "a1", "title": "…", "text": "…", '
            '"date": "2026-03-05"}'
        )
    text, headline = _text_value(record, "text"), _stated_text(record, "title")
    spoken = (
        _text_value(record, "language")
        or (language.detect_language(text[:TOLD]) if len(text) >= SURE else None)
        or "en"
    )
    sentences = tuple(language.split_sentences(text, language=spoken))
    terms = tuple(language.extract_terms(span.of(text), language=spoken) for span in sentences)
    return Article(
        id=str(record["id"]),
        text=text,
        headline=headline or None,
        outlet=_stated_text(record, "outlet") or None,
        published=_parse_moment(record),
        language=spoken,
        kind=KINDS.get(_text_value(record, "kind"), "article"),
        part_of=_text_value(record, "part_of") or None,
        document=str(record["id"]),
        analysis=Analysis(
            sentences, terms, tuple(language.find_names(text, sentences, language=spoken))
        ),
        headline_terms=language.extract_terms(headline, language=spoken),
    )


def _parse_moment(record: Record) -> Moment | None:
    """When a record was published; a time without a zone is UTC. None where it does not say. Raises
    UsageError.
    """
    seconds = record.get("ts")
    if isinstance(seconds, int | float):
        return Moment(datetime.fromtimestamp(seconds, UTC))
    stated = _stated_text(record, "date")
    if not stated:
        return None
    try:
        if len(stated) <= len("2026-03-05"):
            return Moment.on(date.fromisoformat(stated))
        at = datetime.fromisoformat(stated)
    except ValueError:
        raise UsageError(
            f"date: '{stated}' is no day; write it as in 2026-03-05 or 2026-03-05T06:00Z"
        ) from None
    return Moment(at if at.tzinfo else at.replace(tzinfo=UTC))


def storyline_rows(storylines: Iterable[Storyline]) -> Iterator[dict[str, str]]:
    """{id, cluster, event} of each article and of each copy that was folded into it, as their
    original.
    """
    for storyline in storylines:
        for number, event in enumerate(storyline.events or (storyline.articles,), 1):
            for article in event:
                for one in (article, *article.copies):
                    yield {
                        "id": one.id,
                        "cluster": storyline.id,
                        "event": f"{storyline.id}/{number}",
                    }


def _stated_text(record: Record, name: str) -> str:
    return next((found for key in NAMES[name] if (found := _text_value(record, key))), "")


def _text_value(record: Record, key: str) -> str:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{key}: text in quotation marks is expected, not {value!r}")
    return value or ""
