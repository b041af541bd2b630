"""A published edition's folder in, one zip that proves itself out: the edition, its texts, and a
verifier in Python.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from briefing.archive.edition_files.texts_of_record import SUMS, TEXTS
from briefing.archive.published import edition_file, load_content
from briefing.errors import BriefingError
from briefing.model import Rendition
from briefing.proof import offline, verify
from briefing.proof.offline import SIGNATURE

FIRST = (1980, 1, 1, 0, 0, 0)  # of all entries, so that the same edition is the same bundle
README = """This file proves itself. With Python 3.10 or later, on any computer and without a network:

    python3 {name}

Every sentence is cut from its text of record and compared; of every page, message and text the sentences are looked
for in their order, with their outlet and their links. The text of a PDF is read too where pdftotext (poppler) or pypdf
is installed; else its digest is compared. With --key KEY behind it, where KEY is the key that the desk makes known,
a signature by that key is asked for. What is done stands in __main__.py, to be read.
{texts}"""
LEFT_OUT = """
The texts of record are left out. Whoever has them puts texts.jsonl into the unpacked folder and runs

    python3 __main__.py .
"""


def build_bundle(path: Path, /, *, name: str, texts: bool = True) -> Rendition:
    """The bundle of the edition in `path`, called `name`; without `texts` it holds their digests
    alone.

    Raises BriefingError for an edition that is not proved itself.
    """
    proof = verify(path)
    if proof.faults:
        raise BriefingError(
            f"{path}: it is not bundled, since it is not as it was published: {proof.faults[0]}"
        )
    folder = edition_file(path).parent
    names = [line.split("  ", 1)[1] for line in load_content(folder / SUMS).decode().splitlines()]
    signed = [SIGNATURE] if (folder / SIGNATURE).is_file() else []
    kept = {
        each: load_content(folder / each)
        for each in dict.fromkeys((*names, SUMS, *signed))
        if texts or each != TEXTS
    }
    kept["__main__.py"] = Path(offline.__file__).read_bytes()
    kept["README.txt"] = README.format(name=name, texts="" if texts else LEFT_OUT).encode()
    return Rendition(name, "application/zip", _zip_files(kept))


def _zip_files(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(files):
            archive.writestr(zipfile.ZipInfo(each, FIRST), files[each], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
