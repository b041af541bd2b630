"""Keep what no text holds out of drafts: halves of characters, and signs that command a
terminal.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from briefing.articles.drafts import NAMES, Draft, Facts
from briefing.errors import UnreadableError

_COMMANDS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")


def plain_draft(draft: Draft) -> Draft:
    r"""The draft without control characters, in its text and in what is stated beside it.

    Raises UnreadableError for half of a character ("\ud83d" in JSON): it is no text, and nothing
    can be written of it.
    """
    text, facts = _strip_commands(draft.text), _plain_facts(draft.facts)
    part_of = _strip_commands(draft.part_of) if draft.part_of else draft.part_of
    remarks = tuple(map(_strip_commands, draft.remarks))
    if (
        text is draft.text
        and facts is draft.facts
        and part_of == draft.part_of
        and remarks == draft.remarks
    ):
        return draft  # as most
    return replace(draft, text=text, facts=facts, part_of=part_of, remarks=remarks)


def _plain_facts(facts: Facts) -> Facts:
    stated = {name: value for name in NAMES if isinstance(value := getattr(facts, name), str)}
    plain = {name: _strip_commands(value) for name, value in stated.items()}
    found = {name: _strip_commands(how) for name, how in facts.found.items()}
    if plain == stated and found == facts.found:
        return facts
    changed: dict[str, Any] = {name: value.strip() or None for name, value in plain.items()}
    return replace(facts, **changed, found=found)


def _strip_commands(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(_HALF.findall(text)[0]):04X}"
        raise UnreadableError(
            f"it holds half of a character ({half}), which is no text; save it again"
        ) from error
    return _COMMANDS.sub("", text) if _COMMANDS.search(text) else text
