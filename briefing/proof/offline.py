"""An edition's files in, what is wrong with them out: the proof that goes along with an edition and needs only Python.

`python3 BUNDLE.zip` checks the bundle, `python3 verify.py FOLDER` a folder (Python 3.10 or later, nothing else). Every
quotation is cut from its text of record and compared; of every page, message and text the sentences are looked for in
their order, with their outlet beside them and, where their source has an address, a link to just these words. The text
of a PDF is read by pdftotext (poppler) or pypdf where there is one; else its digest alone is compared, and it is said.
Exit code 0 when nothing is wrong, else 1.
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
import shutil
import subprocess
import sys
import unicodedata
import urllib.parse
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

Record = dict[str, Any]
RECORD, TEXTS, SUMS = "edition.json", "texts.jsonl", "SHA256SUMS"
TEASER = 60  # words up to which no share of a text limits what is quoted of it, as in briefing/model.py
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAR = 60  # letters between a sentence and its outlet: a day, a second sentence's mark
ACROSS = 400  # letters of running heads and of notes in the margin where a sentence goes on on the next page
BEGUN = 8  # letters of a sentence before it may be interrupted so


class Page(html.parser.HTMLParser):
    """The text of a page without its head, style and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]
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
        faults = [*sums(files), *quotations(record, files.get(TEXTS)), *insertions(record)]
        faults += limits(record, texts_of(files.get(TEXTS)))
        for name in sorted(files):
            faults += [f"{name}: {fault}" for text in readings(name, files[name]) for fault in printed(text, record)]
            faults += [f"{name}: {fault}" for found in links_in(name, files[name]) for fault in linked(found, record)]
            shown = "".join(readings(name, files[name]))
            faults += [f"{name}: it does not state the digest of this {RECORD}"] * (signed not in shown and bool(shown))
    except (KeyError, ValueError, TypeError, LookupError, AttributeError) as error:
        return [f"{RECORD}: it is not as it was written ({error!r})"]
    return faults


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sums(files: dict[str, bytes]) -> list[str]:
    """Files that are not the bytes that were published; texts may have been left out."""
    named = {name: value for value, name in (line.split("  ", 1) for line in files[SUMS].decode().splitlines())}
    wrong = [name for name in named if name in files and digest(files[name]) != named[name]]
    gone = [name for name in named if name not in files and name != TEXTS]
    return [f"{name}: not the bytes that were published" for name in wrong] + [f"{name}: not here" for name in gone]


def quotes_of(record: Record) -> list[Record]:
    """Every quotation in the order printed, headlines that are sentences left out."""
    parts = [
        each for item in (*record["leads"], *record["briefs"]) for each in (item["quotes"], *item["parts"].values())
    ]
    return [quote for quotes in parts for quote in quotes]


def quotations(record: Record, content: bytes | None) -> list[str]:
    """Quotations that their text of record does not hold; without texts their digests alone are compared."""
    texts = texts_of(content)
    faults = [
        f"article {key}: its text is not the one this edition was made from"
        for key, text in texts.items()
        if digest(text.encode()) != record["articles"][key]["sha256"]
    ]
    for quote in quotes_of(record):
        where = f"article {quote['article']}, characters {quote['start']} to {quote['stop']}"
        if quote["sha256"] != record["articles"][quote["article"]]["sha256"]:
            faults.append(f"{where}: the quotation names another text than the edition does")
        elif content is not None and texts[quote["article"]][quote["start"] : quote["stop"]] != quote["text"]:
            faults.append(f"{where}: the source does not say '{quote['text']}'")
    return faults


def texts_of(content: bytes | None) -> dict[str, str]:
    """The texts of record by article; none where they are left out."""
    lines = (content or b"").decode().split("\n")
    return {entry["id"]: entry["text"] for entry in (json.loads(line) for line in lines if line)}


def limits(record: Record, texts: dict[str, str]) -> list[str]:
    """More words than the edition or a licence allows; shares of articles are reckoned where their texts are."""
    spent: dict[str, int] = {}
    for quote in quotes_of(record):
        spent[quote["article"]] = spent.get(quote["article"], 0) + len(quote["text"].split())
    faults = [f"{record['words']} words of at most {record['limit']}"] if record["words"] > record["limit"] else []
    for key, words in spent.items():
        stated = (record["articles"][key]["licence"] or "").casefold()
        named = (
            (".*".join(map(re.escape, one["name"].casefold().split("*"))), one) for one in record.get("licences", [])
        )
        fitting = (one for pattern, one in named if re.fullmatch(pattern, stated))
        terms: Record = next(fitting, {"text": "full", "words": 0})
        most = _allowed(terms, texts.get(key))
        if most is not None and words > most:
            faults.append(f"article {key}: {words} words are quoted where its licence allows {most}")
    return faults


def _allowed(terms: Record, text: str | None) -> int | None:
    """Words of an article that may be quoted under a licence; None for all of them."""
    if terms["text"] != "excerpt":
        return None if terms["text"] == "full" else 0
    known = len(text.split()) if text is not None else 0
    share = [known * terms["percent"] // 100] if known > TEASER and terms.get("percent") else []
    return min([*share, *([terms["words"]] if terms["words"] else [])], default=None)


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
        return [letters("".join(_page(content).pieces))]
    if name.endswith(".pdf"):
        text = pdf_text(content)
        return [letters(text)] if text else []
    return [letters(content.decode())] if name.endswith((".md", ".txt")) and name != "README.txt" else []


def _page(content: bytes) -> Page:
    page = Page()
    page.feed(content.decode())
    return page


def pdf_text(content: bytes) -> str:
    """The text of a PDF by poppler or by pypdf; empty where neither is installed, or neither can read it."""
    if tool := shutil.which("pdftotext"):
        command = [tool, "-raw", "-enc", "UTF-8", "-", "-"]
        done = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603 - names no file
        return done.stdout.decode(errors="replace") if done.returncode == 0 else "unreadable"
    try:
        import pypdf
    except ImportError:
        return ""
    try:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    except pypdf.errors.PyPdfError:
        return "unreadable"


def links_in(name: str, content: bytes) -> list[list[str]]:
    """The addresses that a page, a message's page or a Markdown file leads to; none of what has no such links."""
    if name.endswith(".eml"):
        parts = email.message_from_bytes(content, policy=email.policy.default).walk()
        return [_page(part.get_content().encode()).links for part in parts if part.get_content_type() == "text/html"]
    if name.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return [_page(book.read("EPUB/edition.xhtml")).links]
    if name.endswith(".md"):
        return [re.findall(r"(?<!\\)\]\(([^()\s]+)\)", content.decode())]
    return [_page(content).links] if name.endswith(".html") else []


def linked(links: list[str], record: Record) -> list[str]:
    """Links to words that are not quoted, and quotations to whose words no link leads where their source has one."""
    wanted = [(_plain(record["articles"][one["article"]]["url"]), letters(one["text"])) for one in quotes_of(record)]
    heads = [item["storyline"]["headline"] for item in (*record["leads"], *record["briefs"])]
    allowed = {(_plain(record["articles"][one["article"]]["url"]), letters(one["text"])) for one in heads} | {*wanted}
    faults, led = [], set[tuple[str, str]]()
    for link in (one for one in links if ":~:" in one):
        address, _, directives = link.partition(":~:")
        for marked in directives.split("&"):  # the words that a quotation begins with, and those that it ends on
            terms = [letters(urllib.parse.unquote(each)) for each in marked.removeprefix("text=").split(",")]
            fits = {one for one in allowed if one[1].startswith(terms[0]) and one[1].endswith(terms[-1])}
            fitting = {one for one in fits if one[0] == _plain(address)}
            led |= fitting
            faults += [] if fitting else [f"this link leads to words that are not quoted from there: {link}"]
    lost = [text for address, text in wanted if address and (address, text) not in led]
    return faults + [f"no link leads to this sentence in its source: {text}" for text in lost]


def _plain(address: str | None) -> str:
    """An address without the ways in which one can be written differently."""
    return urllib.parse.unquote(address or "").removesuffix("#").removesuffix("/").casefold()


def letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def printed(text: str, record: Record) -> list[str]:
    """Sentences that do not stand there in their order, or without their outlet near; a day may stand in brackets."""
    faults, place = [], 0
    for quote in quotes_of(record):
        start, stop = _found(_pieces(quote, record), text, place)
        outlet = letters(record["articles"][quote["article"]]["outlet"] or "")
        if stop < 0:
            faults.append(f"this sentence is not in its place, word for word: '{quote['text']}'")
            continue
        place = stop
        around = text[max(0, start - NEAR) : place + 2000]
        if outlet not in around:
            faults.append(f"its outlet, {outlet}, is not named beside: '{quote['text']}'")
    return faults


def _pieces(quote: Record, record: Record) -> list[str]:
    """The letters of a quotation, cut where a day in brackets was added."""
    inside = [one["at"] - quote["start"] for one in record.get("insertions", []) if one["article"] == quote["article"]]
    cuts = [0, *sorted(at for at in inside if 0 < at <= len(quote["text"])), len(quote["text"])]
    return [letters(quote["text"][start:stop]) for start, stop in pairwise(cuts)]


def _found(pieces: list[str], text: str, place: int) -> tuple[int, int]:
    """Where it stands from `place` on, whole or with a day between its pieces; (-1, -1) where it does not."""
    found = re.compile(r"\w{0,40}?".join(map(re.escape, pieces))).search(text, place)
    if found:
        return found.span()
    start = text.find((whole := "".join(pieces))[:BEGUN], place)
    while start >= 0:  # over the end of a page
        same = next((n for n, (one, other) in enumerate(zip(whole, text[start:], strict=False)) if one != other), BEGUN)
        stop = text.find(whole[same:], start + same, start + same + ACROSS + len(whole)) if same >= BEGUN else -1
        if stop >= 0:
            return start, stop + len(whole) - same
        start = text.find(whole[:BEGUN], start + 1)
    return -1, -1


def main(arguments: list[str]) -> int:
    place = Path(arguments[1] if len(arguments) > 1 else arguments[0])
    faults = faults_of(files := files_of(place if place.suffix != ".py" else place.parent))
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    if not faults:
        record = json.loads(files[RECORD])
        sources = "their sources" if TEXTS in files else "the edition (its texts are left out: digests were compared)"
        count, places = len(quotes_of(record)), ", ".join(name for name in sorted(files) if readings(name, files[name]))
        sys.stdout.write(f"{count} sentences found word for word in {sources} and in {places}\n")
        for name in (one for one in files if one.endswith(".pdf") and not readings(one, files[one])):
            sys.stdout.write(f"{name}: only its digest was compared; its text is read too where poppler or pypdf is\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
