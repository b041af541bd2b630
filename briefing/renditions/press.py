"""A job on standard input (JSON: html, files to attach), PDF on standard output: a process of its own, with limits.

`python -m briefing.renditions.press IDENTIFIER MEMORY_MB CPU_SECONDS`; what WeasyPrint warns of goes to standard error.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import resource
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

FONT_SCHEME = "briefing-font:"


def main(identifier: str, memory: str, seconds: str) -> None:
    """Read, print, write; exits 1 through the traceback of whatever went wrong."""
    limits = {resource.RLIMIT_AS: int(memory) * 2**20, resource.RLIMIT_CPU: int(seconds)}
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):  # systems that know no such limit print without it
            resource.setrlimit(kind, (limit, limit))
    job = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pdf(job["html"], identifier.encode(), job["files"]))


def pdf(html: str, identifier: bytes, files: Sequence[Mapping[str, str]] = (), *, variant: str = "pdf/ua-1") -> bytes:
    """The tagged PDF of a page; nothing is fetched but the fonts that come with the program."""
    from weasyprint import HTML, LOGGER, Attachment

    LOGGER.handlers = [logging.StreamHandler(sys.stderr)]
    target = io.BytesIO()
    attachments = [
        Attachment(
            string=file["text"],
            name=file["name"],
            description=file["description"],
            created=(date := datetime.fromisoformat(file["date"])),
            modified=date,
            relationship="Source",
        )
        for file in files
    ]
    HTML(string=html, base_url="about:blank", url_fetcher=_fetcher()).write_pdf(
        target, pdf_identifier=identifier, pdf_variant=variant, pdf_tags=True, attachments=attachments
    )
    return target.getvalue()


def _fetcher() -> object:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fonts(URLFetcher):  # type: ignore[misc]
        """Refuses every address but `briefing-font:NAME`, for the names of the fonts that come with the program."""

        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002 (WeasyPrint's signature)
            path = fonts().get(url.removeprefix(FONT_SCHEME)) if url.startswith(FONT_SCHEME) else None
            if path is None:
                raise ValueError(f"{url[:80]} is not fetched: an edition holds all it shows")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    return Fonts()


def fonts() -> dict[str, Path]:
    """File of each bundled face, by its name."""
    import font_source_sans_pro
    import font_source_serif_pro

    folders = (font_source_serif_pro.font_directory, font_source_sans_pro.font_directory)
    return {path.stem: path for folder in folders for path in sorted(Path(folder).glob("*.ttf"))}


if __name__ == "__main__":
    main(*sys.argv[1:])
