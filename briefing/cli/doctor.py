"""`briefing doctor`: what this installation needs and has, and what to do about what is missing."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from collections.abc import Callable
from pathlib import Path

import click

from briefing import __version__
from briefing.errors import BriefingError
from briefing.resources import corpus_folder, templates_folder

PACKAGES = (
    "spacy",
    "weasyprint",
    "jinja2",
    "markdown",
    "sumy",
    "numpy",
    "scipy",
    "css-inline",
    "nh3",
)
INSTALL_PANGO = (
    "install pango and harfbuzz-subset (Debian: apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
)


@click.command()
def doctor() -> int:
    """Check what this installation needs and has.

    One line each; what is missing comes with what to do. Exit code 1 when an edition could not be
    made.

    \b
    Example:
      briefing doctor
    """
    faults = [fault for name, check in CHECKS.items() if (fault := _show_finding(name, check()))]
    click.echo()
    click.echo("ready" if not faults else f"{len(faults)} to mend")
    return 1 if faults else 0


def _show_finding(name: str, finding: tuple[bool, str]) -> bool:
    """Print one finding; True for a fault."""
    well, text = finding
    mark = (
        click.style("ok     ", fg="green") if well else click.style("missing", fg="red", bold=True)
    )
    click.echo(f"{mark} {name:<12} {text}")
    return not well


def _check_program() -> tuple[bool, str]:
    return True, f"briefing {__version__} on Python {platform.python_version()}"


def _check_packages() -> tuple[bool, str]:
    there = {name: version for name in PACKAGES if (version := _package_version(name))}
    lacking = [name for name in PACKAGES if name not in there]
    if lacking:
        return False, f"{', '.join(lacking)}: install them with: pip install briefing"
    return True, ", ".join(f"{name} {version}" for name, version in there.items())


def _package_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _check_pdf() -> tuple[bool, str]:
    from briefing.renditions.printing.render import print_html

    try:
        printed = print_html(
            "<!doctype html><title>One page</title><p>One page.</p>", identifier="0" * 32
        )
    except BriefingError as error:
        return False, f"{error}: {INSTALL_PANGO}"
    return True, f"one page printed ({len(printed.pdf):,} bytes)"


def _check_pipelines() -> tuple[bool, str]:
    found = sorted(entry.name for entry in importlib.metadata.entry_points(group="spacy_models"))
    return True, ", ".join(
        found
    ) if found else "blank ones (no trained pipeline is installed, and none is needed)"


def _check_poppler() -> tuple[bool, str]:
    found = shutil.which("pdftotext")
    return (
        True,
        found
        or (
            "pdftotext is not installed: `briefing verify` reads PDFs with pypdf "
            "(poppler-utils is stricter)"
        ),
    )


def _check_files() -> tuple[bool, str]:
    lacking = [str(path) for path in (templates_folder(), corpus_folder()) if not path.is_dir()]
    return not lacking, f"{', '.join(lacking)}: install briefing again" if lacking else str(
        templates_folder()
    )


def _check_summarisers() -> tuple[bool, str]:
    from briefing.summaries import SUMMARISERS

    return True, ", ".join(SUMMARISERS)


def _check_clusterers() -> tuple[bool, str]:
    from briefing.storylines import CLUSTERERS

    return True, ", ".join(CLUSTERERS)


def _state() -> tuple[bool, str]:
    """The workspace's state, which holds readers' addresses, made its owner's alone; where there is
    none, nothing.
    """
    from briefing.config import FILE, load_config

    folder = Path(load_config(Path(FILE)).state) if Path(FILE).is_file() else Path("state")
    if not folder.is_dir():
        return True, "no workspace in this folder"
    open_ = [
        path
        for path in (folder, *sorted(folder.rglob("*")))
        if not path.is_symlink() and _is_open(path)
    ]
    try:
        for path in open_:
            path.chmod(path.stat().st_mode & 0o700)
    except OSError as error:
        return (
            False,
            (
                f"{error.filename}: others may read it and it cannot be changed "
                f"({error.strerror}); ask its owner"
            ),
        )
    mended = f" ({len(open_)} were open to others, and are no more)" if open_ else ""
    return True, f"{folder}: its owner's alone{mended}"


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "program": _check_program,
    "packages": _check_packages,
    "PDF": _check_pdf,
    "poppler": _check_poppler,
    "pipelines": _check_pipelines,
    "templates": _check_files,
    "summarisers": _check_summarisers,
    "clusterers": _check_clusterers,
    "state": _state,
}
