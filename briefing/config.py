"""briefing.toml to a `Config`, or one message that names everything that must be changed.

Each setting is a field: its name, its type, a default that suits a newcomer, and a line of help
from which docs/configuration.md is made.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import ConfigError
from briefing.model import Source
from briefing.profiles import LENGTHS, ProfileSettings
from briefing.resources import LANGUAGES, message_file
from briefing.secret import PLACES
from briefing.settings import (
    LicenceSettings,
    MailSettings,
    RetentionSettings,
    ScheduleSettings,
    ShareSettings,
    check_choice,
    check_each,
    check_location,
    check_pattern,
    check_profile,
    check_range,
    check_secret,
    check_zone,
    resolve_place,
    resolve_secret_place,
    setting,
)
from briefing.tables import build_from_table

FILE = "briefing.toml"
FORMATS = ("json", "markdown", "email", "pdf", "page", "text", "epub", "feed")


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One `[[sources]]` table: where documents come from."""

    location: str = setting(
        "corpus",
        "folder, file, address, or '-' for standard input; relative to briefing.toml",
        check=check_location,
    )
    kind: str = setting(
        "folder",
        (
            "'folder' (also a single file), 'feed', 'mail', 'pages', 'stdin', or "
            "package.module:function"
        ),
    )
    name: str | None = setting(None, "outlet of documents that state none themselves")
    weight: float = setting(
        1.0, "how much its articles count in the lineup", check=check_range(0, 10)
    )
    licence: str | None = setting(None, "terms its texts may be used under, printed in the imprint")
    language: str | None = setting(
        None, "two letters, for documents too short to tell their language"
    )
    items: int = setting(
        200, "documents taken from it in one collection, at most", check=check_range(1, 100_000)
    )
    seconds: float = setting(
        120.0, "time it may take in one collection", check=check_range(1, 3600)
    )
    backfill: float = setting(
        3.0, "days back that the first collection goes", check=check_range(0, 3650)
    )
    silent: float = setting(
        7.0, "days without anything new after which it is reported", check=check_range(0, 3650)
    )
    private: bool = setting(
        default=False,
        help_line="feed, pages: may reach this machine and its own network (an intranet)",
    )
    full: str = setting(
        "never",
        "feed: fetch the page behind 'teasers' or 'always'",
        check=check_choice("never", "teasers", "always"),
    )
    pattern: str | None = setting(
        None,
        "pages: regular expression of the links on an index page that are reports",
        check=check_pattern,
    )
    password: str | None = setting(
        None,
        f"mail, and feeds and pages of https://USER@HOST/…: where the password is kept: {PLACES}",
        check=check_secret,
    )
    ca_file: str | None = setting(None, "mail: certificates to trust instead of the system's (PEM)")
    include: tuple[str, ...] = setting(
        (), "folder: patterns of the names to take, as in '*.txt'; without any, all"
    )
    settled: float = setting(
        0.0,
        "folder: seconds a file must have been left alone; 5 where programs write to it",
        check=check_range(0, 86_400),
    )
    move_to: str | None = setting(
        None, "folder: where its files go once they are stored, relative to the folder"
    )
    options: dict[str, Any] | None = setting(None, "table of settings for a function of your own")  # noqa: RUF009 - makes a field


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """`[collect]`: how the network is asked."""

    contact: str | None = setting(
        None, "mail address or page that the keepers of sites can turn to, sent along"
    )
    parallel: int = setting(8, "sources that are collected at once", check=check_range(1, 64))
    pause: float = setting(
        1.0, "seconds between two requests to one host", check=check_range(0, 60)
    )
    proxies: bool = setting(
        default=False, help_line="use the proxies that the environment names (HTTPS_PROXY …)"
    )


@dataclass(frozen=True, slots=True)
class HouseSettings:
    """`[house]`: what the desk itself puts around its editions."""

    web: str | None = setting(None, "address at which the web edition is published")
    note: str | None = setting(None, "the editor's note below the masthead, in Markdown")


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run can be told. Frozen; `load_config` reads it, `Config()` is the
    newcomer's.
    """

    title: str = setting("Daily briefing", "what the edition is called")
    profile: str = setting(
        "daily", "who the edition is for; part of its file names", check=check_profile
    )
    timezone: str = setting(
        "UTC", "time zone in which the edition's day begins and ends", check=check_zone
    )
    language: str = setting(
        "en", "language of the labels: 'en', 'de', 'fr', 'es', or one of your messages files"
    )
    length: str = setting(
        "standard",
        "'flash' (300 words), 'standard' (1,200) or 'long' (2,400)",
        check=check_choice(*LENGTHS),
    )
    formats: tuple[str, ...] = setting(
        ("json", "markdown", "email", "pdf"),
        "renditions to make; json is always made",
        check=check_each(check_choice(*FORMATS)),
    )
    output: str = setting("output", "folder for editions, relative to briefing.toml")
    storylines: str = setting(
        "storylines.toml",
        "file with an editor's decisions on storylines, relative to briefing.toml",
    )
    state: str = setting(
        "state", "folder for the archive, locks and keys, relative to briefing.toml"
    )
    templates: str | None = setting(
        None, "folder with templates of your own that go before the shipped ones"
    )
    summariser: str = setting(
        "consensus", "how sentences are ranked: a name from `briefing doctor`, or module:function"
    )
    clusterer: str = setting(
        "default", "how articles are grouped: a name from `briefing doctor`, or module:function"
    )
    dates: bool = setting(
        default=True,
        help_line=(
            "print the date in square brackets beside words such as 'on Friday' that leave it open"
        ),
    )
    house: HouseSettings = setting(HouseSettings(), "what the desk adds")  # noqa: RUF009 - makes a field
    sources: tuple[SourceSettings, ...] = setting((SourceSettings(),), "one [[sources]] table each")
    collect: CollectSettings = setting(CollectSettings(), "how the network is asked")  # noqa: RUF009 - makes a field
    mail: MailSettings = setting(MailSettings(), "how editions are sent")  # noqa: RUF009 - makes a field
    share: ShareSettings = setting(ShareSettings(), "the shared folder editions are published to")  # noqa: RUF009 - makes a field
    schedule: ScheduleSettings = setting(ScheduleSettings(), "when an edition is due")  # noqa: RUF009 - makes a field
    profiles: tuple[ProfileSettings, ...] = setting((), "one [[profiles]] table for each reader")
    licences: tuple[LicenceSettings, ...] = setting(
        (),
        (
            "one [[licences]] table for each licence that allows more, or less, than a "
            "cautious excerpt"
        ),
    )
    retention: tuple[RetentionSettings, ...] = setting(
        (), "one [[retention]] table for each licence with a term"
    )


def load_config(path: Path) -> Config:
    """The configuration in `path`, places in it made relative to its folder. Raises ConfigError
    with all faults.
    """
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as error:
        raise ConfigError(
            f"{path}: it cannot be opened ({error.strerror}); make one with: briefing init"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is not TOML: {error}") from error
    faults: list[str] = []
    config = build_from_table(Config, table, "", faults)
    faults.extend(_language_faults(config, path.resolve().parent))
    if faults:
        raise ConfigError("\n".join(f"{path.name}: {fault}" for fault in faults))
    return _resolve_places(config, path.resolve().parent)


def _language_faults(config: Config, folder: Path) -> Iterator[str]:
    """What is wrong with the language of the labels: no file has messages in it, neither ours nor
    the user's.
    """
    code = config.language
    known = (
        []
        if config.templates is None
        else [folder / Path(config.templates).expanduser() / message_file(code)]
    )
    if code in LANGUAGES or any(file.is_file() for file in known):
        return
    near = difflib.get_close_matches(code.casefold(), [*LANGUAGES, *CALLED], n=1)
    hint = f"; did you mean '{CALLED.get(near[0], near[0])}'?" if near else ""
    own = (
        f"; a file {message_file(code)} in your templates folder adds one"
        if re.fullmatch("[a-z]{2,3}", code)
        else ""
    )
    yield f"language: '{code}' is none of {', '.join(LANGUAGES)}{hint or own}"


CALLED = {  # what a language is called, in English and in itself
    **dict.fromkeys(("english", "en-gb", "en-us"), "en"),
    **dict.fromkeys(("german", "deutsch", "de-de"), "de"),
    **dict.fromkeys(("french", "français", "francais", "fr-fr"), "fr"),
    **dict.fromkeys(("spanish", "español", "espanol", "castellano", "es-es"), "es"),
}


def _resolve_places(config: Config, folder: Path) -> Config:
    """Relative places made absolute, so that a run does not depend on the working directory (cron
    has another one).
    """
    places = ("ca_file", "dkim_key", "dkim_ed25519_key", "returned")
    mail: dict[str, Any] = {
        name: resolve_place(getattr(config.mail, name), folder) for name in places
    }
    mail |= {
        n: resolve_secret_place(getattr(config.mail, n), folder)
        for n in ("password", "returned_password")
    }
    return dataclasses.replace(
        config,
        sources=tuple(_resolve_source_places(source, folder) for source in config.sources),
        output=resolve_place(config.output, folder),
        templates=resolve_place(config.templates, folder),
        state=resolve_place(config.state, folder),
        storylines=resolve_place(config.storylines, folder),
        mail=dataclasses.replace(config.mail, **mail),
        share=dataclasses.replace(config.share, target=resolve_place(config.share.target, folder)),
        profiles=tuple(
            dataclasses.replace(one, share=resolve_place(one.share, folder))
            for one in config.profiles
        ),
    )


def _resolve_source_places(source: SourceSettings, folder: Path) -> SourceSettings:
    at_home = source.kind not in {"folder", "mail", "pages"} or source.location == "-"
    return dataclasses.replace(
        source,
        location=source.location if at_home else resolve_place(source.location, folder),
        password=resolve_secret_place(source.password, folder),
        ca_file=resolve_place(source.ca_file, folder),
    )


def configured_sources(config: Config) -> tuple[Source, ...]:
    """Where documents come from, each with those of its settings that are its kind's own
    business.
    """
    return tuple(_build_source(settings) for settings in config.sources)


def _build_source(settings: SourceSettings) -> Source:
    common = (
        settings.kind,
        settings.location,
        settings.name,
        settings.weight,
        settings.licence,
        settings.language,
    )
    changed = {
        each.name: getattr(settings, each.name)
        for each in dataclasses.fields(SourceSettings)[len(common) :]
    }
    own = {
        name: value
        for name, value in changed.items()
        if value not in (None, ()) and name != "options"
    }
    return Source(*common, settings={**own, **(settings.options or {})})


def describe_settings(kind: type = Config, prefix: str = "") -> Iterator[tuple[str, Any, str]]:
    """(name, default, help) of every setting, those of tables as `sources.location`, for
    docs/configuration.md.
    """
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        table = _table_type(hints[field.name])
        if table:
            yield from describe_settings(table, f"{prefix}{field.name}.")
        else:
            yield f"{prefix}{field.name}", field.default, field.metadata["help"]


def _table_type(hint: Any) -> type | None:
    """The dataclass a setting is a table of, or a list of tables of."""
    kind = next(iter(typing.get_args(hint)), hint)
    return kind if dataclasses.is_dataclass(kind) and isinstance(kind, type) else None
