"""A parsed page in, the days of publication and change that it marks as such out: none is guessed
from its text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from briefing.articles.dates import grammar
from briefing.articles.drafts import Facts
from briefing.model import Moment

_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "publishdate",
    "pubdate",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "published-date",
    "publish-date",
    "release_date",
    "article_date_original",
    "citation_date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article:published",
    "published_time_telegram",
    "analyticsattributes.articledate",
    "last-published",
    "dcsext.articlefirstpublished",
    "bt:pubdate",
    "created",
    "rnews:datepublished",
    "shareaholic:article_published_time",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "modified",
)


# Of the tree itself: "//" would list every node, texts and all, before it looks at one.
_DATES = (
    'descendant-or-self::*[@itemprop][@itemprop="datePublished"] | '
    'descendant-or-self::time[@pubdate or contains(@class, "publish") or '
    'contains(@class, "entry-date")]'
)


def find_marked_dates(
    tree: Any, meta: Mapping[str, str], country: str | None, where: str | None
) -> Facts:
    """What is marked as a date, the page's own words for it first; the address last."""
    published = next(
        (when for key in _PUBLISHED if (when := _parse_moment(meta.get(key), country))), None
    )
    updated = next(
        (when for key in _UPDATED if (when := _parse_moment(meta.get(key), country))), None
    )
    found = Facts.of("meta", published=published, updated=updated)
    return found | _element_date(tree, country) | address_date(where)


def _parse_moment(value: str | None, country: str | None) -> Moment | None:
    return grammar.parse_date(value, country=country) if value else None


def _element_date(tree: Any, country: str | None) -> Facts:
    for element in tree.xpath(_DATES):
        value = element.get("datetime") or element.get("content") or element.text_content()
        if when := _parse_moment(value, country):
            return Facts.of("marked-up date", published=when)
    times = [each for each in tree.iter("time") if re.match(r"\d{4}-", each.get("datetime") or "")]
    days = {when.day for each in times if (when := _parse_moment(each.get("datetime"), country))}
    if len(days) == 1 and (when := _parse_moment(times[0].get("datetime"), country)):
        return Facts.of("marked-up date", published=when)
    return Facts()


def address_date(where: str | None) -> Facts:
    """The day that an address holds: /2026/03/04/."""
    match = re.search(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)", where or "")
    when = (
        grammar.parse_date(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else None
    )
    return Facts.of("address", published=when)
