"""A parsed page in, headline, outlet, author, dates and address out: structured data first, guesses
never.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from briefing.articles import urls
from briefing.articles.drafts import Facts, tidy_field
from briefing.articles.metadata import bylines, headlines, marked_dates, site_names


def _meta_contents(tree: Any) -> dict[str, str]:
    """Name or property -> content, the first of each, names in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (
            meta.get("property")
            or meta.get("name")
            or meta.get("itemprop")
            or meta.get("http-equiv")
        )
        content = meta.get("content")
        if key and content and content.strip():
            found.setdefault(key.strip().lower(), content.strip())
    return found


def page_address(tree: Any, origin: str | None) -> str | None:
    """The canonical address: the page's own word, then og:url, then where it came from."""
    return _canonical_address(tree, _meta_contents(tree), origin)


def _canonical_address(tree: Any, meta: Mapping[str, str], origin: str | None) -> str | None:
    links = [
        each.get("href")
        for each in tree.iter("link")
        if (each.get("rel") or "").lower() == "canonical"
    ]
    return next(
        (
            found
            for each in (*links, meta.get("og:url"), origin)
            if (found := urls.clean_url(each, origin))
        ),
        None,
    )


def page_facts(tree: Any, said: Facts, country: str | None, origin: str | None) -> Facts:
    """`said` (JSON-LD), its gaps filled from meta elements and marked-up elements."""
    meta = _meta_contents(tree)
    where = _canonical_address(tree, meta, origin)
    html = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    lang = (
        html.get("lang")
        or html.get("{http://www.w3.org/XML/1998/namespace}lang")
        or meta.get("og:locale")
        or ""
    )
    from_meta = Facts.of(
        "meta",
        outlet=_site_name(meta),
        byline=_author_name(meta),
        url=where,
        section=_parse_section(meta.get("article:section")),
        language=lang[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", lang) else None,
    )
    stated = (
        _clean_section(said.without("headline", "url"))
        | from_meta
        | marked_dates.find_marked_dates(tree, meta, country, where)
        | Facts.of("json-ld", url=said.url)
    )
    stated = stated if stated.outlet else stated | site_names.find_outlet(tree, where)
    found = headlines.choose_headline(tree, said.headline, meta, stated.outlet, where)
    stated = _localise_day(_drop_contradiction(stated), where)
    return (Facts.of(found[1], headline=found[0]) if found else Facts()) | bylines.clean_byline(
        stated
    )


def _clean_section(said: Facts) -> Facts:
    section = _parse_section(said.section)
    return replace(said, section=section) if section else said.without("section")


def _parse_section(named: str | None) -> str | None:
    """The first that says something of those in a list; None for a sentence or an address that
    stands there instead.
    """
    listed = (named or "").split(",")
    found = next((each.strip() for each in listed if each.strip().lower() not in _NO_SECTIONS), "")
    whole = found if len(listed) > _PARTS else (named or "").strip()
    told = (
        len(whole) <= _LONGEST_SECTION
        and "://" not in whole
        and not re.search(r"\w{3,}[.!?]$", whole)
    )
    return whole if told and whole.lower() not in _NO_SECTIONS else None


def _drop_contradiction(stated: Facts) -> Facts:
    """Without a day of publication that lies after the day of the last change: one is wrong,
    unknown which.
    """
    if stated.published and stated.updated and stated.published.day > stated.updated.day:
        return stated.without("published")
    return stated


def _localise_day(stated: Facts, where: str | None) -> Facts:
    """A moment given in universal time is, where the outlet is, a moment of the day that stands in
    its address.
    """
    there, said = marked_dates.address_date(where), stated.published
    if not (there.published and said) or said.precision == "day" or said.at.utcoffset():
        return stated
    return (
        there | stated.without("published")
        if abs((there.published.day - said.day).days) == 1
        else stated
    )


_NO_NAMES = frozenset(
    ["blog", "the blog", "news", "home", "homepage", "website", "my site", "default"]
)
_NO_SECTIONS = frozenset(
    [
        "",
        "uncategorized",
        "uncategorised",
        "home",
        "homepage",
        "default",
        "general",
        "blog",
        "blogs",
        "article",
        "articles",
    ]
)
_PARTS = 2  # between commas, that one section's name may have: "Arts, Crafts"
_LONGEST_SECTION = 60  # letters


def _site_name(meta: dict[str, str]) -> str | None:
    for key in (
        "og:site_name",
        "application-name",
        "dc.publisher",
        "publisher",
        "article:publisher",
    ):
        name = tidy_field(meta.get(key, ""))
        if (
            name
            and not re.match(r"(?i)https?:|www\.", name)
            and len(name) <= 60
            and name.lower() not in _NO_NAMES
        ):
            return re.split(r"\s+[|–—](?:\s+|$)", name)[0]
    return None


def _author_name(meta: dict[str, str]) -> str | None:
    for key in (
        "author",
        "article:author",
        "dc.creator",
        "parsely-author",
        "byl",
        "sailthru.author",
    ):
        name = tidy_field(meta.get(key, ""))
        if name and not re.match(r"(?i)https?:|www\.", name) and len(name) <= 100:
            return re.sub(r"(?i)^by\s+", "", name)
    return None
