"""Fuzz by doublings: whatever is repeated until a document has a megabyte, it is read or set aside in seconds.

`FUZZ_SECONDS` says for how long; `make fuzz` takes half an hour.
"""

from __future__ import annotations

import os
import random
import time

import pytest

from briefing.articles import read_documents
from briefing.model import Document

SECONDS = float(os.environ.get("FUZZ_SECONDS", "60"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
LARGEST = 1_000_000
DEAR = 5.0  # CPU seconds
TEXT = (
    "The harbour of Orla reopened on Thursday after a strike of two days, the port said. Forty-one "
    "ships had waited off the coast since Tuesday. Mayor Ann Lee said it had cost three million."
)
PIECES = (
    *"'\"«»“”‘’()[]{}<>&;:,.!?-–—/\\|*_#=+~`^$%@§°²⑤½\t\u00a0\u200b\u202e\u0301",
    *(
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "  ",
        "A",
        "a",
        "Ä",
        "é",
        "中",
        "ж",
        "ش",
        "🙂",
        "1",
        "2026",
        "9.99",
    ),
    *("said ", "Mr. ", "U.S. ", "e.g. ", "on Tuesday ", "3 March 2026 ", "2h ago ", "10.42am\n"),
    *(
        "<p>",
        "</p>",
        "<div>",
        "<br>",
        "<a href='x'>",
        "<!--",
        "-->",
        "<td>",
        "<li>",
        "<b",
        "&amp;",
        "&#39;",
    ),
    *(
        '{"a":',
        "[",
        '"',
        "\\u0041",
        "\\ud83d",
        "null,",
        "x,y;",
        "---\n",
        "a: b\n",
        "- ",
        "# ",
        "> ",
    ),
    *("=?utf-8?q?a?= ", "From: a@b.c\n", "Subject: x\n", "Content-Type: text/plain\n", "--b\n"),
    *(
        "READ MORE: x\n",
        "(Reuters) - ",
        "© 2026 ",
        "By Ann Lee\n",
        "https://a.example/b ",
        "a@b.example ",
    ),
)
FORMS = {
    "text": ("a.txt", f"Harbour reopens\nThe Courier\n5 March 2026\n\n{TEXT}\n\n%s\n"),
    "page": (
        "a.html",
        f"<!doctype html><title>H</title><article><h1>H</h1><p>{TEXT}<p>%s</article>",
    ),
    "script": (
        "a.html",
        f'<!doctype html><script type="application/ld+json">%s</script><article><p>{TEXT}</article>',
    ),
    "mail": (
        "a.eml",
        f"From: A <a@b.example>\nSubject: H\nContent-Type: text/plain\n\n{TEXT}\n%s\n",
    ),
    "header": (
        "a.eml",
        f"From: A <a@b.example>\nSubject: %s\nContent-Type: text/plain\n\n{TEXT}\n",
    ),
    "rich": (
        "a.eml",
        f"From: A <a@b.example>\nSubject: H\nContent-Type: text/html\n\n<p>{TEXT}<p>%s\n",
    ),
    "json": ("a.json", f'{{"title": "H", "text": "{TEXT}", "x": %s}}'),
    "table": ("a.csv", f'title,text\nH,"{TEXT}"\n%s\n'),
    "markdown": ("a.md", f"---\ntitle: H\n---\n\n{TEXT}\n\n%s\n"),
    "matter": ("a.md", f"---\ntitle: %s\n---\n\n{TEXT}\n"),
    "feed": (
        "a.rss",
        f"<rss><channel><item><title>H</title><description>{TEXT} %s</description></item></channel></rss>",
    ),
}


def cost(form: str, unit: str, size: int) -> float:
    """CPU seconds that a document of about this size takes."""
    name, frame = FORMS[form]
    content = frame.replace("%s", (unit * (size // len(unit) + 1))[:size]).encode()
    started = time.process_time()
    found = read_documents([Document(name, content)])
    assert found.articles or found.set_aside
    return time.process_time() - started


def grown(form: str, unit: str) -> tuple[int, float]:
    """The size up to which doubling was cheap, and the cost there: what grows with its square shows early."""
    size, taken = 4_000, 0.0
    while size <= LARGEST and taken < DEAR:
        taken = cost(form, unit, size)
        size *= 2
    return size // 2, taken


@pytest.mark.slow
def test_nothing_that_is_repeated_costs_much() -> None:
    chance, started, dear = random.Random(SEED), time.monotonic(), []
    cost("text", "x", 100)
    while time.monotonic() - started < SECONDS:
        form = chance.choice([*FORMS])
        unit = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 5)))
        size, taken = grown(form, unit)
        if taken >= DEAR:
            dear.append((form, unit, size, round(taken, 1)))

    assert dear == []
