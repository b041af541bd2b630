"""An edition's files in, what is wrong with them out: the proof that goes along with an edition and
needs only Python.

`python3 BUNDLE.zip` checks the bundle, `python3 verify.py FOLDER` a folder (Python 3.10 or later,
nothing else). Every quotation is cut from its text of record and compared; of every page, message
and text the sentences are looked for in their order, with their outlet beside them and, where their
source has an address, a link to just these words. The text of a PDF is read by pdftotext (poppler)
or pypdf where there is one; else its digest alone is compared, and it is said. A signature is
compared with the key it names, and with the desk's own where `--key KEY` says which that is. Exit
code 0 when nothing is wrong, else 1.
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
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

Record = dict[str, Any]
RECORD, TEXTS, SUMS = "edition.json", "texts.jsonl", "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
# What publishing adds: named in the sums of a share, and in no signature.
ADDED = ("manifest.json", SIGNATURE)
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
# Of the curve of Ed25519, in extended coordinates (RFC 8032, section 5.1.4).
Point = tuple[int, int, int, int]
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
ACTING = re.compile(
    rb"(?i)<(?:script|iframe|object|embed|form|meta[^>]{0,40}refresh|base|link[^>]{0,80}https?:)"
    rb"\b[^>]{0,40}|\bjavascript:"
)
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)
TEASER = (
    60  # words up to which no share of a text limits what is quoted of it, as in briefing/model.py
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAR = 60  # letters between a sentence and its outlet: a day, a second sentence's mark
# letters of running heads and of notes in the margin where a sentence goes on on the next page
ACROSS = 400
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


def _load_files(place: Path) -> dict[str, bytes]:
    """What a bundle or a folder holds, by name."""
    if place.is_dir():
        return {file.name: file.read_bytes() for file in sorted(place.iterdir()) if file.is_file()}
    with zipfile.ZipFile(place) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def find_faults(files: dict[str, bytes], key: str | None = None) -> list[str]:
    """Every fault as a sentence; none is the proof. `key` is the public one that the desk signs
    with.
    """
    try:
        record = json.loads(files[RECORD])
        signed = digest(files[RECORD])[:16]
        faults = [*_sum_faults(files), *unnamed(files), *signatures(files, key)]
        faults += [
            *_quotation_faults(record, files.get(TEXTS)),
            *insertion_faults(record),
            *identities(record, files.get(TEXTS)),
        ]
        faults += [fault for name in sorted(files) for fault in intruders(name, files[name])]
        faults += limit_faults(record, _parse_texts(files.get(TEXTS)))
        for name in sorted(files):
            faults += [
                f"{name}: {fault}"
                for text in _readable_texts(name, files[name])
                for fault in _placement_faults(text, record)
            ]
            faults += [
                f"{name}: {fault}"
                for found in _extract_links(name, files[name])
                for fault in _link_faults(found, record)
            ]
            shown = "".join(_readable_texts(name, files[name]))
            faults += [f"{name}: it does not state the digest of this {RECORD}"] * (
                signed not in shown and bool(shown)
            )
    except (KeyError, ValueError, TypeError, LookupError, AttributeError, *DAMAGED) as error:
        return [f"{RECORD}: it is not as it was written ({error!r})"]
    return faults


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sum_faults(files: dict[str, bytes]) -> list[str]:
    """Files that are not the bytes that were published; texts may have been left out."""
    named = {
        name: value
        for value, name in (line.split("  ", 1) for line in files[SUMS].decode().splitlines())
    }
    wrong = [name for name in named if name in files and digest(files[name]) != named[name]]
    gone = [name for name in named if name not in files and name != TEXTS]
    return [f"{name}: not the bytes that were published" for name in wrong] + [
        f"{name}: not here" for name in gone
    ]


def signed_part(sums: bytes) -> bytes:
    """What of the sums is signed: the lines of all files but those that publishing adds, in
    order.
    """
    lines = sums.decode(errors="replace").splitlines()
    kept = sorted(line for line in lines if line.partition("  ")[2] not in ADDED)
    return "".join(f"{line}\n" for line in kept).encode()


def signature_in(content: bytes) -> tuple[str, str] | None:
    """Public key and signature, as they are written in a line."""
    found = re.fullmatch(
        r"ed25519 ([0-9a-f]{64}) ([0-9a-f]{128})\n", content.decode(errors="replace")
    )
    return (found[1], found[2]) if found else None


def is_signed_by(key: str, signature: str, content: bytes) -> bool:
    """Whether an Ed25519 signature is the key's, as RFC 8032 says in section 5.1.7."""
    public, given = bytes.fromhex(key), bytes.fromhex(signature)
    point, first, scalar = _point(public), _point(given[:32]), int.from_bytes(given[32:], "little")
    if point is None or first is None or scalar >= Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(given[:32] + public + content).digest(), "little") % Q
    base = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return base is not None and _same(_times(scalar, base), _plus(first, _times(challenge, point)))


def _point(encoded: bytes) -> Point | None:
    """A point by its y and the sign of its x; None where there is none."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _plus(one: Point, other: Point) -> Point:
    a, b = (
        (one[1] - one[0]) * (other[1] - other[0]) % P,
        (one[1] + one[0]) * (other[1] + other[0]) % P,
    )
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        found = _plus(found, point) if number & 1 else found
        point, number = _plus(point, point), number >> 1
    return found


def _same(one: Point, other: Point) -> bool:
    return not (
        (one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P
    )


def unnamed(files: dict[str, bytes]) -> list[str]:
    """Files that the sums do not name: whoever added them did not publish them."""
    named = {line.partition("  ")[2] for line in files[SUMS].decode().splitlines()}
    known = {*named, SUMS, SIGNATURE, "__main__.py", "README.txt"}
    return [
        f"{name}: no part of the edition that was published"
        for name in sorted(files)
        if name not in known
    ]


def signatures(files: dict[str, bytes], key: str | None) -> list[str]:
    """A signature that is not the key's; without a key, not that of the key it names itself."""
    if SIGNATURE not in files:
        return (
            [f"{SIGNATURE}: it is not here, and a signature by this key is asked for"]
            if key
            else []
        )
    stated = signature_in(files[SIGNATURE])
    if (
        not stated
        or (key and stated[0] != key)
        or not is_signed_by(*stated, signed_part(files[SUMS]))
    ):
        return [f"{SIGNATURE}: the sums were not signed with this key"]
    return []


def identities(record: Record, content: bytes | None) -> list[str]:
    """Articles whose text, headline or outlet is not the one that their name was made from."""
    faults = []
    for key, text in _parse_texts(content).items():
        article = record["articles"].get(key, {})
        whole = "\x1f".join((text, article.get("headline") or "", article.get("outlet") or ""))
        if digest(whole.encode("utf-8", "replace"))[:16] != key:
            faults.append(
                f"article {key}: its headline, outlet or text is not the one it was named after"
            )
    return faults


def intruders(name: str, content: bytes) -> list[str]:
    """What no rendition holds: scripts, forms and frames, letters that turn the order of others,
    other parts.
    """
    if name in {TEXTS, RECORD} or name.endswith((".pdf", ".py")):
        return []
    if name.endswith(".epub"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                inside = {f"{name}.xhtml {one}": book.read(one) for one in book.namelist()}
        except DAMAGED:
            return [f"{name}: it cannot be unpacked"]
        return [fault for one, content in inside.items() for fault in intruders(one, content)]
    parts = [content]
    if name.endswith(".eml"):
        message = email.message_from_bytes(content, policy=email.policy.default)
        kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
        if sorted(kinds) != ["text/html", "text/plain"]:
            return [f"{name}: it has other parts than a text and a page"]
        parts = [part.get_content().encode() for part in message.walk() if not part.is_multipart()]
    page = name.endswith((".html", ".eml")) or ".xhtml " in name
    found = [one for part in parts for one in (*TURNING.findall(part.decode(errors="replace")),)]
    acting = [one for part in parts if page for one in ACTING.findall(part)]
    return ([f"{name}: it holds letters that turn the order of others"] if found else []) + (
        [f"{name}: it holds something that acts: {acting[0].decode(errors='replace')}"]
        if acting
        else []
    )


def _list_quotes(record: Record) -> list[Record]:
    """Every quotation in the order printed, headlines that are sentences left out."""
    parts = [
        each
        for item in (*record["leads"], *record["briefs"])
        for each in (item["quotes"], *item["parts"].values())
    ]
    return [quote for quotes in parts for quote in quotes]


def _quotation_faults(record: Record, content: bytes | None) -> list[str]:
    """Quotations that their text of record does not hold; without texts their digests alone are
    compared.
    """
    texts = _parse_texts(content)
    faults = [
        f"article {key}: its text is not the one this edition was made from"
        for key, text in texts.items()
        if digest(text.encode()) != record["articles"][key]["sha256"]
    ]
    for quote in _list_quotes(record):
        where = f"article {quote['article']}, characters {quote['start']} to {quote['stop']}"
        if quote["sha256"] != record["articles"][quote["article"]]["sha256"]:
            faults.append(f"{where}: the quotation names another text than the edition does")
        elif (
            content is not None
            and texts[quote["article"]][quote["start"] : quote["stop"]] != quote["text"]
        ):
            faults.append(f"{where}: the source does not say '{quote['text']}'")
    return faults


def _parse_texts(content: bytes | None) -> dict[str, str]:
    """The texts of record by article; none where they are left out."""
    lines = (content or b"").decode().split("\n")
    return {entry["id"]: entry["text"] for entry in (json.loads(line) for line in lines if line)}


def limit_faults(record: Record, texts: dict[str, str]) -> list[str]:
    """More words than the edition or a licence allows; shares of articles are reckoned where their
    texts are.
    """
    spent: dict[str, int] = {}
    for quote in _list_quotes(record):
        spent[quote["article"]] = spent.get(quote["article"], 0) + len(quote["text"].split())
    faults = (
        [f"{record['words']} words of at most {record['limit']}"]
        if record["words"] > record["limit"]
        else []
    )
    for key, words in spent.items():
        stated = (record["articles"][key]["licence"] or "").casefold()
        named = (
            (".*".join(map(re.escape, one["name"].casefold().split("*"))), one)
            for one in record.get("licences", [])
        )
        fitting = (one for pattern, one in named if re.fullmatch(pattern, stated))
        terms: Record = next(fitting, {"text": "full", "words": 0})
        most = _allowed_words(terms, texts.get(key))
        if most is not None and words > most:
            faults.append(
                f"article {key}: {words} words are quoted where its licence allows {most}"
            )
    return faults


def _allowed_words(terms: Record, text: str | None) -> int | None:
    """Words of an article that may be quoted under a licence; None for all of them."""
    if terms["text"] != "excerpt":
        return None if terms["text"] == "full" else 0
    known = len(text.split()) if text is not None else 0
    share = [known * terms["percent"] // 100] if known > TEASER and terms.get("percent") else []
    return min([*share, *([terms["words"]] if terms["words"] else [])], default=None)


def insertion_faults(record: Record) -> list[str]:
    """Days in square brackets that are another weekday than the word before them says, in
    English.
    """
    faults = []
    for quote in _list_quotes(record):
        for one in record.get("insertions", []):
            if one["article"] == quote["article"] and quote["start"] < one["at"] <= quote["stop"]:
                before = re.findall(
                    r"[a-z]+", quote["text"][: one["at"] - quote["start"]].casefold()
                )[-2:]
                named = [DAYS.index(word) for word in before if word in DAYS]
                if named and datetime.date.fromisoformat(one["day"]).weekday() != named[-1]:
                    faults.append(
                        f"article {quote['article']}: {one['day']} is no "
                        f"{DAYS[named[-1]].capitalize()}"
                    )
    return faults


def _readable_texts(name: str, content: bytes) -> list[str]:
    """The letters and figures of what a file shows; none of files that this cannot read, or that
    are no edition.
    """
    if name.endswith(".eml"):
        message = email.message_from_bytes(content, policy=email.policy.default)
        kinds = {"text/plain": ".txt", "text/html": ".html"}
        parts = [part for part in message.walk() if part.get_content_type() in kinds]
        return [
            text
            for one in parts
            for text in _readable_texts(kinds[one.get_content_type()], one.get_content().encode())
        ]
    if name.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _readable_texts(".html", book.read("EPUB/edition.xhtml"))
    if name.endswith(".html"):
        return [_letters("".join(_parse_page(content).pieces))]
    if name.endswith(".pdf"):
        text = pdf_text(content)
        return [_letters(text)] if text else []
    return (
        [_letters(content.decode())]
        if name.endswith((".md", ".txt")) and name != "README.txt"
        else []
    )


def _parse_page(content: bytes) -> Page:
    page = Page()
    page.feed(content.decode())
    return page


def pdf_text(content: bytes) -> str:
    """The text of a PDF by poppler or by pypdf; empty where neither is installed, or neither can
    read it.
    """
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


def _extract_links(name: str, content: bytes) -> list[list[str]]:
    """The addresses that a page, a message's page or a Markdown file leads to; none of what has no
    such links.
    """
    if name.endswith(".eml"):
        parts = email.message_from_bytes(content, policy=email.policy.default).walk()
        return [
            _parse_page(part.get_content().encode()).links
            for part in parts
            if part.get_content_type() == "text/html"
        ]
    if name.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return [_parse_page(book.read("EPUB/edition.xhtml")).links]
    if name.endswith(".md"):
        return [re.findall(r"(?<!\\)\]\(([^()\s]+)\)", content.decode())]
    return [_parse_page(content).links] if name.endswith(".html") else []


def _link_faults(links: list[str], record: Record) -> list[str]:
    """Links to words that are not quoted, and quotations to whose words no link leads where their
    source has one.
    """
    wanted = [
        (_normalise_address(record["articles"][one["article"]]["url"]), _letters(one["text"]))
        for one in _list_quotes(record)
    ]
    heads = [item["storyline"]["headline"] for item in (*record["leads"], *record["briefs"])]
    allowed = {
        (_normalise_address(record["articles"][one["article"]]["url"]), _letters(one["text"]))
        for one in heads
    } | {*wanted}
    faults, led = [], set[tuple[str, str]]()
    for link in (one for one in links if ":~:" in one):
        address, _, directives = link.partition(":~:")
        for marked in directives.split(
            "&"
        ):  # the words that a quotation begins with, and those that it ends on
            terms = [
                _letters(urllib.parse.unquote(each))
                for each in marked.removeprefix("text=").split(",")
            ]
            fits = {
                one for one in allowed if one[1].startswith(terms[0]) and one[1].endswith(terms[-1])
            }
            fitting = {one for one in fits if one[0] == _normalise_address(address)}
            led |= fitting
            faults += (
                []
                if fitting
                else [f"this link leads to words that are not quoted from there: {link}"]
            )
    lost = [text for address, text in wanted if address and (address, text) not in led]
    return faults + [f"no link leads to this sentence in its source: {text}" for text in lost]


def _normalise_address(address: str | None) -> str:
    """An address without the ways in which one can be written differently."""
    return urllib.parse.unquote(address or "").removesuffix("#").removesuffix("/").casefold()


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def _placement_faults(text: str, record: Record) -> list[str]:
    """Sentences that do not stand there in their order, or without their outlet near; a day may
    stand in brackets.
    """
    faults, place = [], 0
    for quote in _list_quotes(record):
        start, stop = _find_pieces(_quotation_pieces(quote, record), text, place)
        outlet = _letters(record["articles"][quote["article"]]["outlet"] or "")
        if stop < 0:
            faults.append(f"this sentence is not in its place, word for word: '{quote['text']}'")
            continue
        place = stop
        around = text[max(0, start - NEAR) : place + 2000]
        if outlet not in around:
            faults.append(f"its outlet, {outlet}, is not named beside: '{quote['text']}'")
    return faults


def _quotation_pieces(quote: Record, record: Record) -> list[str]:
    """The letters of a quotation, cut where a day in brackets was added."""
    inside = [
        one["at"] - quote["start"]
        for one in record.get("insertions", [])
        if one["article"] == quote["article"]
    ]
    cuts = [0, *sorted(at for at in inside if 0 < at <= len(quote["text"])), len(quote["text"])]
    return [_letters(quote["text"][start:stop]) for start, stop in pairwise(cuts)]


def _find_pieces(pieces: list[str], text: str, place: int) -> tuple[int, int]:
    """Where it stands from `place` on, whole or with a day between its pieces; (-1, -1) where it
    does not.
    """
    found = re.compile(r"\w{0,40}?".join(map(re.escape, pieces))).search(text, place)
    if found:
        return found.span()
    start = text.find((whole := "".join(pieces))[:BEGUN], place)
    while start >= 0:  # over the end of a page
        same = next(
            (
                n
                for n, (one, other) in enumerate(zip(whole, text[start:], strict=False))
                if one != other
            ),
            BEGUN,
        )
        stop = (
            text.find(whole[same:], start + same, start + same + ACROSS + len(whole))
            if same >= BEGUN
            else -1
        )
        if stop >= 0:
            return start, stop + len(whole) - same
        start = text.find(whole[:BEGUN], start + 1)
    return -1, -1


def main(arguments: list[str]) -> int:
    given = [one for one in arguments[1:] if one != "--key"]
    key = (
        arguments[arguments.index("--key") + 1].strip().lower()
        if "--key" in arguments[:-1]
        else None
    )
    given = [one for one in given if one.lower() != key]
    place = Path(given[0] if given else arguments[0])
    faults = find_faults(
        files := _load_files(place if place.suffix != ".py" else place.parent), key
    )
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    if not faults:
        record = json.loads(files[RECORD])
        sources = (
            "their sources"
            if TEXTS in files
            else "the edition (its texts are left out: digests were compared)"
        )
        count, places = (
            len(_list_quotes(record)),
            ", ".join(name for name in sorted(files) if _readable_texts(name, files[name])),
        )
        sys.stdout.write(f"{count} sentences found word for word in {sources} and in {places}\n")
        for name in (
            one for one in files if one.endswith(".pdf") and not _readable_texts(one, files[one])
        ):
            sys.stdout.write(
                f"{name}: only its digest was compared; its text is read too where "
                "poppler or pypdf is\n"
            )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
