"""Bytes of a feed to its entries, and entries to bytes again: RSS 0.9 to 2.0, Atom, RDF, JSON Feed,
OPML.
"""

from __future__ import annotations

from briefing.syndication.discovery import discover_feeds
from briefing.syndication.feeds import Entry, Feed, FeedError
from briefing.syndication.jsonfeed import encode_entry
from briefing.syndication.opml import Subscription, parse_opml, render_opml
from briefing.syndication.parsing import parse_feed
from briefing.syndication.plain import strip_markup

__all__ = [
    "Entry",
    "Feed",
    "FeedError",
    "Subscription",
    "discover_feeds",
    "encode_entry",
    "parse_feed",
    "parse_opml",
    "render_opml",
    "strip_markup",
]
