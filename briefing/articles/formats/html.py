"""A saved web page in, a draft of its article out (of each post, for a live blog): structured data
first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from briefing.articles import limits
from briefing.articles.dates import country as countries
from briefing.articles.dates import post_times
from briefing.articles.drafts import Draft, Facts
from briefing.articles.extraction.html import extract
from briefing.articles.formats import decoding
from briefing.articles.metadata import below_headline, bylines, html_metadata, json_ld, shown_dates
from briefing.articles.segmentation import live_blog_html
from briefing.articles.segmentation.exports import split_export
from briefing.errors import UnreadableError
from briefing.model import Document

DEEPEST = 600  # levels of nesting; saved news pages reach 60


def read_page(content: bytes, document: Document) -> list[Draft]:
    declared = re.search(r"charset=[\"']?([\w.:-]+)", document.media_type or "")
    origin = document.origin if document.origin.startswith("http") else None
    markup = decoding.decode_text(content, declared[1] if declared else None)
    if _EXPORTED.search(markup) and (drafts := split_export(_all_lines(markup))):
        return drafts
    return draft_page(markup, origin)


# Marks that stand below or above each report of an export; few pages hold their words.
_EXPORTED = re.compile(
    r"(?i)>\s*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|Do[ck]umento? [A-Z]{3,12}\d{6,}\w+"
    r"|\d{1,4} (?:of|von|de) \d{1,4} DO[CK]UMENT\w*)\s*<"
)


_SOFT_HYPHEN = re.compile(r"(?i)&(?:shy|#0?173|#x0{0,2}ad);")


def _all_lines(markup: str) -> str:
    """Every line of a page: an export has no furniture but the marks between its reports."""
    tree = parse_html(markup)
    for element in tree.xpath("//script|//style|//head"):
        element.drop_tree()
    for element in tree.iter("div", "p", "br", "td", "tr", "li", "h1", "h2", "h3", "h4"):
        element.text = "\n" + " ".join((element.text or "").split())
        element.tail = "\n" + (element.tail or "")
    lines = "".join(tree.itertext()).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def draft_page(markup: str, origin: str | None = None) -> list[Draft]:
    """Drafts of a page given as text; `origin` is its address, where that is known."""
    tree = parse_html(markup)
    item = json_ld.find_article(json_ld.parse_objects(_linked_data(tree)))
    country = countries.address_country(html_metadata.page_address(tree, origin) or origin or "")
    facts, remarks = _stated_facts(tree, item, country, origin)
    if item and (posts := json_ld.live_posts(item, facts.url)):
        return _draft_live_blog(tree, facts, posts, remarks)
    seen = shown_dates.find_shown_dates(tree, country)
    body = extract.extract_article(tree)
    live = live_blog_html.is_live(tree, origin)
    if live and (posts := live_blog_html.extract_posts(tree, facts.published, body.lines)):
        return _draft_live_blog(tree, facts, posts, remarks)
    text = "\n".join(body.lines)
    facts = shown_dates.reconcile_dates(
        facts,
        below_headline.headline_dates(body.above, country),
        seen,
        below_headline.headline_dates(body.beside, country),
    )
    facts = facts | bylines.find_byline(body.above, body.authors)
    facts = facts if facts.byline else facts | bylines.find_marked_byline(tree)
    if not text:
        return []
    timed = live and _count_stamps(body.lines) >= live_blog_html.FEWEST
    layout: Literal["page", "body"] = "page" if timed else "body"
    return [Draft(text, facts, layout, remarks=(*remarks, *_shortness_remarks(text)))]


def _linked_data(tree: Any) -> list[str]:
    scripts = tree.iter("script")
    return [each.text or "" for each in scripts if "ld+json" in each.get("type", "")]


def _count_stamps(lines: Sequence[str]) -> int:
    """How many lines begin with the time of a post and go on with its words."""
    stamps = map(post_times.parse_stamp, lines)
    return sum(stamp is not None and stamp.rest is not None for stamp in stamps)


def parse_html(markup: str) -> Any:
    from lxml import etree, html

    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", limits.check_markup(markup), count=1)
    bare = _SOFT_HYPHEN.sub("", bare) if "&" in bare else bare
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_pis=True, remove_comments=True
    )
    # One class for all elements: lxml's own choice among several is a call of Python for each, a
    # tenth of all time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(bare.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError):
        raise UnreadableError(
            "it is called HTML and holds no element; save the page again"
        ) from None
    for reading in list(tree.iter("rt", "rp", "rtc")):  # how signs are said, beside them (ruby)
        reading.drop_tree()
    if _is_too_deep(tree):
        raise UnreadableError(
            f"its elements are nested more than {DEEPEST} deep; save the page again"
        )
    return tree


def _is_too_deep(tree: Any) -> bool:
    level, here = 0, [tree]
    while here and level <= DEEPEST:
        here = [child for element in here for child in element]
        level += 1
    return bool(here)


def _stated_facts(
    tree: Any, item: dict[str, Any] | None, country: str | None, origin: str | None
) -> tuple[Facts, tuple[str, ...]]:
    said = json_ld.article_facts(item, country=country, base=origin) if item else Facts()
    return html_metadata.page_facts(tree, said, country, origin), json_ld.paywall_remarks(
        item
    ) if item else ()


def _draft_live_blog(
    tree: Any, facts: Facts, posts: list[Draft], remarks: tuple[str, ...]
) -> list[Draft]:
    """The introduction (what the text holds and no post does), then the posts."""
    shared = facts.without("headline", "url", "byline", "published", "updated")
    told = {line.strip() for post in posts for line in post.text.split("\n")}
    titles = {post.facts.headline for post in posts}
    own = [
        line
        for line in extract.extract_article(tree).lines
        if line not in told and line not in titles
    ]
    intro: list[str] = []
    for line in own:
        if intro and len(line.split()) < 8:
            break
        intro.append(line)
    first = Draft("\n".join(intro), facts, "body", "live blog", remarks=remarks)
    return [first, *(replace(post, facts=post.facts | shared) for post in posts)]


_ENDED = re.compile(r"(?:\.\.\.|…|\[\.\.\.\]|\[…\])$")
_ON = re.compile(
    r"(?i)(?:(?:read|continue) (?:more|reading)|weiterlesen|lire la suite|leer más)\W*"
)
_BARRED = re.compile(r"(?i)subscribe to (?:read|continue)|to continue reading")
CLAUSE = 8  # words of a line that breaks off; "Discuss…" and "You'll also love…" are buttons


def _shortness_remarks(text: str) -> tuple[str, ...]:
    last = text.rstrip().rpartition("\n")[2]
    broken = _ENDED.search(last) and len(last.split()) >= CLAUSE
    return ("cut short",) if broken or _ON.fullmatch(last) or _BARRED.search(text[-200:]) else ()
