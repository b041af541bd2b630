"""OPML to subscriptions, and subscriptions to OPML: how feed readers hand over their lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from briefing.syndication.feeds import FeedError
from briefing.syndication.urls import web_address


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list."""

    url: str
    title: str | None = None
    home: str | None = None
    folder: str | None = None


def parse_opml(content: bytes) -> tuple[Subscription, ...]:
    """The feeds of a list in its order, each address once. Raises FeedError for what is no OPML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(
            f"this is no OPML ({error}); export the list from your feed reader again"
        ) from error
    if root is None or root.tag is etree.Comment or str(root.tag).lower() != "opml":
        raise FeedError("this is no OPML; export the list from your feed reader again")
    found = (_parse_subscription(outline) for outline in root.iter("outline"))
    return tuple({each.url: each for each in found if each}.values())


def _parse_subscription(outline: object) -> Subscription | None:
    attributes = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}  # type: ignore[attr-defined]
    url = web_address(attributes.get("xmlurl", "").replace("feed://", "https://", 1))
    if not url:
        return None
    parent = outline.getparent()  # type: ignore[attr-defined]
    folder = (
        (parent.get("title") or parent.get("text"))
        if parent is not None and parent.tag == "outline"
        else None
    )
    title = attributes.get("title") or attributes.get("text")
    return Subscription(url, title or None, web_address(attributes.get("htmlurl")), folder or None)


def render_opml(subscriptions: Iterable[Subscription], *, title: str = "briefing") -> bytes:
    """OPML 2.0, folders in the order they first appear."""
    everything = tuple(subscriptions)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{quoteattr(_strip_controls(title))[1:-1]}</title></head>", "<body>"]
    for folder in dict.fromkeys(each.folder for each in everything):
        outlines = [_render_outline(each) for each in everything if each.folder == folder]
        lines += (
            outlines
            if folder is None
            else [f"<outline text={quoteattr(_strip_controls(folder))}>", *outlines, "</outline>"]
        )
    return "\n".join((*lines, "</body>", "</opml>", "")).encode()


def _render_outline(each: Subscription) -> str:
    home = f" htmlUrl={quoteattr(_strip_controls(each.home))}" if each.home else ""
    text = quoteattr(_strip_controls(each.title or each.url))
    return (
        f'<outline type="rss" text={text} title={text} '
        f"xmlUrl={quoteattr(_strip_controls(each.url))}{home}/>"
    )


def _strip_controls(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff")
