"""An edition's files in, what is wrong with them out: the proof that goes along with an edition and needs only Python.

`python3 BUNDLE.zip` checks the bundle, `python3 verify.py FOLDER` a folder (Python 3.10 or later, nothing else). Every
quotation is cut from its text of record and compared; of every page, message and text the sentences are looked for in
their order, with their outlet behind; a PDF is compared by its digest alone. Exit code 0 when nothing is wrong, else 1.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import hashlib
import html.parser
import io
import json
import re
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

Record = dict[str, Any]
RECORD, TEXTS, SUMS = "edition.json", "texts.jsonl", "SHA256SUMS"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAR = 60  # letters between a sentence and its outlet: a day, a second sentence's mark


class Page(html.parser.HTMLParser):
    """The text of a page without its head, style and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the reader of pages calls it so
        self.silent += tag in {"head", "style", "script", "svg"}

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"head", "style", "script", "svg"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def files_of(place: Path) -> dict[str, bytes]:
    """What a bundle or a folder holds, by name."""
    if place.is_dir():
        return {file.name: file.read_bytes() for file in sorted(place.iterdir()) if file.is_file()}
    with zipfile.ZipFile(place) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def faults_of(files: dict[str, bytes]) -> list[str]:
    """Every fault as a sentence; none is the proof."""
    try:
        record = json.loads(files[RECORD])
        signed = digest(files[RECORD])[:16]
        faults = [*sums(files), *quotations(record, files.get(TEXTS)), *limits(record), *insertions(record)]
        for name in sorted(files):
            faults += [f"{name}: {fault}" for text in readings(name, files[name]) for fault in printed(text, record)]
            shown = "".join(readings(name, files[name]))
            faults += [f"{name}: it does not state the digest of this {RECORD}"] * (signed not in shown and bool(shown))
    except (KeyError, ValueError, TypeError, LookupError, AttributeError) as error:
        return [f"{RECORD}: it is not as it was written ({error!r})"]
    return faults


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sums(files: dict[str, bytes]) -> list[str]:
    """Files that are not the bytes that were published; texts may have been left out."""
    lines = [line.split("  ", 1) for line in files[SUMS].decode().splitlines()]
    named = {name: value for value, name in lines}
    wrong = [name for name in named if name in files and digest(files[name]) != named[name]]
    gone = [name for name in named if name not in files and name != TEXTS]
    return [f"{name}: not the bytes that were published" for name in wrong] + [f"{name}: not here" for name in gone]


def quotes_of(record: Record) -> list[Record]:
    """Every quotation in the order printed, headlines that are sentences left out."""
    items = [*record["leads"], *record["briefs"]]
    return [quote for item in items for quotes in (item["quotes"], *item["parts"].values()) for quote in quotes]


def quotations(record: Record, content: bytes | None) -> list[str]:
    """Quotations that their text of record does not hold; without texts their digests alone are compared."""
    faults: list[str] = []
    texts: dict[str, str] = {}
    for line in (content or b"").decode().split("\n"):
        entry = json.loads(line) if line else None
        if entry and digest(entry["text"].encode()) != record["articles"][entry["id"]]["sha256"]:
            faults.append(f"article {entry['id']}: its text is not the one this edition was made from")
        if entry:
            texts[entry["id"]] = entry["text"]
    for quote in quotes_of(record):
        where = f"article {quote['article']}, characters {quote['start']} to {quote['stop']}"
        if quote["sha256"] != record["articles"][quote["article"]]["sha256"]:
            faults.append(f"{where}: the quotation names another text than the edition does")
        elif content is not None and texts[quote["article"]][quote["start"] : quote["stop"]] != quote["text"]:
            faults.append(f"{where}: the source does not say '{quote['text']}'")
    return faults


def limits(record: Record) -> list[str]:
    """More words than the edition or a licence allows; shares of articles are not reckoned here."""
    spent: dict[str, int] = {}
    for quote in quotes_of(record):
        spent[quote["article"]] = spent.get(quote["article"], 0) + len(quote["text"].split())
    faults = [f"{record['words']} words of at most {record['limit']}"] if record["words"] > record["limit"] else []
    for key, words in spent.items():
        stated = (record["articles"][key]["licence"] or "").casefold()
        fitting = (one for one in record.get("licences", []) if re.fullmatch(_pattern(one["name"]), stated))
        terms: Record = next(fitting, {"text": "full", "words": 0})
        most = terms["words"] if terms["text"] == "excerpt" else {"full": 0, "headline": -1}[terms["text"]]
        if most and words > most:
            faults.append(f"article {key}: {words} words are quoted where its licence allows {max(most, 0)}")
    return faults


def _pattern(name: str) -> str:
    return ".*".join(map(re.escape, name.casefold().split("*")))


def insertions(record: Record) -> list[str]:
    """Days in square brackets that are another weekday than the word before them says, in English."""
    faults = []
    for quote in quotes_of(record):
        for one in record.get("insertions", []):
            if one["article"] == quote["article"] and quote["start"] < one["at"] <= quote["stop"]:
                before = re.findall(r"[a-z]+", quote["text"][: one["at"] - quote["start"]].casefold())[-2:]
                named = [DAYS.index(word) for word in before if word in DAYS]
                if named and datetime.date.fromisoformat(one["day"]).weekday() != named[-1]:
                    faults.append(f"article {quote['article']}: {one['day']} is no {DAYS[named[-1]].capitalize()}")
    return faults


def readings(name: str, content: bytes) -> list[str]:
    """The letters and figures of what a file shows; none of files that this cannot read, or that are no edition."""
    if name.endswith(".eml"):
        message = email.message_from_bytes(content, policy=email.policy.default)
        kinds = {"text/plain": ".txt", "text/html": ".html"}
        parts = [part for part in message.walk() if part.get_content_type() in kinds]
        return [text for one in parts for text in readings(kinds[one.get_content_type()], one.get_content().encode())]
    if name.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return readings(".html", book.read("EPUB/edition.xhtml"))
    if name.endswith(".html"):
        page = Page()
        page.feed(content.decode())
        return [letters("".join(page.pieces))]
    return [letters(content.decode())] if name.endswith((".md", ".txt")) and name != "README.txt" else []


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def printed(text: str, record: Record) -> list[str]:
    """Sentences that do not stand there in their order, or without their outlet near; a day may stand in brackets."""
    faults, place = [], 0
    for quote in quotes_of(record):
        found = re.compile(_with_days(quote, record)).search(text, place)
        outlet = letters(record["articles"][quote["article"]]["outlet"] or "")
        if found is None:
            faults.append(f"this sentence is not in its place, word for word: '{quote['text']}'")
            continue
        place = found.end()
        around = text[max(0, found.start() - NEAR) : place + 2000]
        if outlet not in around:
            faults.append(f"its outlet, {outlet}, is not named beside: '{quote['text']}'")
    return faults


def _with_days(quote: Record, record: Record) -> str:
    inside = [one["at"] - quote["start"] for one in record.get("insertions", []) if one["article"] == quote["article"]]
    cuts = [0, *sorted(at for at in inside if 0 < at <= len(quote["text"])), len(quote["text"])]
    pieces = [re.escape(letters(quote["text"][start:stop])) for start, stop in pairwise(cuts)]
    return r"\w{0,40}?".join(pieces)


def main(arguments: list[str]) -> int:
    place = Path(arguments[1] if len(arguments) > 1 else arguments[0])
    files = files_of(place if place.suffix != ".py" else place.parent)
    faults = faults_of(files)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    if not faults:
        record = json.loads(files[RECORD])
        sources = "their sources" if TEXTS in files else "the edition (its texts are left out: digests were compared)"
        count, places = len(quotes_of(record)), _named(files)
        sys.stdout.write(f"{count} sentences found word for word in {sources} and in {places}\n")
    return 1 if faults else 0


def _named(files: dict[str, bytes]) -> str:
    return ", ".join(name for name in sorted(files) if readings(name, files[name]))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
