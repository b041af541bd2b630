"""A JSON Feed in, a draft an item out (feedparser reads none of them)."""

from __future__ import annotations

from typing import Any

from briefing.articles import dates, urls
from briefing.articles.drafts import Draft, Facts
from briefing.articles.forms import jsonld


def drafts(feed: dict[str, Any]) -> list[Draft]:
    items = feed.get("items")
    name = jsonld.plain(feed.get("title"))
    return [
        made
        for item in (items if isinstance(items, list) else [])
        if isinstance(item, dict) and (made := _draft(item, name, feed.get("language")))
    ]


def _draft(item: dict[str, Any], outlet: str | None, language: Any) -> Draft | None:
    text = next(
        (
            found
            for key in ("content_html", "content_text", "summary")
            if (found := jsonld.plain(item.get(key), lines=True))
        ),
        None,
    )
    if not text:
        return None
    facts = Facts.of(
        "feed",
        headline=jsonld.plain(item.get("title")),
        outlet=outlet,
        byline=jsonld.name(item.get("authors") or item.get("author")),
        published=_date(item.get("date_published")),
        updated=_date(item.get("date_modified")),
        url=urls.clean(item.get("url") if isinstance(item.get("url"), str) else None),
        language=str(item.get("language") or language or "")[:2].lower() or None,
        section=jsonld.plain(item.get("tags")),
    )
    return Draft(text, facts, "body")


def _date(value: Any) -> Any:
    return dates.parse(value) if isinstance(value, str) else None
