"""An edition's folder to a proof: every sentence of every rendition, found again word for word at its span."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.archive.record import from_record, quotes_in, to_record
from briefing.archive.shelf import content, file_of, record_at
from briefing.archive.texts import SUMS, TEXTS, load
from briefing.model import Edition, Rendition
from briefing.renditions import missing

KINDS = {".md": "text/markdown", ".html": "text/html", ".eml": "message/rfc822", ".pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked, and every fault as a sentence; no faults is the proof."""

    sentences: int
    renditions: tuple[str, ...]
    faults: tuple[str, ...]


def verify(path: Path) -> Proof:
    """The proof of the edition in `path` (edition.json, or its folder), from its folder alone.

    Raises BriefingError when there is no edition or no texts to prove it by, VerificationError at the first quotation
    that its source does not hold: then nothing else about the edition can be trusted.
    """
    file = file_of(path)
    record = record_at(file)
    edition = from_record(record, load(content(file.with_name(TEXTS))))
    changed = tuple(_changed(file.parent))
    faults = [*changed, *_digests(record, edition), *_figures(record, edition)]
    renditions = tuple(_renditions(file.parent))
    sentences = [str(quote) for quote in edition.quotes]
    for rendition in renditions:
        if rendition.media_type == "application/pdf" and any(fault.startswith(rendition.name) for fault in changed):
            continue  # a damaged PDF is told of already, and no reader of PDFs is made for it
        faults.extend(
            f"{rendition.name}: this sentence is not in its place, word for word: '{sentence}'"
            for sentence in missing(rendition, sentences)
        )
    return Proof(sum(1 for _ in quotes_in(record)), tuple(rendition.name for rendition in renditions), tuple(faults))


def _changed(folder: Path) -> Iterator[str]:
    """Files that are not, byte for byte, those that were published; whatever in them was changed."""
    *lines, rest = content(folder / SUMS).decode(errors="replace").split("\n")
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
        if file.suffix in KINDS and file.name not in named:
            yield f"{file.name}: no part of the edition that was published"


def _digests(record: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    """Texts that are not those the edition was made from, whatever their own digest says."""
    texts = {quote.article.id: quote.article for quote in edition.quotes}
    for key, article in texts.items():
        if record["articles"][key]["sha256"] != article.sha256:
            yield f"article {key}: its text is not the one this edition was made from"
    for quote in quotes_in(record):
        if quote["sha256"] != record["articles"][quote["article"]]["sha256"]:
            yield f"article {quote['article']}: a quotation names another text than the edition does"


def _figures(record: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    """What the record says of itself and its sentences do not bear out."""
    again = to_record(edition)
    for name in sorted(record.keys() | again.keys()):
        if record.get(name) != again.get(name):
            yield f"edition.json: '{name}' is not what its sentences give"


def _renditions(folder: Path) -> Iterator[Rendition]:
    for file in sorted(folder.iterdir()):
        if file.suffix in KINDS and file.is_file() and not file.name.startswith("."):
            yield Rendition(file.name, KINDS[file.suffix], file.read_bytes())
