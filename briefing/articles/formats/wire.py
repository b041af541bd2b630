"""An agency's NewsML-G2 or NITF in, a draft an item out: provider, headline, day, embargo, terms."""

from __future__ import annotations

import re
from typing import Any

from briefing.articles.dates import grammar
from briefing.articles.drafts import Draft, Facts, tidy_field
from briefing.articles.metadata import withdrawals
from briefing.errors import UnreadableError
from briefing.model import Document

MOST_ITEMS = 1_000
_BLOCKS = ".//*[local-name()='p' or local-name()='li' or local-name()='tr' or local-name()='h2']"
# Possessive: a head of nothing but comments could be divided in more ways than there is time for.
_WIRE = re.compile(
    rb"(?is)^(?:<\?xml[^>]*+>\s*+)?"
    rb"(?:<!--(?:[^-]|-(?!->)){0,2000}+-->\s*+|<!DOCTYPE[^>]*+>\s*+)*+"
    rb"<(?:\w+:)?(?:newsItem|newsMessage|packageItem|nitf)\b"
)


def is_wire(head: bytes) -> bool:
    return _WIRE.match(head) is not None


def read_wire(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    """The items of a message in order. UnreadableError for one that holds no text."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise UnreadableError("it is called an agency's XML and is damaged; export it again")
    items = root.xpath("descendant-or-self::*[local-name()='newsItem']")[:MOST_ITEMS]
    drafts = [_draft_item(item) for item in items] or [_draft_nitf(root)]
    found = [draft for draft in drafts if draft.text.strip()]
    if not found:
        raise UnreadableError("it is an agency's XML and holds no text (a package or a picture?)")
    return found


def _draft_item(item: Any) -> Draft:
    inner = item.xpath(".//*[local-name()='nitf']")
    created = _first(item, "contentCreated") or _first(item, "versionCreated")
    facts = Facts.of(
        "NewsML-G2",
        headline=_first(item, "headline"),
        outlet=_provider(item),
        byline=_first(item, "by"),
        published=grammar.parse_date(created or ""),
        updated=grammar.parse_date(_first(item, "versionCreated") or ""),
        embargo=grammar.parse_date(_first(item, "embargoed") or ""),
        section=_first(item, "subject/*[local-name()='name']"),
        licence=_first(item, "usageTerms"),
    )
    status = "".join(item.xpath(".//*[local-name()='pubStatus']/@qcode"))
    remarks = withdrawals.of_status(status) if status else ()
    if inner:
        draft = _draft_nitf(inner[0])
        return Draft(draft.text, facts | draft.facts, "body", remarks=remarks)
    bodies = item.xpath(".//*[local-name()='inlineXML' or local-name()='inlineData']")
    return Draft(_text(bodies[0]) if bodies else "", facts, "body", remarks=remarks)


def _draft_nitf(root: Any) -> Draft:
    issued = root.xpath(".//*[local-name()='date.issue']/@norm")
    facts = Facts.of(
        "NITF",
        headline=_first(root, "hl1"),
        outlet=_first(root, "distributor"),
        byline=_first(root, "byline"),
        published=grammar.parse_date(_spread(issued[0])) if issued else None,
    )
    bodies = root.xpath(".//*[local-name()='body.content']")
    return Draft(_text(bodies[0]) if bodies else "", facts, "body")


def _spread(norm: str) -> str:
    """20261007T073000Z as 2026-10-07T07:30:00Z, which NITF writes in one piece."""
    return re.sub(
        r"^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?",
        lambda found: f"{found[1]}-{found[2]}-{found[3]}" + _clock(found[4], found[5]),
        norm,
    )


def _clock(hour: str | None, minute: str | None) -> str:
    return f"T{hour}:{minute}" if hour else ""


def _first(item: Any, path: str) -> str | None:
    name, _, rest = path.partition("/")
    query = f".//*[local-name()='{name}']" + (f"/{rest}" if rest else "")
    texts = (tidy_field("".join(each.itertext())) for each in item.xpath(query))
    return next((text for text in texts if text), None)


def _provider(item: Any) -> str | None:
    """The provider's name, else the last part of its code ("nprov:AFP")."""
    if named := _first(item, "provider"):
        return named
    codes = item.xpath(
        ".//*[local-name()='provider']/@qcode | .//*[local-name()='provider']/@literal"
    )
    return str(codes[0]).rpartition(":")[2] if codes else None


def _text(body: Any) -> str:
    """Paragraphs of a body, a line each; its bare text where it has none."""
    blocks = [each for each in body.xpath(_BLOCKS) if not each.xpath(_BLOCKS)]
    texts = [tidy_field("".join(each.itertext())) or "" for each in blocks]
    return "\n".join(text for text in texts if text) or "".join(body.itertext()).strip()
