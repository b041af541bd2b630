"""What collecting costs: feeds on loopback in, a table of CPU time per feed and of memory out, ours
beside others.

python -m benchmarks sources [--feeds N] [--entries N] [--reader PYTHON]

The site runs in a process of its own and is not counted. "feedparser" fetches by urllib and parses,
nothing else; it neither limits, checks, remembers nor stores. `--reader` is a Python that has
lemon24's `reader` installed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests" / "support"

SITE = """
import sys, time
sys.path.insert(0, sys.argv[1])
import loopback
with loopback.Site() as site:
    for n in range(int(sys.argv[2])):
        site.pages[f"/{n}"] = loopback.conditional(loopback.rss(int(sys.argv[3]), f"F{n}", words=400))
    print(site.port, flush=True)
    sys.stdin.read()
"""
MEASURED = """
import resource, sys, time
port, feeds, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
def url(n): return f"http://127.0.{n // 250}.{n % 250 + 1}:{port}/{n}"
def spent(name, started):
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{name}\\t{(time.process_time() - started) / feeds * 1000:.2f}\\t{used.ru_maxrss / 1024:.0f}", flush=True)
"""
OURS = """
from datetime import UTC, datetime
from pathlib import Path
from briefing.archive.database.connection import open_archive
from briefing.archive.store import documents
from briefing.model import Source
from briefing.service.collection.collect import ArchiveStates
from briefing.sources import visit_sources
from briefing.sources.web import Client
now = datetime(2026, 3, 5, 18, tzinfo=UTC)
sources = [Source("feed", url(n), settings={"private": True}) for n in range(feeds)]
with open_archive(Path(folder) / "archive.sqlite") as db:
    client = Client(pause=0)
    for name in ("briefing collect, first visit", "briefing collect, nothing new"):
        started = time.process_time()
        reports = visit_sources(sources, keep=lambda _, things: documents.store_documents(db, things, now=now),
            store=ArchiveStates(db, now), now=now, early=True, clients=lambda: client)
        assert not any(report.fault for report in reports), [report.fault for report in reports if report.fault][:3]
        spent(f"{name} ({sum(report.documents for report in reports)} documents)", started)
"""
PARSER = """
import feedparser, io, urllib.request
raw = {"sanitize_html": False, "resolve_relative_uris": False}
for name, settings in {"feedparser": {}, "feedparser, raw": raw}.items():
    started = time.process_time()
    for n in range(feeds):
        assert feedparser.parse(io.BytesIO(urllib.request.urlopen(url(n)).read()), **settings).entries
    spent(name, started)
"""
READER = """
import reader
store = reader.make_reader(folder + "/reader.sqlite")
for n in range(feeds): store.add_feed(url(n))
for name in ("reader, first visit", "reader, nothing new"):
    started = time.process_time()
    store.update_feeds()
    spent(f"{name} ({sum(1 for _ in store.get_entries())} entries)", started)
"""


def main(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks sources")
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--entries", type=int, default=100)
    options.add_argument("--reader", metavar="PYTHON")
    asked = options.parse_args(arguments)
    site = subprocess.Popen(
        [sys.executable, "-c", SITE, str(TESTS), str(asked.feeds), str(asked.entries)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert site.stdout
    port = site.stdout.readline().strip()
    print(f"{asked.feeds} feeds of {asked.entries} entries\nwhat\tCPU ms a feed\tMB")
    try:
        runs = [
            (sys.executable, OURS),
            (sys.executable, PARSER),
            *([(asked.reader, READER)] if asked.reader else []),
        ]
        for python, program in runs:
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run(
                    [python, "-c", MEASURED + program, port, str(asked.feeds), folder], check=True
                )
    finally:
        site.terminate()
        site.wait()
    return 0
