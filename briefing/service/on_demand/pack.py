"""What a reader asks for to a pack: its articles, from the archive or from documents, told as an
edition.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from briefing.archive import search
from briefing.archive.database.connection import FILE as ARCHIVE
from briefing.archive.database.connection import open_archive
from briefing.archive.query import archive_extent, select_articles
from briefing.archive.store import articles as articles_
from briefing.archive.store import storylines
from briefing.articles import fold_reprints, read_documents
from briefing.config import Config, configured_sources
from briefing.deliveries import deliver_to_folder
from briefing.editions import Length, day_window
from briefing.editions.withheld import withhold
from briefing.errors import BriefingError, UsageError
from briefing.model import Article, Delivery, Edition, Fate, Storyline, Window
from briefing.pipeline import build_house, latest_day
from briefing.registry import find_function
from briefing.renditions import render_pack
from briefing.sources import collect_documents
from briefing.storylines import CLUSTERERS, group_articles, select_headline
from briefing.wiring import edition_composer

KINDS = {".pdf": "pdf", ".md": "markdown", ".html": "page", ".epub": "epub"}
NAMED = 20  # outlets in a message
HIDDEN = frozenset(
    {"muted", "other language"}
)  # fates of articles that a reader did not want to see
# As long as what was asked for: each storyline as in a long edition, and enough of them that none
# is left out.
LENGTH = Length(200_000, leads=200, lead_words=180, briefs=2_000, brief_words=60)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a pack shall hold, and how it shall be printed."""

    query: str = ""
    storyline: str | None = None  # an id, or as much of its beginning as tells it from others
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    full_text: bool | None = None  # None: as each licence says
    title: str | None = None
    client: str = ""


def split_query_and_paths(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The words of a command line as a query and paths: what is there on disk (or `-`) is a path.

    Raises UsageError for what looks like a path and is not there.
    """
    paths = tuple(word for word in words if word == "-" or Path(word).exists())
    query = [word for word in words if word not in paths]
    for word in query:
        if "/" in word:
            raise UsageError(
                f"{word}: there is no such file or folder; words to look for go without a slash"
            )
    return " ".join(query), paths


def write_pack(
    config: Config, wanted: Wanted, target: Path, /, *, paths: bool, now: datetime
) -> Delivery:
    """The pack in the file `target`, whose ending says its kind; same articles, same bytes.

    With `paths` it is made of the configuration's sources, else of the workspace's archive. Raises
    UsageError for an ending nobody knows, BriefingError when nothing is found.
    """
    if target.suffix not in KINDS:
        raise UsageError(f"{target}: a pack's name ends in {', '.join(KINDS)}; choose one with -o")
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise UsageError(
            f"--since {wanted.since} is later than --until {wanted.until}; exchange them"
        )
    with _archive_of_documents(config, now) if paths else _open_archive(config) as db:
        chosen = select_articles(
            db, query=wanted.query, outlet=wanted.outlet, since=wanted.since, until=wanted.until
        )
        known = _known_storylines(db, config, wanted) if not paths else ()
        if not chosen:
            raise _no_article_error(db, wanted)
    printable = withhold(chosen, now, config.timezone)
    if not printable.articles:
        raise BriefingError(f"nothing was written: {printable.fates[0].reason}")
    edition, articles = _select_and_compose(config, wanted, printable.articles, known, now)
    made = render_pack(
        edition,
        articles,
        kind=KINDS[target.suffix],
        client=wanted.client,
        query=wanted.query,
        full_text=wanted.full_text,
        templates=Path(config.templates) if config.templates else None,
        house=build_house(config),
    )
    return deliver_to_folder(
        type(made)(target.name, made.media_type, made.content), folder=str(target.parent)
    )


def _no_article_error(db: sqlite3.Connection, wanted: Wanted) -> BriefingError:
    """What there is instead of what was asked for."""
    count, first, last, outlets = archive_extent(db)
    days = f" of {first} to {last}" if first else ""
    names = (
        f"; the outlets are {', '.join(outlets[:NAMED])}"
        if wanted.outlet and wanted.outlet not in outlets
        else ""
    )
    return BriefingError(
        f"no article is as asked for, among {count}{days}: nothing was written; ask "
        f"for less, or for other words{names}"
    )


@contextmanager
def _open_archive(config: Config) -> Iterator[sqlite3.Connection]:
    path = Path(config.state) / ARCHIVE
    if not path.exists():
        raise UsageError(
            f"{path}: there is no archive; name documents (briefing pack QUERY PATH), "
            "or run: briefing run"
        )
    with open_archive(path) as db:
        search.refresh_index(db)
        yield db


@contextmanager
def _archive_of_documents(config: Config, now: datetime) -> Iterator[sqlite3.Connection]:
    """An archive of the documents alone, for as long as it is needed: one way to look for words in
    either.
    """
    reading = read_documents(
        collect_documents(configured_sources(config)).documents, timezone=config.timezone
    )
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / ARCHIVE) as db:
        articles_.store_articles(db, reading.articles, now=now)
        search.refresh_index(db)
        yield db


def _known_storylines(
    db: sqlite3.Connection, config: Config, wanted: Wanted
) -> tuple[Storyline, ...]:
    """Storylines as readers of the editions know them, from the first day asked for."""
    return storylines.known_storylines(db, profile=config.profile, since=wanted.since or date.min)


def _select_and_compose(
    config: Config,
    wanted: Wanted,
    chosen: Sequence[Article],
    known: Sequence[Storyline],
    now: datetime,
) -> tuple[Edition, tuple[Article, ...]]:
    """The edition of the articles, and those of them that it has room for nowhere: they are printed
    all the same.
    """
    folding = fold_reprints(chosen)
    inside = set(folding.articles)
    lines = [
        _restrict_storyline(line, inside)
        for line in group_articles(
            folding.articles,
            clusterer=find_function(config.clusterer, CLUSTERERS, kind="clusterer"),
            known=known,
        )
        if inside & set(line.articles)
    ]
    if wanted.storyline:
        lines = _select_storyline(lines, wanted.storyline)
    articles = tuple(article for line in lines for article in line.articles)
    if not articles:
        raise BriefingError(
            "no article is as asked for: nothing was written; ask for less, or for other words"
        )
    edition = _build_edition(config, wanted, lines, folding.fates, latest_day(articles, now))
    hidden = {fate.id for fate in edition.ledger if fate.fate in HIDDEN}
    return edition, tuple(article for article in articles if article.id not in hidden)


def _restrict_storyline(line: Storyline, inside: set[Article]) -> Storyline:
    """The storyline with nothing but what was asked for."""
    kept = tuple(article for article in line.articles if article in inside)
    headline = line.headline if line.headline.article in inside else select_headline(kept)
    return Storyline(line.id, kept, headline, line.first_seen, line.related)


def _select_storyline(lines: Sequence[Storyline], name: str) -> list[Storyline]:
    found = [line for line in lines if line.id == name] or [
        line for line in lines if line.id.startswith(name)
    ]
    if len(found) != 1:
        names = ", ".join(line.id for line in (found or lines)[:8])
        raise UsageError(
            f"--storyline {name}: {len(found)} storylines are called so; there are {names}"
        )
    return found


def _build_edition(
    config: Config, wanted: Wanted, lines: Sequence[Storyline], fates: Sequence[Fate], last: date
) -> Edition:
    start = day_window(wanted.since, config.timezone).start
    stop = day_window(wanted.until, config.timezone).stop
    return edition_composer(config)(
        lines,
        title=wanted.title or config.title,
        date=wanted.until or last,
        window=Window(start, stop),
        length=LENGTH,
        fates=fates,
    )
