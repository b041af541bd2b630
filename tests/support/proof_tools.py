"""Programs that prove renditions, named in, their path out: installed by apt or npm when missing,
else skipped.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[1] / "tools"
PACKAGES = {  # program -> its Debian package
    "qpdf": "qpdf",
    "pdfinfo": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdftotext": "poppler-utils",
    "epubcheck": "epubcheck",
    "java": "default-jre-headless",
    "spamassassin": "spamassassin",
    "notmuch": "notmuch",
    "w3m": "w3m",
    "chromium": "chromium",
    "cmark-gfm": "cmark-gfm",
    "pandoc": "pandoc",
    "node": "nodejs",
    "npm": "npm",
}
JAVA = {  # class library -> its Debian package
    **dict.fromkeys(("preflight", "pdfbox2", "fontbox2", "xmpbox"), "libpdfbox2-java"),
    "jaxb-api": "libjaxb-api-java",
    "javax.activation": "libactivation-java",
    "commons-logging": "libcommons-logging-java",
    "commons-io": "libcommons-io-java",
}
JAVA_PACKAGES = tuple(dict.fromkeys(JAVA.values()))
PREFLIGHT = tuple(Path("/usr/share/java") / f"{name}.jar" for name in JAVA)


@cache
def program(name: str) -> str:
    """Path of a program; installed with apt-get where that is allowed, else the test is skipped and
    says so.
    """
    found = shutil.which(name)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "--yes", "--no-install-recommends", PACKAGES[name]]
        subprocess.run(
            command, capture_output=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        )
        found = shutil.which(name)
    if not found:
        pytest.skip(
            f"left out: {name} is not here and cannot be installed; on Debian: "
            f"apt-get install {PACKAGES[name]}"
        )
    return found


def run(*command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=1200, **options)


@cache
def classes() -> str:
    """Class path of PDFBox Preflight; installed with apt-get where that is allowed, else the test
    is skipped.
    """
    if not all(jar.exists() for jar in PREFLIGHT) and os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "--yes", "--no-install-recommends", *JAVA_PACKAGES]
        subprocess.run(
            command, capture_output=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        )
    if not all(jar.exists() for jar in PREFLIGHT):
        pytest.skip(
            f"left out: Preflight is not here; on Debian: apt-get install {' '.join(JAVA_PACKAGES)}"
        )
    return ":".join(map(str, PREFLIGHT))


def cache_folder(name: str) -> Path:
    """One that outlives the tests, in the home of who runs them; a temporary one where that cannot
    be written.
    """
    place = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(place) / name
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix=f"{name}-"))


@cache
def node_folder() -> Path:
    """A cache folder with our scripts and the npm packages they import."""
    folder = cache_folder("briefing-proof-tools")
    wanted = (SCRIPTS / "package.json").read_text(encoding="utf-8")
    stamp = folder / "installed.json"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.copy(SCRIPTS / "package.json", folder)
        done = run(
            program("npm"),
            "install",
            "--prefix",
            str(folder),
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
        )
        if done.returncode:
            pytest.skip(
                "left out: npm cannot install what tests/tools/package.json names: "
                f"{done.stderr.strip()[-200:]}"
            )
        stamp.write_text(wanted, encoding="utf-8")
    for script in SCRIPTS.glob("*.mjs"):
        shutil.copy(script, folder)
    return folder


def node(script: str, *arguments: str) -> list[Any]:
    """The JSON lines that one of our scripts prints."""
    done = run(program("node"), str(node_folder() / script), *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
