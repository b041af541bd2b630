"""The JSON-LD of a page in, what it states about its article (or its live blog's posts) out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from briefing.articles import genre, urls
from briefing.articles.dates import grammar
from briefing.articles.drafts import Draft, Facts

_ARTICLES = frozenset(
    [
        "newsarticle",
        "article",
        "reportagenewsarticle",
        "opinionnewsarticle",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "blogposting",
        "liveblogposting",
        "satiricalarticle",
        "techarticle",
        "scholarlyarticle",
        "advertisercontentarticle",
        "report",
    ]
)
_DEPTH = 12  # of nesting that real pages reach is 8


def parse_objects(scripts: list[str]) -> list[dict[str, Any]]:
    """Every object with a type, outer before inner; broken JSON is passed over."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        bare = re.sub(
            r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$",
            "",
            script.strip(),
        )
        try:
            found += _walk_objects(json.loads(bare.rstrip(";"), strict=False), 0)
        except (ValueError, RecursionError):
            continue
    return found


def _walk_objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _walk_objects(each, depth + 1)
    elif isinstance(value, dict):
        if value.get("@type"):
            yield value
        for key, each in value.items():
            if key not in {"liveBlogUpdate", "comment", "isPartOf", "hasPart"}:
                yield from _walk_objects(each, depth + 1)


def _object_types(value: dict[str, Any]) -> set[str]:
    kind = value.get("@type")
    return {
        str(each).rsplit("/", 1)[-1].lower()
        for each in (kind if isinstance(kind, list) else [kind])
    }


def find_article(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The first object that is an article; the most telling where several are."""
    fitting = [each for each in found if _object_types(each) & _ARTICLES]
    return max(
        fitting,
        key=lambda each: sum(
            key in each for key in ("headline", "datePublished", "publisher", "author")
        ),
        default=None,
    )


def article_facts(
    item: dict[str, Any], *, country: str | None = None, base: str | None = None
) -> Facts:
    """Headline, outlet, author, dates, address, language, section and licence as JSON-LD states
    them.
    """
    page = item.get("mainEntityOfPage")
    return Facts.of(
        "json-ld",
        headline=field_text(item.get("headline")),
        outlet=entity_name(item.get("publisher")),
        byline=_author_names(item.get("author")),
        published=_parse_date(item.get("datePublished"), country),
        updated=_parse_date(item.get("dateModified"), country),
        language=_language_code(item.get("inLanguage")),
        url=urls.clean_url(
            item["url"] if isinstance(item.get("url"), str) else _page_id(page), base
        ),
        section=_first_text(item.get("articleSection")),
        genre=genre.stated_as(_object_types(item)),
        licence=item.get("license") if isinstance(item.get("license"), str) else None,
    )


def paywall_remarks(item: dict[str, Any]) -> tuple[str, ...]:
    return (
        ("behind a paywall",)
        if str(item.get("isAccessibleForFree", "true")).lower() == "false"
        else ()
    )


def live_posts(item: dict[str, Any], base: str | None) -> list[Draft]:
    """The posts of a live blog as they stand in it: newest first as a rule; those without text left
    out.
    """
    posts = item.get("liveBlogUpdate")
    drafts = []
    for post in posts if isinstance(posts, list) else [posts]:
        if isinstance(post, dict) and (text := field_text(post.get("articleBody"), lines=True)):
            stated = article_facts(post, base=base).without("licence")
            drafts.append(Draft(text, stated, "body", "update"))
    return drafts


_SILENT = re.compile(r"(?i)<(script|style|template|noscript)\b|<!--")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = 3  # times that a text passes programs which escape it, at most


def unescape_references(text: str) -> str:
    """With its references (&#36;, &amp;rsquo;) as the characters they mean, also those that were
    escaped twice.

    Only what ends in a semicolon is one: "R&not" stays.
    """
    for _ in range(_ESCAPED):
        if "&" not in text or (found := _REFERENCE.sub(_unescape_match, text)) == text:
            break
        text = found
    return text


def _unescape_match(match: re.Match[str]) -> str:
    return html.unescape(match[0])


# None goes past another "<": a text of nothing but openings would be searched to its end from each
# of them.
_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li|/h\d|/blockquote)[^<>]*>")
_TAG = re.compile(r"<[^<>]{0,2000}>")


def _strip_silent(text: str) -> str:
    """With a space for each script, style and comment; one that does not end is left, as are the
    later of its kind.
    """
    pieces: list[str] = []
    told, endless = 0, set[str]()
    for opening in _SILENT.finditer(text):
        kind = (opening[1] or "").lower()
        if opening.start() < told or kind in endless:
            continue
        end = re.compile(rf"(?i)</{kind}\s*>" if kind else "-->").search(text, opening.end())
        if end is None:
            endless.add(kind)
            continue
        pieces += (text[told : opening.start()], " ")
        told = end.end()
    return "".join([*pieces, text[told:]])


def field_text(value: Any, *, lines: bool = False) -> str | None:
    """Text of a field that may hold HTML."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str)), None)
    if not isinstance(value, str):
        return None
    text = unescape_references(value)
    if re.search(r"<[a-zA-Z/]", text):
        text = _BREAK.sub("\n", _strip_silent(text))
        text = unescape_references(_TAG.sub("", text))
    text = re.sub(r"[ \t\xa0]+", " ", text.replace("\xad", ""))
    if not lines:
        return " ".join(text.split()) or None
    return "\n".join(bare for line in text.split("\n") if (bare := line.strip())) or None


def entity_name(value: Any) -> str | None:
    """Of an organisation or a person, given as text, object or list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    found = (
        field_text(value)
        if isinstance(value, str)
        else entity_name(value)
        if isinstance(value, list)
        else None
    )
    return (
        found
        if found and not re.match(r"(?i)https?://|www\.", found) and len(found) < 100
        else None
    )


def _author_names(value: Any) -> str | None:
    names = [
        found
        for each in (value if isinstance(value, list) else [value])
        if (found := entity_name(each))
    ]
    return ", ".join(dict.fromkeys(names)) or None


def _parse_date(value: Any, country: str | None) -> Any:
    return (
        grammar.parse_date(value, country=country)
        if isinstance(value, str) and value.strip()
        else None
    )


def _language_code(value: Any) -> str | None:
    value = value.get("alternateName") or value.get("name") if isinstance(value, dict) else value
    return (
        value[:2].lower()
        if isinstance(value, str) and re.match(r"^[A-Za-z]{2}(?:[-_]|$)", value)
        else None
    )


def _page_id(page: Any) -> str | None:
    found = page.get("@id") if isinstance(page, dict) else page
    return found if isinstance(found, str) else None


def _first_text(value: Any) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return field_text(value) if isinstance(value, str) else None
