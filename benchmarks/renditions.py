"""What renditions cost: an edition and a pack as PDF beside WeasyPrint alone, a message and each of
its recipients.

python -m benchmarks renditions [--pages N] [--runs N] [--only edition pack email]

Text is that of the sample corpus, shuffled. Each PDF is made by a process of its own, from its
start, and so is the same text as plain HTML by WeasyPrint and nothing else, in turn. CPU seconds,
best of the runs; memory of the press.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model import Article, Edition

CORPUS = Path(__file__).parent.parent / "corpus"
DAY = date(2026, 3, 5)
PARAGRAPHS = 40  # of an article of the pack
PAGES_EACH = 4.5  # that such an article takes
LEADS = 15  # of an edition of twelve pages
MEMORY = 1024  # kilobytes a megabyte


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks renditions")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=["edition", "pack", "email"])
    parser.add_argument("--child", default="")
    asked = parser.parse_args(arguments)
    if asked.child:
        CHILDREN[asked.child](asked.pages)
        return 0
    for name in asked.only:
        pair = [name] if name == "email" else [name, f"plain-{name}"]
        runs = [(child, spent(child, asked.pages)) for _ in range(asked.runs) for child in pair]
        for child in pair:
            print(min(found for kind, found in runs if kind == child)[1])
    return 0


def spent(child: str, pages: int) -> tuple[float, str]:
    """CPU seconds of a child and of what it starts, and its line."""
    command = [
        sys.executable,
        "-m",
        "benchmarks",
        "renditions",
        "--child",
        child,
        "--pages",
        str(pages),
    ]
    before = cpu(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    used = cpu(resource.RUSAGE_CHILDREN) - before
    return used, f"{child:14} {used:6.2f} CPU s  {done.stdout.strip()}"


def cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def texts() -> list[str]:
    """Paragraphs of the sample corpus, in the order of its files."""
    files = sorted(CORPUS.glob("2026-*/*.txt"))
    blocks = [
        block
        for file in files
        for block in re.split(r"\n\s*\n", file.read_text("utf-8", errors="ignore"))
    ]
    return [" ".join(block.split()) for block in blocks if 80 < len(block) < 900]


def reports(number: int) -> list[Article]:
    from briefing.model import Analysis, Article, Span

    chance, paragraphs, made = random.Random(5), texts(), []
    for n in range(number):
        chosen = [chance.choice(paragraphs) for _ in range(PARAGRAPHS)]
        starts = [sum(len(one) + 1 for one in chosen[:place]) for place in range(3)]
        spans = tuple(
            Span(start, start + len(one)) for start, one in zip(starts, chosen, strict=False)
        )
        outlet = ("Marrow Wire", "The Halden Courier", "Radio Vestra")[n % 3]
        text, analysis = "\n".join(chosen), Analysis(sentences=spans)
        made.append(
            Article(
                f"{n:016x}",
                text,
                f"Report {n} of the day",
                outlet,
                licence="CC BY 4.0",
                analysis=analysis,
            )
        )
    return made


def made_of(articles: list[Article], leads: int) -> Edition:
    """Leads of three articles each, five sentences a lead."""
    from briefing.model import Edition, Headline, Item, Quote, Storyline, Summary, Window

    def item(number: int) -> Item:
        three = tuple(articles[(3 * number + n) % len(articles)] for n in range(3))
        quotes = tuple(Quote(one, span) for one in three for span in one.sentences[:2])[:5]
        story = Storyline(f"s-{number}", three, Headline(three[0]))
        return Item(story, Summary(quotes), "World", "day 3", (1, 2, 3), {"outlets": 2.0})

    return Edition("A pack", "desk", DAY, Window(), tuple(map(item, range(leads))), version="1")


def counted(pdf: bytes, memory: int) -> None:
    from pypdf import PdfReader

    print(
        f"{len(PdfReader(io.BytesIO(pdf)).pages)} pages, {len(pdf) / 1e6:.1f} MB, "
        f"{memory / MEMORY:.0f} MB of memory"
    )


def edition(pages: int) -> None:  # noqa: ARG001 - children have one signature
    from briefing.renditions import render

    made = render(made_of(reports(60), LEADS), ["pdf"])[0].content
    counted(made, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def pack(pages: int) -> None:
    from briefing.renditions import render_pack as make

    articles = reports(round(pages / PAGES_EACH))
    made = make(made_of(articles, len(articles) // 3), articles, query="strike").content
    counted(made, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def plain(paragraphs: list[str]) -> None:
    """The same text as paragraphs and nothing else."""
    from weasyprint import HTML

    page = "<html lang=en><title>t</title>" + "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    made = HTML(string=page).write_pdf()
    counted(made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def plain_edition(pages: int) -> None:  # noqa: ARG001
    plain([str(quote) for quote in made_of(reports(60), LEADS).quotes])


def plain_pack(pages: int) -> None:
    articles = reports(round(pages / PAGES_EACH))
    quotes = [str(quote) for quote in made_of(articles, len(articles) // 3).quotes]
    plain([*quotes, *(line for one in articles for line in one.text.splitlines())])


def email(pages: int) -> None:  # noqa: ARG001
    from briefing.archive.store.outbox import Message
    from briefing.deliveries.mail.envelope import Letterhead, address_letter, parse_letter
    from briefing.renditions import House
    from briefing.renditions.context.build import build_view
    from briefing.renditions.edition_json import encode_edition
    from briefing.renditions.mail import compose
    from briefing.renditions.templating.environment import fill_message

    head = Letterhead(
        "Desk <desk@example.org>", "b.example.org", ("https://example.org/{token}",), b"k" * 32
    )
    to = Message(
        "e", "reader@example.org", "A reader", "<1@example.org>", "pending", 0, 0, None, None
    )
    now, lines = datetime(2026, 3, 5, 6, tzinfo=UTC), []
    for leads in (3, 12):
        told = made_of(reports(60), leads)
        view = build_view(told, encode_edition(told))
        body = timed(lambda shown=view: fill_message(shown.given()))
        whole = timed(lambda shown=view: compose(shown, House()))
        lines.append(f"{leads} leads: body {body:.2f} ms, message {whole:.2f} ms")
    text = parse_letter(compose(view, House()).content)
    each = timed(lambda: address_letter(text, to, head, profile="daily", date=now), times=2000)
    print(f"{'; '.join(lines)}; each recipient {each:.4f} ms")


def timed(make: Callable[[], object], times: int = 100) -> float:
    """Milliseconds of CPU time, the median of five rounds; the first call, which reads templates,
    left out.
    """
    make()
    rounds = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(times):
            make()
        rounds.append(1000 * (time.process_time() - began) / times)
    return sorted(rounds)[2]


CHILDREN = {
    "edition": edition,
    "plain-edition": plain_edition,
    "pack": pack,
    "plain-pack": plain_pack,
    "email": email,
}
