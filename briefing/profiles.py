"""The tables of `[[profiles]]`: who an edition is for, and what that reader wants, does not want
and follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefing.settings import (
    check_address,
    check_choice,
    check_each,
    check_profile,
    check_range,
    check_zone,
    setting,
)

CHANNELS = ("mail", "share")
LENGTHS = ("flash", "standard", "long")
SCOPES = ("headline", "text", "outlet", "storyline")


def check_day(text: str | None) -> str | None:
    try:
        return None if not text or date.fromisoformat(text) else ""
    except ValueError:
        return f"'{text}' is no day; write it as in '2026-03-05'"


def check_table_values(
    kind: type | tuple[type, ...], noun: str
) -> Callable[[dict[str, Any] | None], str | None]:
    """A check of a table whose names are the user's own."""

    def check(table: dict[str, Any] | None) -> str | None:
        wrong = [
            name
            for name, value in (table or {}).items()
            if not isinstance(value, kind) or value is True
        ]
        return (
            f"{noun} is expected for '{wrong[0]}', not {(table or {})[wrong[0]]!r}"
            if wrong
            else None
        )

    return check


def check_languages(codes: tuple[str, ...]) -> str | None:
    wrong = next((code for code in codes if not re.fullmatch(r"[a-z]{2}", code)), None)
    return f"'{wrong}' is no language; write it with two letters, as in 'en'" if wrong else None


@dataclass(frozen=True, slots=True)
class SectionSettings:
    """One `[[profiles.sections]]` table; the first that fits a storyline takes it."""

    name: str = setting("News", "what the section is called")
    words: tuple[str, ...] = setting((), "words or phrases in headline or text; any one is enough")
    names: tuple[str, ...] = setting((), "proper names in the text")
    outlets: tuple[str, ...] = setting((), "outlets")
    folders: tuple[str, ...] = setting((), "folders of the documents, as in 'press/north'")
    languages: tuple[str, ...] = setting(
        (), "languages of the articles, two letters each", check=check_languages
    )


@dataclass(frozen=True, slots=True)
class InterestSettings:
    """One `[[profiles.interests]]` table: what lifts a storyline, or sinks it."""

    name: str = setting("interest", "what it is called where a score is explained")
    words: tuple[str, ...] = setting(
        (), "words or phrases in headline or text that are of interest"
    )
    names: tuple[str, ...] = setting((), "proper names in the text that are of interest")
    outlets: tuple[str, ...] = setting((), "outlets that are of interest")
    weight: float = setting(
        1.0, "points for a storyline of such articles; below 0 it sinks", check=check_range(-10, 10)
    )


@dataclass(frozen=True, slots=True)
class MuteSettings:
    """One `[[profiles.mutes]]` table: what the reader does not want to meet."""

    words: tuple[str, ...] = setting((), "words, outlets, or the id of a storyline")
    scope: str = setting(
        "text", "where: 'headline', 'text', 'outlet' or 'storyline'", check=check_choice(*SCOPES)
    )
    until: str | None = setting(
        None, "last day it holds, as in '2026-03-05'; without it, for ever", check=check_day
    )


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """One `[[profiles]]` table: a reader. What it leaves out is as above for all."""

    name: str = setting("daily", "part of file names: a-z, 0-9 and hyphens", check=check_profile)
    title: str | None = setting(None, "what this reader's edition is called")
    timezone: str | None = setting(
        None, "time zone in which this reader's day begins", check=lambda n: n and check_zone(n)
    )
    length: str | None = setting(
        None,
        "'flash', 'standard' or 'long'",
        check=lambda n: check_choice(*LENGTHS)(n) if n else None,
    )
    formats: tuple[str, ...] = setting((), "renditions to make for this reader instead")
    channels: tuple[str, ...] = setting(
        CHANNELS,
        "ways to this reader, as far as they are configured: 'mail', 'share'",
        check=check_each(check_choice(*CHANNELS)),
    )
    share: str | None = setting(
        None, "folder that this reader's editions are published to instead of [share]'s"
    )
    recipients: tuple[str, ...] = setting(
        (),
        "who gets this reader's edition by mail, beside those added by command",
        check=check_each(check_address),
    )
    words: int = setting(
        0,
        "words of the edition at most instead; 0 for those of the length",
        check=check_range(0, 20_000),
    )
    languages: tuple[str, ...] = setting(
        (), "only articles in these languages; without any, all", check=check_languages
    )
    elsewhere: str = setting("Elsewhere", "section of what fits none of those below")
    follows: tuple[str, ...] = setting(
        (), "storylines named even when they are quiet: ids, or words of the headline"
    )
    keeps: tuple[str, ...] = setting(
        (), "words whose storylines are in, and may lead with one outlet"
    )
    not_alone: tuple[str, ...] = setting((), "outlets whose word alone is not printed")
    leads_per_section: int = setting(
        0, "leads of one section at most; 0 for no cap", check=check_range(0, 20)
    )
    leads_per_person: int = setting(
        0, "leads about one person at most; 0 for no cap", check=check_range(0, 20)
    )
    weights: dict[str, Any] | None = setting(  # noqa: RUF009 - makes a field
        None,
        "table of outlets and their weights, 1 for a usual one",
        check=check_table_values((int, float), "a number"),
    )
    owners: dict[str, Any] | None = setting(  # noqa: RUF009 - makes a field
        None,
        "table of outlets and their owners; one owner counts as one source",
        check=check_table_values(str, "a name"),
    )
    sections: tuple[SectionSettings, ...] = setting((), "one [[profiles.sections]] table each")
    interests: tuple[InterestSettings, ...] = setting((), "one [[profiles.interests]] table each")
    mutes: tuple[MuteSettings, ...] = setting((), "one [[profiles.mutes]] table each")
