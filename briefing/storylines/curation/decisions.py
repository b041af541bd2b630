"""The text of storylines.toml in, an editor's decisions on storylines out, or one message that
names every fault.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.errors import ConfigError

FILE = "storylines.toml"
TEMPLATE = """\
# An editor's decisions on storylines. `briefing storylines` and every later edition obey them; delete a line, and all
# is as if it had never been. Ids of storylines and of articles are shown by: briefing storylines PATH
#
# Each decision is a line of its own. Take the # away from a list before its first decision.

# pin = [        # first in every edition that has news of it
#   "dockers-walk-out-port-halden-aeb8d2",
# ]

# mute = [       # in no edition
#   "orla-flood-we-took-cat-2ce8af",
# ]

# rename = [     # the headline: words that stand in one of its articles, a headline or a sentence
#   ["dockers-walk-out-port-halden-aeb8d2", "Port of Halden stoppage puts first-quarter targets at risk"],
# ]

# merge = [      # one storyline, under the first id
#   ["dockers-walk-out-port-halden-aeb8d2", "ledger-port-stoppage-1f0c22"],
# ]

# split = [      # a storyline, then the articles that leave it for one of their own, with what follows them
#   ["dockers-walk-out-port-halden-aeb8d2", "f9d306e633b3eecb"],
# ]

# relate = [     # named beside each other, never merged
#   ["dockers-walk-out-port-halden-aeb8d2", "orla-flood-we-took-cat-2ce8af"],
# ]
"""
SHAPES = {  # key -> least, most texts of an entry, and what they are
    "pin": (1, 1, "the id of a storyline"),
    "mute": (1, 1, "the id of a storyline"),
    "rename": (2, 2, '["id of a storyline", "words of one of its articles"]'),
    "merge": (2, 99, '["id that stays", "id that joins it", …]'),
    "split": (2, 999, '["id of a storyline", "id of an article", …]'),
    "relate": (2, 2, '["id of a storyline", "id of another"]'),
}
Entries = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """Decisions by kind, in the order of the file. Without any, nothing is changed."""

    pin: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    rename: Entries = ()
    merge: Entries = ()
    split: Entries = ()
    relate: Entries = ()

    def __bool__(self) -> bool:
        return bool(self.pin or self.mute or self.rename or self.merge or self.split or self.relate)


def parse_decisions(text: str, name: str = FILE) -> Hand:
    """The decisions of a file. Raises ConfigError with each fault's line and key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{name}: {_find_duplicate_list(text) or f'this is not TOML: {error}'}"
        ) from error
    faults = [
        f"{name}: line {line}: {fault}"
        for line, fault in sorted(_decision_faults(table, text.splitlines()))
    ]
    if faults:
        raise ConfigError("\n".join(faults))
    many = {
        key: tuple(tuple(entry) for entry in table.get(key, ()))
        for key in ("rename", "merge", "split", "relate")
    }
    return Hand(tuple(table.get("pin", ())), tuple(table.get("mute", ())), **many)


def _decision_faults(table: dict[str, Any], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for key, entries in table.items():
        if key not in SHAPES:
            near = difflib.get_close_matches(key, SHAPES, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(SHAPES)}"
            yield _find_line(lines, key), f"no decision is called '{key}'; {hint}"
        elif not isinstance(entries, list):
            yield _find_line(lines, key), f"{key}: a list is expected, not {entries!r}"
        else:
            yield from (
                (_find_line(lines, key, entry), f"{key}: {fault}")
                for entry, fault in _entry_faults(key, entries)
            )
    for name in (one for one in _text_entries(table, "pin") if one in _text_entries(table, "mute")):
        yield (
            _find_line(lines, "mute", name),
            f"mute: '{name}' is pinned as well; leave one of them out",
        )
    yield from _contradictions(table, lines)


def _contradictions(table: dict[str, Any], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Decisions on a storyline that another line makes a part of another one: nothing would come of
    them.
    """
    joins = {one: entry[0] for entry in _list_entries(table, "merge") for one in entry[1:]}
    for key in ("pin", "mute"):
        for one in (one for one in _text_entries(table, key) if one in joins):
            yield (
                _find_line(lines, key, one),
                f"{key}: '{one}' joins '{joins[one]}' by 'merge'; name '{joins[one]}' here",
            )
    for entry in (entry for entry in _list_entries(table, "rename") if entry[0] in joins):
        into = joins[entry[0]]
        yield (
            _find_line(lines, "rename", entry),
            f"rename: '{entry[0]}' joins '{into}' by 'merge'; name '{into}' here",
        )
    for entry in _list_entries(table, "relate"):
        if len({joins.get(one, one) for one in entry}) < len(set(entry)):
            yield (
                _find_line(lines, "relate", entry),
                "relate: both are one by 'merge'; leave one of the two lines out",
            )


def _find_duplicate_list(text: str) -> str | None:
    """A sentence on the first decision that has two lists, which TOML forbids."""
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"\s*(\w+)\s*=", line)
        if found and found[1] in SHAPES:
            if found[1] in seen:
                return (
                    f"line {number}: '{found[1]}' has a list in line "
                    f"{seen[found[1]]} already; put all into that one"
                )
            seen[found[1]] = number
    return None


def _list_entries(table: dict[str, Any], key: str) -> list[list[str]]:
    """Entries of several texts, as far as they are well formed: other faults are told by
    themselves.
    """
    entries = table.get(key)
    found = (
        [one for one in entries if isinstance(one, list) and one]
        if isinstance(entries, list)
        else []
    )
    return [one for one in found if all(isinstance(text, str) for text in one)]


def _entry_faults(key: str, entries: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    least, most, shape = SHAPES[key]
    taken: set[str] = set()
    for entry in entries:
        texts = entry if isinstance(entry, list) else [entry]
        alone = most == 1
        if alone == isinstance(entry, list) or not all(
            isinstance(one, str) and one for one in texts
        ):
            yield entry, f"{shape} is expected, not {entry!r}"
        elif not least <= len(texts) <= most or len(set(texts)) < len(texts):
            yield entry, f"{shape} is expected, each once, not {entry!r}"
        else:
            claimed = {"merge": texts, "split": texts[1:]}.get(
                key, [] if key == "relate" else texts[:1]
            )
            twice = next((one for one in claimed if one in taken), None)
            if twice is not None:
                yield (
                    entry,
                    f"'{twice}' stands in another line of '{key}' already; leave one of them out",
                )
            taken.update(claimed)


def _text_entries(table: dict[str, Any], key: str) -> list[str]:
    entries = table.get(key)
    return [one for one in entries if isinstance(one, str)] if isinstance(entries, list) else []


def _find_line(lines: Sequence[str], key: str, entry: Any = None) -> int:
    """Where a key stands, or the last line below it that holds the entry's texts; from 1."""
    begin = next(
        (
            n
            for n, line in enumerate(lines)
            if re.match(rf"\s*\[*\s*[\"']?{re.escape(key)}\b", line)
        ),
        0,
    )
    texts = [
        one
        for one in (entry if isinstance(entry, list) else [entry])
        if isinstance(one, str) and one
    ]
    held = [
        n
        for n, line in enumerate(lines[begin:], begin)
        if texts and all(one in line for one in texts)
    ]
    within = [
        n for n in held if not any(re.match(r"\w+\s*=", line) for line in lines[begin + 1 : n + 1])
    ]
    return (within[-1] if within else begin) + 1
