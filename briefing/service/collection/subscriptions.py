"""A location somebody names to a `[[sources]]` table, and tables into and out of briefing.toml.

The file is edited as text: its comments, its order and its blank lines are the user's.
"""

from __future__ import annotations

import contextlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import BriefingError, ConfigError, UsageError
from briefing.model import Source
from briefing.settings import check_location
from briefing.sources.faults import FetchError
from briefing.syndication import FeedError, Subscription, discover_feeds, parse_feed
from briefing.syndication.discovery import GUESSES

if TYPE_CHECKING:
    from briefing.sources.web import Client

Table = Mapping[str, str | bool]
HEADER = re.compile(r"^\s*\[")
INNER = re.compile(r"^\s*\[\s*sources\s*\.")
SOURCE = re.compile(r"^\s*\[\[\s*sources\s*\]\]")


def recognise_source(location: str, client: Client, *, private: bool = False) -> Table:
    """The table of a new source: what it is, and its name where it states one.

    A web address is fetched: a feed is taken as it is, a page for the feed that it announces.
    Raises BriefingError with what to write instead when nothing fits.
    """
    if fault := check_location(location):
        raise UsageError(f"{re.sub(r'//.*@', '//…@', location)}: {fault}")
    if location.startswith(("imap://", "imaps://")):
        return {"kind": "mail", "location": location}
    if location.startswith(("http://", "https://")):
        extra: dict[str, str | bool] = {"private": True} if private else {}
        return {**_recognise_web_source(location, client, private=private), **extra}
    path = Path(location).expanduser()
    if not path.exists():
        raise UsageError(
            f"{location}: there is no such file or folder; name one, or an address "
            "that begins with https://"
        )
    is_mail = path.suffix == ".mbox" or ((path / "cur").is_dir() and (path / "new").is_dir())
    return {"kind": "mail" if is_mail else "folder", "location": location}


def _recognise_web_source(location: str, client: Client, *, private: bool) -> dict[str, str | bool]:
    answer = client.get(location, private=private)
    try:
        return _feed_table(location, answer.content, answer.moved_to)
    except FeedError:
        announced = discover_feeds(answer.content, answer.url)
    guessed = (f"{answer.url.rstrip('/')}/{each}" for each in GUESSES) if not announced else ()
    for address in (*announced[:3], *guessed):
        try:
            found = client.get(address, private=private)
            return _feed_table(address, found.content, found.moved_to)
        except (FeedError, FetchError):
            continue
    raise BriefingError(
        f"{location}: no feed was found there; to read the page itself add kind = "
        '"pages" to a [[sources]] table, '
        f"and a pattern for the links that are reports"
    )


def _feed_table(location: str, content: bytes, moved_to: str | None) -> dict[str, str | bool]:
    found = parse_feed(content, url=location, most=1)
    table: dict[str, str | bool] = {"kind": "feed", "location": moved_to or location}
    return {**table, "name": found.title} if found.title else table


def import_feeds(subscriptions: Iterable[Subscription], *, private: bool = False) -> list[Table]:
    """A table for each feed of a list. Raises UsageError where an address holds a password."""
    subscriptions = list(subscriptions)
    for each in subscriptions:
        if fault := check_location(each.url):
            raise UsageError(f"{re.sub(r'//.*@', '//…@', each.url)}: {fault}")
    extra: dict[str, str | bool] = {"private": True} if private else {}
    return [
        {
            "kind": "feed",
            "location": each.url,
            **({"name": each.title} if each.title else {}),
            **extra,
        }
        for each in subscriptions
    ]


def export_feeds(sources: Iterable[Source]) -> list[Subscription]:
    """The feeds among the sources."""
    return [Subscription(each.location, each.name) for each in sources if each.kind == "feed"]


def add_sources(text: str, tables: Iterable[Table]) -> tuple[str, list[Table]]:
    """The configuration with the tables that it did not hold yet behind all others, and which those
    were.
    """
    known = {
        (str(each.get("kind", "folder")), str(each.get("location", "")))
        for each in _parse_tables(text)
    }
    fresh = [table for table in tables if (str(table["kind"]), str(table["location"])) not in known]
    body = text.rstrip("\n") + "\n" if text.strip() else ""
    whole = body + "".join(f"\n{_format_table(table)}" for table in fresh)
    _confirm_sources(whole, [*_parse_tables(text), *fresh])
    return whole, fresh


def remove_source(text: str, name: str) -> str:
    """The configuration without the sources of that location or name. Raises UsageError when there
    is none.
    """
    tables = _parse_tables(text)
    doomed = [
        number
        for number, table in enumerate(tables)
        if name in {table.get("location"), table.get("name")}
    ]
    if not doomed:
        raise UsageError(
            f"no source is called '{name}'; see which there are with: briefing sources list"
        )
    lines = text.splitlines(keepends=True)
    spans = _table_spans(lines)
    cut = {at for number in doomed if number < len(spans) for at in spans[number]}
    rest = "".join(line for at, line in enumerate(lines) if at not in cut)
    _confirm_sources(rest, [table for number, table in enumerate(tables) if number not in doomed])
    return rest


def source_locations(text: str) -> set[str]:
    """Where the sources of a configuration are."""
    return {str(table.get("location", "")) for table in _parse_tables(text)}


def _confirm_sources(text: str, expected: Sequence[Mapping[str, object]]) -> None:
    """Nothing is written that does not hold exactly the sources it should."""
    with contextlib.suppress(ConfigError):
        if _parse_tables(text) == list(expected):
            return
    raise ConfigError(
        "briefing.toml: its sources are written in a way that cannot be edited here; "
        "edit it by hand"
    )


def replace_file(path: Path, text: str) -> None:
    """Put a new text in the file's place, whole or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(path.stat().st_mode & 0o777)
    fresh.replace(path)


def _table_spans(lines: list[str]) -> list[range]:
    """The lines of each `[[sources]]` table, its sub-tables included, the comments before the next
    table not.
    """
    starts = [at for at, line in enumerate(lines) if SOURCE.match(line)]
    spans = []
    for start in starts:
        stop = start + 1
        while stop < len(lines) and (INNER.match(lines[stop]) or not HEADER.match(lines[stop])):
            stop += 1
        while stop > start + 1 and stop < len(lines) and re.match(r"\s*(#|$)", lines[stop - 1]):
            stop -= 1
        spans.append(range(start, stop))
    return spans


def _parse_tables(text: str) -> list[Mapping[str, object]]:
    try:
        found = tomllib.loads(text).get("sources", [])
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"briefing.toml: this is not TOML: {error}") from error
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _format_table(table: Table) -> str:
    rows = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in table.items())
    return "[[sources]]\n" + "".join(rows).replace("\x7f", "\\u007f")
