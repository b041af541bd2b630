"""Bytes of any feed to its entries, within 5 seconds and 200 MB whatever the bytes are."""

from __future__ import annotations

import dataclasses
import pickle
import subprocess
import sys

from briefing.syndication.child import SECONDS
from briefing.syndication.feeds import Feed, FeedError
from briefing.syndication.jsonfeed import parse_json_feed
from briefing.syndication.trimming import convert_to_utf8, mend_characters, trim_entries
from briefing.syndication.weighing import classify_weight
from briefing.syndication.xmlfeed import parse_xml_feed

ENTRIES = 500  # a feed lists its newest first; ten days of a busy wire
TOO_MUCH = "this feed is too large or too deeply nested to be read; name a smaller or sounder one"
SIZE = 5_000_000  # bytes


def parse_feed(
    content: bytes, *, url: str | None = None, media_type: str | None = None, most: int = ENTRIES
) -> Feed:
    """A feed's first `most` entries in its own order; `url` is where it was fetched, for relative
    links.

    Raises FeedError, a sentence without a place, for what is no feed and for one too costly to
    read.
    """
    content = convert_to_utf8(content.lstrip(b"\xef\xbb\xbf \t\r\n\0"))
    if not content:
        raise FeedError("this is empty; it is tried again later")
    if content[:1] in b"{[":
        if len(content) > SIZE:
            raise FeedError(f"this JSON Feed is larger than {SIZE / 1e6:g} MB; name a smaller one")
        return parse_json_feed(content, url=url, most=most)
    kept, left_out = trim_entries(mend_characters(content), most=most, size=SIZE)
    found = classify_weight(kept)
    if found == "deep":
        raise FeedError(TOO_MUCH)
    feed = (
        parse_xml_feed(kept, url=url, media_type=media_type)
        if found == "light"
        else _parse_in_child(kept, url, media_type)
    )
    left_out += len(feed.entries[most:])
    return (
        dataclasses.replace(feed, entries=feed.entries[:most], left_out=left_out)
        if left_out
        else feed
    )


def _parse_in_child(content: bytes, url: str | None, media_type: str | None) -> Feed:
    """The same in a process of its own, for what may take for ever."""
    command = [sys.executable, "-m", "briefing.syndication.child", url or "", media_type or ""]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FeedError(
            f"this feed cannot be read in {SECONDS} seconds; name a smaller or sounder one"
        ) from error
    if done.returncode != 0:
        raise FeedError(TOO_MUCH)
    answer = pickle.loads(done.stdout)  # noqa: S301 - written by our own child, which unpickles nothing
    if isinstance(answer, str):
        raise FeedError(answer)
    assert isinstance(answer, Feed)
    return answer
