"""A record of fields (JSON, a row, front matter) in, a draft out: the usual names of fields of the
usual programs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any, get_args

from briefing.articles import urls
from briefing.articles.dates import grammar
from briefing.articles.drafts import Draft, Facts
from briefing.articles.formats.plain_text import join_initials
from briefing.articles.genre import GENRES
from briefing.articles.metadata import embargoes, json_ld, withdrawals
from briefing.articles.metadata.headlines import without_outlet
from briefing.model import ArticleKind, Moment

# Our own, NewsAPI, news-please, newspaper, fundus, JSON Feed, schema.org, press monitors, front
# matter of sites.
_TEXT = (
    "text",
    "body",
    "maintext",
    "articlebody",
    "content_html",
    "content_text",
    "content",
    "fulltext",
    "full_text",
    "plaintext",
    "article",
    "html",
    "text_content",
    "cleaned_text",
    "summary_text",
    "message",
    "bodytext",
    "body_xhtml",
    "body_html",
    "body_text",
    "volltext",
    "artikeltext",
    "inhalt",
    "texte",
    "contenu",
    "texte_intégral",
    "texto",
    "contenido",
    "cuerpo",
    "testo",
    "opening_text",
    "snippet",
    "hit_sentence",
    "anriss",
    "teaser",
    "extrait",
    "description",
)
_EXCERPTS = frozenset(
    ["opening_text", "snippet", "hit_sentence", "anriss", "teaser", "extrait", "description"]
)
# words of a headline that stands for a report without a text; settings have names of one or two
LEAST_HEADLINE = 3
_FIELDS: dict[str, tuple[str, ...]] = {
    "headline": (
        "headline",
        "title",
        "webtitle",
        "titel",
        "überschrift",
        "schlagzeile",
        "titre",
        "titulo",
        "título",
        "titular",
        "titolo",
        "name",
        "subject",
    ),
    "outlet": (
        "outlet",
        "source",
        "publisher",
        "publication",
        "site",
        "sitename",
        "site_name",
        "source_name",
        "newspaper",
        "source_domain",
        "sourcename",
        "medium",
        "quelle",
        "zeitung",
        "medientitel",
        "média",
        "support",
        "journal",
        "fuente",
        "medio",
        "fonte",
        "testata",
        "media_name",
        "media_outlet",
        "outlet_name",
        "news_source",
        "provider",
        "feed",
        "channel",
    ),
    "byline": (
        "byline",
        "author",
        "authors",
        "autor",
        "autorin",
        "verfasser",
        "auteur",
        "autore",
        "journalist",
        "author_name",
        "creator",
        "by",
    ),
    "published": (
        "published",
        "publishedat",
        "date_publish",
        "date_published",
        "published_at",
        "publish_date",
        "publishdate",
        "pubdate",
        "date",
        "datepublished",
        "publication_date",
        "published_date",
        "time",
        "timestamp",
        "created_at",
        "created",
        "webpublicationdate",
        "firstpublished",
        "firstcreated",
        "versioncreated",
        "date_gmt",
        "seendate",
        "erscheinungsdatum",
        "datum",
        "veröffentlicht",
        "date_de_publication",
        "date_de_parution",
        "fecha",
        "fecha_de_publicación",
        "data",
        "news_date",
    ),
    "updated": (
        "updated",
        "date_modify",
        "date_modified",
        "updated_at",
        "modified",
        "datemodified",
        "lastmod",
    ),
    "embargo": (
        "embargo",
        "embargoed",
        "embargoed_until",
        "embargo_until",
        "embargo_date",
        "embargodate",
        "embargo_time",
        "prism:embargodate",
        "prism_embargodate",
        "sperrfrist",
        "sperrfrist_bis",
        "hold_until",
    ),
    "url": (
        "url",
        "weburl",
        "link",
        "lien",
        "enlace",
        "adresse",
        "canonical_url",
        "permalink",
        "external_url",
        "source_url",
        "href",
    ),
    "language": ("language", "lang", "inlanguage", "sprache", "langue", "idioma"),
    "section": (
        "section",
        "sectionname",
        "ressort",
        "rubrik",
        "rubrique",
        "sección",
        "category",
        "categories",
        "articlesection",
        "tags",
    ),
    "genre": ("genre", "kind_of_article"),
    "licence": ("licence", "license", "rights", "usageterms"),
}


def draft_record(record: Mapping[str, Any], how: str) -> Draft | None:
    """A draft of one article; None when the record holds neither a text nor the headline of a
    report.
    """
    low = _normalise_keys(record)
    own = _text_of_record(low)
    key, text = ("text", own) if own else _first_text(low)
    stated = record_facts(record, how)
    if (not text or key in _EXCERPTS) and not _is_bare(stated):
        return None
    text = text or ""
    text, marked = (text, False) if own else _without_mark(text)
    short = marked or key in _EXCERPTS or text.rstrip().endswith(("…", "..."))
    cut = ("cut short",) if short else ()
    part_of = low.get("part_of")
    return Draft(
        text,
        stated,
        "record" if own else "body",
        _article_kind(low.get("kind")),
        str(part_of) if part_of else None,
        _kept_remarks(low) or cut + withdrawals.of_status(low.get("pubstatus")),
    )


def _text_of_record(low: Mapping[str, Any]) -> str | None:
    """The text of a record that this program wrote: its fingerprint is that of its text."""
    text = low.get("text")
    if not isinstance(text, str):
        return None
    fingerprint = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return text if low.get("sha256") == fingerprint else None


def _article_kind(value: object) -> ArticleKind:
    return next((kind for kind in get_args(ArticleKind) if kind == value), "article")


def _kept_remarks(low: Mapping[str, Any]) -> tuple[str, ...]:
    remarks = low.get("remarks")
    return tuple(str(each) for each in remarks) if isinstance(remarks, list) else ()


def is_field(name: str) -> bool:
    """Whether a column of this name is read."""
    key = next(iter(_normalise_keys({name: None})), "")
    return key in _TEXT or any(key in names for names in _FIELDS.values())


_MARK = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?\d+ (?:chars|characters)\]\s*$")


def _first_text(low: Mapping[str, Any]) -> tuple[str, str | None]:
    """The first of the fields that hold texts, and its text: the whole one before an excerpt."""
    found = ((key, _body_text(low.get(key))) for key in _TEXT)
    return next(((key, text) for key, text in found if text), ("", None))


def _without_mark(text: str) -> tuple[str, bool]:
    """A text without NewsAPI's "… [+1200 chars]", and whether it had it."""
    bare = _MARK.sub("", text)
    return bare, bare != text


def _is_bare(stated: Facts) -> bool:
    """Whether a record without a text is a report all the same: a headline, with where or when it
    was published.
    """
    words = len((stated.headline or "").split())
    return words >= LEAST_HEADLINE and bool(stated.url or stated.outlet or stated.published)


def record_facts(record: Mapping[str, Any], how: str, zone: tzinfo = UTC) -> Facts:
    """What the fields state, under any of their usual names; our own output keeps how each was
    found.

    `zone` places the hour of an embargo that states none.
    """
    low = _normalise_keys(record)
    found = {name: _field_value(name, low, keys, zone) for name, keys in _FIELDS.items()}
    found["headline"] = without_outlet(found["headline"], found["outlet"], found["url"])
    stated = Facts.of(how, **found)
    ways = low.get("found")
    if isinstance(ways, dict):
        own = {str(name): str(way) for name, way in ways.items() if name in stated.found}
        stated = Facts(
            **{name: getattr(stated, name) for name in _FIELDS}, found={**stated.found, **own}
        )
    return stated


def _normalise_keys(record: Mapping[str, Any]) -> dict[str, Any]:
    low = {
        str(key).strip().lower().replace("-", "_").replace(" ", "_"): _rendered(value)
        for key, value in record.items()
    }
    inner = low.get("fields")  # the Guardian's
    return low | _normalise_keys(inner) if isinstance(inner, dict) else low


def _rendered(value: Any) -> Any:
    """A field as WordPress wraps it: {"rendered": …}."""
    return value["rendered"] if isinstance(value, dict) and "rendered" in value else value


def _field_value(name: str, low: Mapping[str, Any], keys: tuple[str, ...], zone: tzinfo) -> Any:
    for key in keys:
        value = low.get(key)
        read = _read(name, value, zone)
        if read:
            return read
    return None


def _read(name: str, value: Any, zone: tzinfo) -> Any:
    if name == "embargo":
        return embargoes.of_field(value.isoformat() if isinstance(value, date) else value, zone)
    return _date_field(value) if name in {"published", "updated"} else _text_field(name, value)


def _text_field(name: str, value: Any) -> str | None:
    if name == "byline":
        return _byline_text(value)
    if name == "outlet":
        is_address = isinstance(value, str) and value.startswith("http")
        return None if is_address else json_ld.entity_name(value)
    if name == "url":
        return urls.clean_url(value) if isinstance(value, str) else None
    found = json_ld.field_text(value)
    if name == "genre":
        return found if found in GENRES else None
    return _language_code(found) if name == "language" and found else found


def _byline_text(value: Any) -> str | None:
    if isinstance(value, list):
        value = ", ".join(filter(None, map(json_ld.entity_name, value)))
    return json_ld.entity_name(value)


def _language_code(tag: str) -> str | None:
    """Of "de", "de-AT" and "de_AT": "de"."""
    is_tag = tag[:2].isalpha() and (len(tag) == 2 or tag[2:3] in "-_")
    return tag[:2].lower() if is_tag else None


def _date_field(value: Any) -> Moment | None:
    if isinstance(value, datetime):
        return (
            grammar.bound_year(Moment(value))
            if value.tzinfo
            else grammar.parse_date(value.isoformat())
        )
    if isinstance(value, date):
        return grammar.bound_year(Moment.on(value))
    if isinstance(value, int | float) and not isinstance(value, bool) and 1e8 < value < 1e13:
        return Moment(
            datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC).replace(
                second=0, microsecond=0
            )
        )
    return grammar.parse_date(value) if isinstance(value, str) and value.strip() else None


def _body_text(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n".join(value)
    if isinstance(value, dict):
        value = value.get("text") or value.get("value") or value.get("html")
    if not isinstance(value, str) or len(value.split()) <= 2:
        return None
    plain = json_ld.field_text(value, lines=True)
    return join_initials(plain) if plain else None
