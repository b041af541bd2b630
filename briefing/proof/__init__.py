"""An edition's folder to a proof: every sentence of every rendition, found again word for word at
its span.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import __version__
from briefing.archive.edition_files.edition_json import (
    SCHEMA,
    deserialise_edition,
    quote_records,
    serialise_edition,
)
from briefing.archive.edition_files.texts_of_record import SUMS, TEXTS, load_texts
from briefing.archive.published import edition_file, load_content, load_record
from briefing.editions.date_insertions import find_date_insertions
from briefing.editions.licences import Account
from briefing.model import Edition, Rendition
from briefing.proof.offline import SIGNATURE, intruders
from briefing.proof.printed import rendition_faults as printed_faults
from briefing.proof.record import chain_faults
from briefing.proof.record import faults as record_faults
from briefing.proof.rendering import compare
from briefing.proof.signing import signature_faults
from briefing.renditions.context.build import build_view
from briefing.renditions.publisher import House
from briefing.wiring import named_days

KINDS = {
    ".md": "text/markdown",
    ".html": "text/html",
    ".eml": "message/rfc822",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".epub": "application/epub+zip",
    ".xml": "application/atom+xml",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked, and every fault as a sentence; no faults is the proof."""

    sentences: int
    renditions: tuple[str, ...]
    faults: tuple[str, ...]
    weaker: tuple[str, ...] = ()  # what was checked less strictly than it could be, and why


def verify(path: Path, *, templates: Path | None = None, key: str | None = None) -> Proof:
    """The proof of the edition in `path` (edition.json, or its folder), from its folder alone.

    The sums of the files are compared, and then, whatever the sums say: every quotation with its
    text of record, what licences allow, days in square brackets, and of every rendition the
    sentences, their order, the source beside them, the links and the digest. The renditions are
    rendered again and compared byte for byte, where that can be done; what was checked less
    strictly is said. `templates` is the folder of the desk's own; `key` the public key that the
    desk signs with, without which a signature is held against the key that it names itself. Raises
    BriefingError when there is no edition or no texts to prove it by, VerificationError at the
    first quotation that its source does not hold: then nothing else about the edition can be
    trusted.
    """
    file = edition_file(path)
    record, bytes_ = load_record(file), load_content(file)
    edition = deserialise_edition(record, load_texts(load_content(file.with_name(TEXTS))))
    view = build_view(edition, bytes_, House(), templates=templates)
    renditions = tuple(_load_renditions(file.parent))
    digest = hashlib.sha256(bytes_).hexdigest()
    changed = tuple(_file_faults(file.parent))
    again = compare(edition, file.parent, renditions, templates=templates)
    signed = file.with_name(SIGNATURE)
    faults = [
        *changed,
        *signature_faults(
            load_content(file.with_name(SUMS)),
            signed.read_bytes() if signed.is_file() else None,
            key,
        ),
        *record_faults(record, edition),
        *chain_faults(file.parent),
        *again.faults,
        *(fault for one in renditions for fault in intruders(one.name, one.content)),
        *_digest_faults(record, edition),
        *_figure_faults(record, edition),
        *_limit_faults(edition),
        *_inserted_day_faults(record, edition),
        *(
            fault
            for rendition in _readable_renditions(renditions, changed)
            for fault in printed_faults(rendition, view, digest)
        ),
    ]
    return Proof(
        sum(1 for _ in quote_records(record)),
        tuple(rendition.name for rendition in renditions),
        tuple(faults),
        again.weaker,
    )


def _file_faults(folder: Path) -> Iterator[str]:
    """Files that are not, byte for byte, those that were published; whatever in them was
    changed.
    """
    *lines, rest = load_content(folder / SUMS).decode(errors="replace").split("\n")
    parted = [line.split("  ", 1) for line in lines if re.fullmatch(r"[0-9a-f]{64}  [^/]+", line)]
    named = {name: digest for digest, name in parted}
    if rest or len(named) != len(lines) or "edition.json" not in named:
        yield f"{SUMS}: this is not the list of sums that was written; restore the file"
    for name, digest in named.items():
        if not (folder / name).is_file():
            yield f"{name}: it is named in {SUMS} and is not here; restore the file"
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            yield f"{name}: not the bytes that were published"
    for file in sorted(folder.iterdir()):
        if file.name not in {*named, SUMS, SIGNATURE}:
            yield f"{file.name}: no part of the edition that was published"
        elif file.is_symlink() or not file.is_file():
            yield f"{file.name}: it is no plain file; put the one that was published back"


def _digest_faults(record: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    """Texts that are not those the edition was made from, whatever their own digest says."""
    texts = {quote.article.id: quote.article for quote in edition.quotes}
    for key, article in texts.items():
        if record["articles"][key].get("sha256") != article.sha256:
            yield f"article {key}: its text is not the one this edition was made from"
    for quote in quote_records(record):
        if quote.get("sha256") != record["articles"][quote["article"]].get("sha256"):
            yield (
                f"article {quote['article']}: a quotation names another text than the edition does"
            )


def _figure_faults(record: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    """What the record says of itself and its sentences do not bear out."""
    again = serialise_edition(edition)
    names = (
        record.keys() | again.keys() if record["schema"] == SCHEMA else record.keys() - {"schema"}
    )
    for name in sorted(names):
        if record.get(name) != again.get(name):
            yield f"edition.json: '{name}' is not what its sentences give"


def _limit_faults(edition: Edition) -> Iterator[str]:
    """More than its limit or a licence allows."""
    if edition.words > edition.limit:
        yield f"edition.json: it has {edition.words} words of at most {edition.limit}"
    for article, words, most in Account(edition.licences).excesses(edition.quotes):
        yield f"article {article.id}: {words} words are quoted where its licence allows {most}"


def _inserted_day_faults(record: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    """Days in square brackets that the words before them do not mean."""
    meant = set(find_date_insertions(edition.items, named_days)) if edition.insertions else set()
    for one in edition.insertions if record.get("version") == __version__ else ():
        if one not in meant:
            yield (
                f"article {one.article}, character {one.at}: the words there do not "
                f"mean {one.day.isoformat()}"
            )


def _readable_renditions(
    renditions: Iterable[Rendition], changed: Sequence[str]
) -> Iterator[Rendition]:
    """All but a damaged PDF: it is told of already, and no reader of PDFs is made for it."""
    for one in renditions:
        if one.media_type != "application/pdf" or not any(
            fault.startswith(one.name) for fault in changed
        ):
            yield one


def _load_renditions(folder: Path) -> Iterator[Rendition]:
    for file in sorted(folder.iterdir()):
        if file.suffix in KINDS and file.is_file() and not file.name.startswith("."):
            yield Rendition(file.name, KINDS[file.suffix], file.read_bytes())
