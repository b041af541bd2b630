"""An edition to a page on this machine alone that shows every rendition, made anew as templates
change.
"""

from __future__ import annotations

import hashlib
import html
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from briefing.archive.published import edition_file, load_edition
from briefing.errors import BriefingError, UsageError
from briefing.model import Rendition
from briefing.renditions import House, render
from briefing.renditions.templating.environment import forget
from briefing.resources import templates_folder as shipped

ADDRESS = "127.0.0.1"
SHOWN = {  # file -> format; the first is shown first
    "edition.html": "email",
    "page.html": "page",
    "edition.pdf": "pdf",
    "edition.md": "markdown",
    "edition.txt": "text",
    "feed.xml": "feed",
}
PLAIN = {"text/markdown", "application/atom+xml"}  # shown as they are written
# What is shown may run nothing and fetch nothing; a browser's own PDF viewer does not work in a
# sandbox.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Preview</title>
<style>
body {{ margin: 0; height: 100vh; display: flex; flex-direction: column; font: 14px/20px sans-serif; }}
nav {{ padding: 8px 16px; border-bottom: 1px solid #dfe2e6; }} nav a {{ margin-right: 16px; color: #0b4f8f; }}
iframe {{ flex: 1; border: 0; }}
</style>
<nav>{links}</nav>
<iframe name="shown" title="The rendition" src="/{first}"></iframe>
<script nonce="{nonce}">
let stamp = "{stamp}", shown = "/{first}";
for (const link of document.querySelectorAll("nav a")) link.onclick = () => {{ shown = link.getAttribute("href"); }};
setInterval(async () => {{
  const now = await (await fetch("/stamp")).text();
  if (now !== stamp) {{ stamp = now; document.querySelector("iframe").src = shown; }}
}}, 1000);
</script>
</html>
"""


@dataclass
class Preview:
    """What is shown: an edition, and the templates that it is shown with."""

    edition: Path
    templates: Path | None = None
    house: House = House()  # noqa: RUF009 - a frozen value
    made: dict[str, tuple[str, Rendition]] = field(
        default_factory=dict
    )  # file -> stamp it was made at, rendition
    lock: threading.Lock = field(default_factory=threading.Lock)

    def stamp(self) -> str:
        """Another text whenever the edition or a template was changed."""
        folders = [folder for folder in (self.templates, shipped()) if folder and folder.is_dir()]
        files = [
            edition_file(self.edition),
            *(file for folder in folders for file in sorted(folder.iterdir())),
        ]
        known = [
            (str(file), file.stat().st_mtime_ns, file.stat().st_size)
            for file in files
            if file.is_file()
        ]
        return hashlib.sha256(repr(known).encode()).hexdigest()[:16]

    def rendition(self, name: str) -> Rendition:
        """One of `SHOWN`, made when it was not made since the last change. Raises BriefingError as
        `render` does.
        """
        with self.lock:
            stamp = self.stamp()
            if name not in self.made or self.made[name][0] != stamp:
                forget()
                made = render(
                    load_edition(self.edition),
                    [SHOWN[name]],
                    templates=self.templates,
                    house=self.house,
                )
                self.made[name] = (stamp, next(one for one in made if one.name == name))
            return self.made[name][1]


def newest_edition(output: Path) -> Path:
    """The edition.json of the latest day below `output`. Raises UsageError where there is none."""
    found = sorted(output.glob("*/edition.json"))
    if not found:
        raise UsageError(
            f"{output}: there is no edition; name an edition.json, or make one with: briefing demo"
        )
    return found[-1]


def open_server(preview: Preview, port: int) -> ThreadingHTTPServer:
    """A server on this machine alone, not yet serving; port 0 is any free one. Raises BriefingError
    for one in use.
    """

    class Handler(_Handler):
        shown = preview

    try:
        return ThreadingHTTPServer((ADDRESS, port), Handler)
    except OSError as error:
        raise BriefingError(
            f"port {port}: it cannot be used ({error.strerror}); choose another with --port"
        ) from error


class _Handler(BaseHTTPRequestHandler):
    shown: Preview
    server_version, sys_version = "briefing", ""

    def do_GET(self) -> None:
        """Answer; a page of another name that leads here (DNS rebinding) is refused."""
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") not in {f"{ADDRESS}:{port}", f"localhost:{port}"}:
            self._send(403, b"this page is for this machine alone\n", "text/plain")
        elif self.path == "/":
            self._index()
        elif self.path == "/stamp":
            self._send(200, self.shown.stamp().encode(), "text/plain")
        elif self.path[1:] in SHOWN:
            self._rendition(self.path[1:])
        else:
            self._send(404, b"there is no such page\n", "text/plain")

    def _index(self) -> None:
        stamp = self.shown.stamp()
        links = " ".join(f'<a href="/{name}" target="shown">{name}</a>' for name in SHOWN)
        page = PAGE.format(links=links, first=next(iter(SHOWN)), stamp=stamp, nonce=stamp)
        own = f"script-src 'nonce-{stamp}'; connect-src 'self'; frame-src 'self'"
        policy = f"default-src 'none'; style-src 'unsafe-inline'; {own}"
        self._send(200, page.encode(), "text/html", policy)

    def _rendition(self, name: str) -> None:
        try:
            rendition = self.shown.rendition(name)
        except BriefingError as error:
            said = (
                "<!doctype html><meta charset=utf-8><title>Not "
                f"made</title><p>{html.escape(str(error))}</p>"
            )
            self._send(500, said.encode(), "text/html", SANDBOX)
            return
        kind = "text/plain" if rendition.media_type in PLAIN else rendition.media_type
        self._send(200, rendition.content, kind, "" if name.endswith(".pdf") else SANDBOX)

    def _send(self, code: int, content: bytes, kind: str, policy: str = SANDBOX) -> None:
        self.send_response(code)
        self.send_header(
            "Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        )
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing: requests are the user's own."""
