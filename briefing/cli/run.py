"""`briefing run`: documents or a workspace's sources to an edition on disk."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, date, datetime
from pathlib import Path

import click

from briefing.cli import terminal
from briefing.cli.due import wake_workspace
from briefing.cli.formats import option as formats_option
from briefing.cli.workspace import load_workspace
from briefing.config import FILE, Config, SourceSettings, load_config
from briefing.errors import BriefingError, UsageError

PARTLY = 3
EMPTY = (
    "no news was found in {places}: nothing was written; name a folder with documents, "
    "or see what is found in one with: briefing read PATH"
)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    help="Only the news of this day; without it, everything found.",
)
@click.option("--output", "-o", metavar="DIR", help="Folder for editions.  [default: output]")
@formats_option
@click.option(
    "--config",
    "-c",
    "file",
    metavar="FILE",
    help=f"Configuration.  [default: {FILE} if it is here]",
)
@click.option(
    "--length", metavar="NAME", help="flash (300 words), standard (1,200) or long (2,400)."
)
@click.option("--title", metavar="TEXT", help="What the edition is called.")
@click.option(
    "--due",
    is_flag=True,
    help="Make the workspace's editions that are due, and deliver what is pending.",
)
@click.option(
    "--catch-up", type=int, metavar="N", help="With --due: at most so many missed editions."
)
@click.option(
    "--again", metavar="YYYY-MM-DD", help="With --due: make this day's editions once more."
)
def run(  # noqa: PLR0917 - click hands over by name
    paths: tuple[str, ...],
    day: str | None,
    output: str | None,
    formats: tuple[str, ...],
    file: str | None,
    length: str | None,
    title: str | None,
    due: bool,
    catch_up: int | None,
    again: str | None,
) -> int:
    """Make an edition of documents, or of a workspace's sources.

    With PATHs (folders, files, or - for standard input) no configuration is needed. Without, the
    sources of the briefing.toml in this folder are used. Prints the files made, one a line; exit
    code 3 when a document could not be read.

    \b
    Examples:
      briefing run ~/clippings
      briefing run page.html letter.eml --format markdown --output /tmp/edition
      briefing run --date 2026-03-04
      briefing run --due
    """
    if due:
        return wake_workspace(
            _due_workspace(paths, day, file), catch_up=catch_up, again=parse_day(again, "--again")
        )
    asked = {"output": output, "formats": formats or None, "length": length, "title": title}
    config = _resolve_config(
        paths, file, {name: value for name, value in asked.items() if value is not None}
    )
    return make_edition(config, day=parse_day(day))


def _due_workspace(paths: tuple[str, ...], day: str | None, file: str | None) -> Config:
    """The workspace that --due is about. Raises UsageError for what does not go with it."""
    if paths or day:
        raise UsageError(
            "--due makes the editions of a workspace for the days that are due; "
            "leave PATHs and --date out"
        )
    return load_workspace(file or FILE)


def _resolve_config(paths: tuple[str, ...], file: str | None, asked: dict[str, object]) -> Config:
    """The configuration in force: the file's, or the newcomer's where there is none, then what the
    command says.
    """
    here = Path(file or FILE)
    if not (file or here.exists() or paths):
        raise UsageError(
            f"nothing to read: name documents (briefing run PATH), or go to a folder with {FILE} "
            f"(briefing init DIR makes one)"
        )
    config = load_config(here) if file or here.exists() else Config()
    if paths:
        asked["sources"] = tuple(
            SourceSettings(path, kind="stdin" if path == "-" else "folder") for path in paths
        )
    return validate_config(dataclasses.replace(config, **asked))  # type: ignore[arg-type]  # the names are the fields' own


def validate_config(config: Config) -> Config:
    """The configuration, if what the command line said is possible. Raises UsageError."""
    for field in dataclasses.fields(config):
        check = field.metadata["check"]
        fault = check(getattr(config, field.name)) if check else None
        if fault:
            raise UsageError(f"--{field.name.removesuffix('s')}: {fault}")
    return config


def parse_day(text: str | None, option: str = "--date") -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{option}: '{text}' is no day; write it as in 2026-03-05") from error


def make_edition(config: Config, *, day: date | None) -> int:
    """Publish and deliver one edition, tell the user, and answer the exit code."""
    from briefing.pipeline import deliver_publication, prepare_publication

    started = time.monotonic()
    publication = prepare_publication(
        config, now=datetime.now(UTC), day=day, step=terminal.show_step
    )
    edition = publication.edition
    unread = terminal.unread_documents(edition.ledger)
    for fate in unread:
        terminal.show_trouble(f"{fate.id}: {fate.reason}")
    if not edition.items:
        places = ", ".join(source.location for source in config.sources)
        if any(fate.kind == "article" for fate in edition.ledger):
            raise BriefingError(
                f"{places}: {edition.date}: {terminal.explain_no_news(edition)}; "
                "another day: --date"
            )
        raise BriefingError(EMPTY.format(places=places))
    terminal.show_results(deliver_publication(publication, config.output))
    terminal.note_waiting_settings(edition, config)
    terminal.show_summary(edition, time.monotonic() - started)
    return PARTLY if unread else 0
