"""Bytes of a feed to its entries, and entries to bytes again: RSS 0.9 to 2.0, Atom, RDF, JSON Feed,
OPML.
"""

from __future__ import annotations

from briefing.syndication.discovery import discover
from briefing.syndication.feeds import Entry, Feed, FeedError
from briefing.syndication.jsonfeed import single
from briefing.syndication.opml import Subscription, read_opml, write_opml
from briefing.syndication.parsing import parse
from briefing.syndication.plain import plain

__all__ = [
    "Entry",
    "Feed",
    "FeedError",
    "Subscription",
    "discover",
    "parse",
    "plain",
    "read_opml",
    "single",
    "write_opml",
]
