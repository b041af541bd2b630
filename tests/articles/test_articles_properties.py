"""What holds for every input: nothing but a sentence is raised, and nothing but cutting is done."""

from __future__ import annotations

import random
import time
from functools import partial
from pathlib import Path

import form_samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import hostile
from briefing.articles import extract_articles, extract_with_text, fold_reprints, read_documents
from briefing.errors import UnreadableError
from briefing.language import analyse
from briefing.model import Document, Fate

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLES = sorted(path for path in CORPUS.glob("2026-*/*") if path.is_file())
FORMS = sorted({path.suffix: path for path in SAMPLES}.values())
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def read_or_aside(name: str, content: bytes) -> int:
    try:
        return len(extract_articles(Document(name, content), analysed=False))
    except UnreadableError as error:
        said = str(error)
    assert said.startswith(name)
    return 0


def mutated(content: bytes, seed: int) -> bytes:
    """The bytes with some changed, cut out, doubled or cut off."""
    dice = random.Random(seed)
    damaged = bytearray(content)
    for _ in range(dice.randint(1, 12)):
        if not damaged:
            break
        at = dice.randrange(len(damaged))
        kind = dice.randrange(5)
        if kind == 0:
            damaged[at] = dice.randrange(256)
        elif kind == 1:
            del damaged[at : at + dice.randrange(200)]
        elif kind == 2:
            damaged[at:at] = damaged[at : at + dice.randrange(200)]
        elif kind == 3:
            damaged[at:at] = dice.choice(
                [
                    b"<",
                    b">",
                    b"\x00",
                    b"\xff\xfe",
                    b'"',
                    b"]]>",
                    b"\r",
                    b"{",
                    b"--",
                    "\u2028".encode(),
                    b"&#x110000;",
                ]
            )
        elif dice.random() < 0.2:
            del damaged[at:]
    return bytes(damaged)


@relaxed
@given(st.sampled_from(FORMS), st.integers(0, 2**32))
def test_damaged_documents_raise_nothing_but_a_sentence(path: Path, seed: int) -> None:
    read_or_aside(path.name, mutated(path.read_bytes(), seed))


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_many_damaged_documents_of_the_corpus_raise_nothing_but_a_sentence(path: Path) -> None:
    for seed in range(10):
        read_or_aside(path.name, mutated(path.read_bytes(), seed))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(form_samples.FORMS))
def test_damaged_documents_of_every_form_raise_nothing_but_a_sentence(name: str) -> None:
    """230 of each of the forms, more than 5,000 in all; what a form packs is damaged before it is
    packed.
    """

    @settings(max_examples=230, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**32))
    def damaged(seed: int) -> None:
        started = time.process_time()
        read_or_aside(name, form_samples.FORMS[name](partial(mutated, seed=seed)))
        assert (
            time.process_time() - started < 30
        )  # a second on an idle machine; the machines of tests are shared

    damaged()


@pytest.mark.parametrize("name", sorted(form_samples.FORMS))
def test_every_form_is_read(name: str) -> None:
    assert read_or_aside(name, form_samples.FORMS[name](form_samples.as_it_is)) >= 1


@relaxed
@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["x.txt", "x.html", "x.eml", "x.json", "x.xml", "x.pdf", "x.zip", "x.md", "x.csv"]
    ),
)
def test_any_bytes_raise_nothing_but_a_sentence(content: bytes, name: str) -> None:
    read_or_aside(name, content)


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "",
            "Home",
            "MORE: A headline of another story",
            "Korsvik closes its bridge",
            "4 March 2026",
            "Radio Korsvik",
            "4 hours ago",
            "- Radio Korsvik",
            (
                "The board voted on Tuesday to close the old bridge for eleven weeks of "
                "repairs in spring."
            ),
            (
                "“It could not wait,” said Ove Hallström. Article continues below The "
                "steel had rusted in three places."
            ),
            "Skip next section Korsvik closes its bridge",
            "https://rk.example/p/1",
            "We use cookies to improve your experience.",
            "==========",
            "Sign up here.",
            (
                "Ferries run every 12 minutes. Sign up to our newsletter here. The "
                "bridge opens in June, they said."
            ),
        ]
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_a_text_of_record_is_only_cut(lines: list[str]) -> None:
    document = Document("x.txt", "\n".join(lines).encode())
    try:
        pairs = extract_with_text(document)
    except UnreadableError:
        return

    for text, article in pairs:
        gone = sorted((each.start, each.stop) for each in article.removals)
        at = 0
        for paragraph in article.text.split("\n"):
            at = _follow(paragraph, text, at, gone)


def _follow(paragraph: str, text: str, at: int, gone: list[tuple[int, int]]) -> int:
    """The place behind a paragraph that stands in the text from `at` on, removed stretches left
    out.
    """
    cut = dict(gone)
    for letter in paragraph:
        while at in cut or text[at] != letter:
            at = cut.pop(at) if at in cut else at + 1
        at += 1
    return at


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(0, len(SAMPLES), 9)))
def test_the_order_of_documents_changes_no_article(order: list[int]) -> None:
    def outcome(positions: list[int]) -> tuple[set[tuple[str, str]], set[str]]:
        found = read_documents(
            [Document(SAMPLES[i].name, SAMPLES[i].read_bytes()) for i in positions]
        )
        folded = fold_reprints(found.articles)
        return {(a.id, a.text) for a in found.articles}, {a.id for a in folded.articles}

    assert outcome(list(order)) == outcome(sorted(order))


def test_a_pool_s_map_changes_nothing() -> None:
    from concurrent.futures import ThreadPoolExecutor

    documents = [Document(path.name, path.read_bytes()) for path in SAMPLES[::6]]

    with ThreadPoolExecutor(2) as pool:
        assert read_documents(documents, map=pool.map) == read_documents(documents)


def test_a_document_that_cannot_be_read_is_a_line_of_the_ledger() -> None:
    found = read_documents([Document("a.txt", b""), Document("b.pdf", b"%PDF-1.4 nothing")])

    assert found.articles == ()
    assert [(fate.kind, fate.id, fate.fate) for fate in found.set_aside] == [
        ("document", "a.txt", "unreadable"),
        ("document", "b.pdf", "unreadable"),
    ]
    assert all(isinstance(fate, Fate) and fate.reason for fate in found.set_aside)


@pytest.mark.parametrize(
    "text",
    hostile.TEXTS,
    ids=[
        text[:8].encode("ascii", "replace").decode() + str(i)
        for i, text in enumerate(hostile.TEXTS)
    ],
)
def test_hostile_texts_are_read_or_set_aside_in_a_few_seconds(text: str) -> None:
    started = time.process_time()
    read_or_aside("x.txt", text.encode())

    assert (
        time.process_time() - started < 20
    )  # one second on an idle machine; the machines of tests are shared


@pytest.mark.parametrize(
    "page", hostile.PAGES, ids=[f"{page[:8]}{i}" for i, page in enumerate(hostile.PAGES)]
)
def test_hostile_pages_are_read_or_set_aside_in_a_few_seconds(page: str) -> None:
    started = time.process_time()
    read_or_aside("x.html", page.encode())

    assert (
        time.process_time() - started < 30
    )  # one second on an idle machine; the worst took minutes or for ever


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            Document("x.txt", b"A bridge is shut. " * 13_000),
            "52,000 words and 50,000 are the most; split it",
        ),
        (
            Document("x.txt", " ".join(f"Halden{n} left." for n in range(20_000)).encode()),
            "20,001 different words and 20,000 are the most; split it",
        ),
        (
            Document("x.txt", b"A bridge\n" * 10_001),
            "10,001 lines and 10,000 are the most; split it",
        ),
        (Document("x.txt", b"A b. " * 20_001), "it has more than 20,000 sentences; split it"),
        (
            Document("x.html", b"<html>" + b"<i>" * 50_000),
            "50,001 tags and 50,000 are the most; save the article",
        ),
        (
            Document("x.html", b"<html><p " + b'a=">" ' * 101 + b">x"),
            "attributes than any page has and 100 are",
        ),
        (
            Document("x.html", b"<html>" + b"<p>A b" * 5_001),
            "more than 5,000 paragraphs, headings and menu items; save",
        ),
    ],
    ids=["words", "different words", "lines", "sentences", "tags", "attributes", "blocks"],
)
def test_what_is_too_much_is_set_aside_with_what_there_is_too_much_of(
    document: Document, reason: str
) -> None:
    found = read_documents([document])

    assert found.articles == ()
    assert reason in found.set_aside[0].reason


def test_a_text_of_nothing_but_names_costs_what_its_length_does() -> None:
    started = time.process_time()
    analyse("By A B " * 60_000)

    assert (
        time.process_time() - started < 60
    )  # one second; 150 where each word of a run copies the run before it
