"""From a desk's sources to a published edition: the table of contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.archive.edition_files.edition_json import edition_articles
from briefing.archive.edition_files.revisions import revise_edition
from briefing.archive.edition_files.texts_of_record import TEXTS, dump_texts, render_checksums
from briefing.archive.published import edition_folder, published_revisions
from briefing.articles import Reading, read_documents
from briefing.config import Config, configured_sources
from briefing.deliveries import deliver_to_folder
from briefing.editions import day_window, select_by_query
from briefing.editions.withheld import withhold
from briefing.holding import compose_others, fold_and_group
from briefing.model import Article, Delivery, Edition, Fate, Rendition, Storyline, Window
from briefing.proof.offline import SIGNATURE
from briefing.proof.provenance import Before, latest_before, provenance
from briefing.proof.signing import signature
from briefing.registry import find_function
from briefing.renditions import House, render
from briefing.sources import collect_documents
from briefing.storylines import CLUSTERERS, apply_decisions, group_articles
from briefing.wiring import Memory, edition_composer, load_decisions

if TYPE_CHECKING:
    from briefing.sources.web import Client


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition with all that is made of it, ready to be delivered."""

    edition: Edition
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """What the sources hold: read, folded and grouped once, for any number of readers."""

    articles: tuple[Article, ...]
    storylines: tuple[Storyline, ...]
    fates: tuple[Fate, ...]  # of what could not be read, and of copies
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)


def prepare_publication(
    config: Config,
    *,
    now: datetime,
    day: date | None = None,
    window: Window | None = None,
    kind: str = "",
    note: str = "",
    step: Callable[[str], None] = print,
) -> Publication:
    """Everything the configured sources hold, as one edition in every configured format.

    `day` limits the edition to that day in the configured time zone; without it the edition holds
    everything and is dated by the latest day its documents state, or else by `now`. `window` is
    what it covers when that is not the day from midnight to midnight, and `kind` what it is called
    beside the day's edition then; `note` is the editor's. `step` is told what is being done. Raises
    BriefingError for sources that are not there, ConfigError for names that mean nothing.
    """
    collection = gather_collection(config, now=now, step=step)
    return edit_collection(
        collection, config, now=now, day=day, window=window, kind=kind, note=note, step=step
    )


def gather_collection(
    config: Config, *, now: datetime | None = None, step: Callable[[str], None] = print
) -> Collection:
    """Documents collected, read, folded and grouped; without what is under embargo at `now`, or was
    taken back.
    """
    step("collecting documents")
    collected = collect_documents(
        configured_sources(config),
        parallel=config.collect.parallel,
        clients=partial(network_client, config),
    )
    step(f"reading {len(collected.documents)} documents")
    reading = read_documents(collected.documents, timezone=config.timezone)
    printable = withhold(reading.articles, now or datetime.now(UTC), config.timezone)
    step(f"grouping {len(printable.articles)} articles")
    clusterer, hand = (
        find_function(config.clusterer, CLUSTERERS, kind="clusterer"),
        load_decisions(config),
    )
    found = fold_and_group(
        printable.articles,
        lambda articles: apply_decisions(group_articles(articles, clusterer=clusterer), hand),
    )
    return Collection(
        found.articles,
        found.storylines,
        (
            *collected.failed,
            *reading.set_aside,
            *printable.fates,
            *_emptied(reading, printable.articles),
            *found.fates,
        ),
    )


def _emptied(reading: Reading, printable: Sequence[Article]) -> Iterator[Fate]:
    """A line for each document that was read and of which nothing may be printed."""
    left = {one.document for one in printable}
    counts = Counter(one.document for one in reading.articles if one.document not in left)
    for origin, count in counts.items():
        yield Fate("document", origin, "read", f"{count} article{'s' if count > 1 else ''}", origin)


def network_client(config: Config) -> Client:
    """Who asks the network, as `[collect]` has it."""
    from briefing.sources.web import Client

    asked = config.collect
    return Client(contact=asked.contact, proxies=asked.proxies, pause=asked.pause)


def narrow_collection(collection: Collection, query: str) -> Collection:
    """What of a collection is about a query, for an extra; the rest is in the ledger."""
    storylines, fates = select_by_query(collection.storylines, query)
    return replace(collection, storylines=storylines, fates=(*collection.fates, *fates))


def edit_collection(
    collection: Collection,
    config: Config,
    *,
    now: datetime,
    day: date | None = None,
    window: Window | None = None,
    kind: str = "",
    note: str = "",
    step: Callable[[str], None] = print,
) -> Publication:
    """The edition of one reader in every configured format.

    Where the output folder holds the edition of that day already it is that one to the byte, or its
    next revision.
    """
    step(f"choosing from {len(collection.storylines)} storylines for {config.profile}")
    compose = partial(
        edition_composer(config, collection.memory),
        date=day or latest_day(collection.articles, now),
        window=window or day_window(day, config.timezone),
        kind=kind,
        note=note,
    )
    edition = compose_others(
        lambda lines, held: compose(lines, fates=(*collection.fates, *held)), collection.storylines
    )
    edition = revise_edition(edition, published_revisions(Path(config.output), edition))
    if not edition.items:
        return Publication(
            edition, ()
        )  # no news: nothing to print, and nothing that could be sent as if it were
    step("rendering " + ", ".join(config.formats))
    before = latest_before(Path(config.output), edition_folder(edition, 1))
    return Publication(edition, render_edition(edition, config, before))


def render_edition(
    edition: Edition, config: Config, before: Before | None = None
) -> tuple[Rendition, ...]:
    """The configured formats, edition.json first, the texts of record that prove them, and the sums
    of them all.

    `before` is the edition that readers had last; where the desk has a key, its signature of the
    sums is the last file.
    """
    formats = ("json", *(name for name in config.formats if name != "json"))
    templates = Path(config.templates) if config.templates else None
    texts = Rendition(TEXTS, "application/jsonl", dump_texts(edition_articles(edition)))
    around = build_house(config)
    how = provenance(asdict(around), templates, before)
    files = (*render(edition, formats, templates=templates, house=around), texts, how)
    named_all = render_checksums(files)
    signed = signature(Path(config.state), named_all.content)
    return (*files, named_all, *([Rendition(SIGNATURE, "text/plain", signed)] if signed else []))


def build_house(config: Config) -> House:
    """What the desk puts around its editions: from `[house]`, and `[mail]` for what stands in the
    message.
    """
    mail = config.mail
    signed = tuple(
        address for address in mail.unsubscribe if "{" not in address
    )  # the sender fills in the others
    return House(
        sender=mail.sender or "",
        list_id=mail.list_id or "",
        unsubscribe=signed,
        web=config.house.web or "",
        note=config.house.note or "",
    )


def deliver_publication(publication: Publication, output: str) -> tuple[Delivery, ...]:
    """Every rendition into the edition's own folder below `output`; a revision has a folder beside
    the one before.
    """
    folder = Path(output) / edition_folder(publication.edition)
    return tuple(
        deliver_to_folder(rendition, folder=str(folder)) for rendition in publication.renditions
    )


def latest_day(articles: Sequence[Article], now: datetime) -> date:
    """The latest day that an article states and that has begun somewhere on earth; today where none
    does.
    """
    days = [article.published.day for article in articles if article.published]
    return max((day for day in days if day <= now.date() + timedelta(days=1)), default=now.date())
