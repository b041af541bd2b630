"""Articles to `texts.jsonl`, the texts of record that prove an edition, and back; files to their
SHA-256 sums.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from briefing.errors import VerificationError
from briefing.model import Article, Rendition

TEXTS, SUMS = "texts.jsonl", "SHA256SUMS"


def render_checksums(files: Iterable[Rendition]) -> Rendition:
    """The digest of every file, in the form that `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256(file.content).hexdigest()}  {file.name}\n" for file in files)
    return Rendition(SUMS, "text/plain", "".join(lines).encode())


def dump_texts(articles: Iterable[Article]) -> bytes:
    """One JSON object a line: id, SHA-256 of the text, text; in the order given."""
    lines = (
        json.dumps(
            {"id": article.id, "sha256": article.sha256, "text": article.text}, ensure_ascii=False
        )
        for article in articles
    )
    return "".join(f"{line}\n" for line in lines).encode()


def load_texts(content: bytes) -> dict[str, str]:
    """Article id to text. Raises VerificationError where a text is not the one its digest was made
    from.
    """
    texts: dict[str, str] = {}
    for number, line in enumerate(_decode_texts(content).removesuffix("\n").split("\n"), start=1):
        entry = _parse_entry(line, number)
        found = hashlib.sha256(entry["text"].encode()).hexdigest()
        if found != entry["sha256"]:
            raise VerificationError(
                f"texts of record, line {number}: the text of article {entry['id']} "
                "was changed after it was read"
            )
        texts[entry["id"]] = entry["text"]
    return texts


def _decode_texts(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise VerificationError(
            f"texts of record: they are not UTF-8 as written ({error}); restore the file"
        ) from error


def _parse_entry(line: str, number: int) -> dict[str, str]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise VerificationError(
            f"texts of record, line {number}: not JSON ({error}); restore the file"
        ) from error
    if not isinstance(entry, dict) or not {"id", "sha256", "text"} <= entry.keys():
        raise VerificationError(
            f"texts of record, line {number}: id, sha256 and text are expected; restore the file"
        )
    return entry
