"""A view in, a PDF out that was proved to hold every sentence of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from briefing.errors import BriefingError
from briefing.renditions.checks import completeness
from briefing.renditions.context.pack import Attached, Pack
from briefing.renditions.context.view import View
from briefing.renditions.localisation.catalogue import Messages
from briefing.renditions.templating.environment import fill

MEMORY_MB = 2_000  # address space of the child; a tagged PDF of 500 pages takes 450 MB of memory
_GLYPHLESS = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)")
_NAMED = 8
SECONDS = 300  # CPU time of the child; 500 pages take 36
PATIENCE = 6  # times as long by the clock: a machine that does much else is slow and not stuck


def print_edition(view: View, *, templates: Path | None = None) -> bytes:
    """The print edition. BriefingError when the press fails or a sentence is missing; about 2 CPU
    seconds.
    """
    return _print_and_prove(
        view, lambda shown: fill("print.html", shown.given(), templates=templates), view.sentences
    )


def print_pack(view: View, behind: Pack, *, templates: Path | None = None) -> bytes:
    """The print edition with its sources behind it; about 15 pages a CPU second."""
    return _print_and_prove(
        view,
        lambda shown: fill("pack.html", shown.given(pack=behind), templates=templates),
        (*view.sentences, *behind.texts),
        behind.attached,
    )


def _print_and_prove(
    view: View,
    page: Callable[[View], str],
    sentences: Sequence[str],
    attached: Sequence[Attached] = (),
) -> bytes:
    """The printed page, once more with a note where characters have no font, once every sentence
    was found in it.
    """
    identifier, files = (
        view.imprint.digest[:32],
        [{**asdict(one), "date": view.updated} for one in attached],
    )
    printed = print_html(page(view), identifier=identifier, files=files)
    if glyphless := _glyphless_characters(view.say, printed.warnings):
        noted = replace(view, shortened=view.say("no_font", characters=glyphless))
        printed = print_html(page(noted), identifier=identifier, files=files)
    completeness.require_sentences(printed.pages, sentences)
    return printed.pdf


def _glyphless_characters(say: Messages, warnings: tuple[str, ...]) -> str:
    """Characters that no font on this machine draws, each once, the first few by name."""
    codes = list(
        dict.fromkeys(f"U+{code}" for line in warnings for code in _GLYPHLESS.findall(line))
    )
    named, more = ", ".join(codes[:_NAMED]), len(codes) - _NAMED
    return say("more_characters", characters=named, n=say.number(more)) if more > 0 else named


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, what its pages show, and what the press warned of."""

    pdf: bytes
    pages: tuple[str, ...]
    warnings: tuple[str, ...]


def print_html(html: str, *, identifier: str, files: Sequence[Mapping[str, str]] = ()) -> Printed:
    """A page printed by a child process with limits.

    `files` are attached: name, description, text, and the date they are given.
    """
    job = json.dumps({"html": html, "files": list(files)}).encode()
    command = [
        sys.executable,
        "-m",
        "briefing.renditions.printing.worker",
        identifier,
        str(MEMORY_MB),
        str(SECONDS),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=job, capture_output=True, timeout=PATIENCE * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        limit = f"{PATIENCE * SECONDS:g} seconds"
        raise BriefingError(
            f"edition.pdf: not printed within {limit}; make the edition shorter"
        ) from error
    lines = tuple(
        line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()
    )
    pages, _, pdf = done.stdout.partition(b"\n")
    if done.returncode or not pdf.startswith(b"%PDF-"):
        last = lines[-1] if lines else f"the press ended with code {done.returncode}"
        raise BriefingError(f"edition.pdf: not printed: {last}")
    return Printed(pdf, tuple(json.loads(pages)), lines)
