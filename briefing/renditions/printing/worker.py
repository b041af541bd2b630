"""A job on standard input (JSON: html, files to attach), texts of its pages and the PDF on standard
output.

A process of its own, with limits. First comes a line of JSON, the text that each page shows, then
the PDF.

Run as `python -m briefing.renditions.printing.worker IDENTIFIER MEMORY_MB CPU_SECONDS`; what
WeasyPrint warns of goes to standard error.
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

from briefing.renditions.fonts import FONT_SCHEME, font_files
from briefing.renditions.printing import weasyprint_patches as patches


def main(identifier: str, memory: str, seconds: str) -> None:
    """Read, print, write; exits 1 through the traceback of whatever went wrong."""
    limits = {resource.RLIMIT_AS: int(memory) * 2**20, resource.RLIMIT_CPU: int(seconds)}
    for kind, limit in limits.items():
        with contextlib.suppress(
            ValueError, OSError
        ):  # systems that know no such limit print without it
            resource.setrlimit(kind, (limit, limit))
    job = json.load(sys.stdin.buffer)
    content, pages = print_pdf(job["html"], identifier.encode(), job["files"])
    sys.stdout.buffer.write(json.dumps(pages).encode() + b"\n" + content)


def print_pdf(
    html: str,
    identifier: bytes,
    files: Sequence[Mapping[str, str]] = (),
    *,
    variant: str = "pdf/ua-1",
) -> tuple[bytes, list[str]]:
    """The tagged PDF of a page and what each sheet of it shows; nothing is fetched but the fonts of
    the program.
    """
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
    options = {"pdf_variant": variant, "pdf_tags": True, "attachments": attachments}
    page = HTML(string=html, base_url="about:blank", url_fetcher=_build_fetcher())
    with (
        patches.merge_page_references(page.etree_element),
        patches.hang_trailing_spaces(),
    ):
        document = page.render(**options)
    pages = [patches.page_text(sheet) for sheet in document.pages]
    patches.prepare_document(document)
    with patches.apply_ua_tags():
        document.write_pdf(
            target, finisher=patches.finish_tags, pdf_identifier=identifier, **options
        )
    return target.getvalue(), pages


def _build_fetcher() -> object:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fonts(URLFetcher):  # type: ignore[misc]
        """Refuses every address but `briefing-font:NAME`, for the names of the fonts that come with
        the program.
        """

        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002 (WeasyPrint's signature)
            path = (
                font_files().get(url.removeprefix(FONT_SCHEME))
                if url.startswith(FONT_SCHEME)
                else None
            )
            if path is None:
                raise ValueError(f"{url[:80]} is not fetched: an edition holds all it shows")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    return Fonts()


if __name__ == "__main__":
    main(*sys.argv[1:])
