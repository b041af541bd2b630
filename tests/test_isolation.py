"""What makes a step fail is left out, with its reason; the others go on."""

from __future__ import annotations

import contextlib
import functools
import importlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from briefing.articles import read_documents
from briefing.config import Config, SourceSettings
from briefing.errors import BriefingError
from briefing.isolation import MOST, OverrunError, bounded, isolated
from briefing.model import Article, Document, Fate, Storyline
from briefing.pipeline import Collection, edit_collection, gather_collection

MARK = "Zanzibarium"
REPORTS = {
    "harbour": "Harbour of Orla reopens\nThe Courier\n5 March 2026\n\nThe harbour of "
    "Orla reopened on Thursday, the "
    "port said. Forty-one ships had waited off the coast since Tuesday. Mayor Ann "
    "Lee said it had cost three million.",
    "ferry": "Ferry sinks at Skarne\nMarrow Wire\n5 March 2026\n\nA ferry sank at "
    "Skarne on Thursday, the coast guard "
    "said. Nobody was hurt. Captain Ole Brandt said that it had struck a rock in fog.",
    "budget": "Assembly passes budget\nHalden Ledger\n5 March 2026\n\nThe Assembly "
    "passed a budget of 9 billion crowns "
    "on Thursday. Finance minister Ida Holm called it a day of reason. The "
    "opposition voted against.",
    "poison": f"{MARK} mine closes\nVestra Post\n5 March 2026\n\nThe {MARK} mine "
    "closed on Thursday, its owner said. "
    "Two hundred miners lose their work. The union called for talks with the ministry.",
}
STEPS = (  # a function of each stage that an article passes through, by the module that calls it
    ("briefing.articles.reading", "_add_stated_facts"),
    ("briefing.articles.reading", "_clean_parts"),
    ("briefing.articles.reading", "_shared_facts"),
    ("briefing.articles.reading", "_build_article"),
    ("briefing.articles.reading", "_link_parts"),
    ("briefing.articles.formats", "extract_drafts"),
    ("briefing.articles.cleaning", "clean_part"),
    ("briefing.language", "analyse"),
    ("briefing.language", "split_sentences"),
    ("briefing.language", "detect_language"),
    ("briefing.holding", "fold_reprints"),
    ("briefing.articles.deduplication.near_duplicates", "_figure_set"),
    ("briefing.pipeline", "group_articles"),
    ("briefing.pipeline", "apply_decisions"),
    ("briefing.editions.composing", "rank_candidates"),
    ("briefing.editions.composing", "compose_lead"),
    ("briefing.editions.composing", "compose_brief"),
    ("briefing.editions.composing", "find_date_insertions"),
    ("briefing.wiring", "digest_articles"),
    ("briefing.wiring", "select_headline"),
    ("briefing.wiring", "extract_quotations"),
    ("briefing.wiring", "extract_figures"),
    ("briefing.wiring", "may_stand_alone"),
    ("briefing.wiring", "extract_days"),
)
ERRORS = (
    ValueError,
    IndexError,
    MemoryError,
    RecursionError,
    UnicodeError,
    OverrunError,
    KeyError,
    TypeError,
)


def holds(thing: Any, depth: int = 4) -> bool:
    """Whether a value is, or is made of, the article that a fault is set into."""
    if isinstance(thing, str):
        return MARK in thing
    if isinstance(thing, bytes):
        return MARK.encode() in thing
    if isinstance(thing, Article):
        return MARK in thing.text
    if isinstance(thing, Storyline):
        return any(map(holds, thing.articles))
    if isinstance(thing, Document):
        return MARK.encode() in thing.content
    if depth and isinstance(thing, (tuple, list, frozenset, set)):
        return any(holds(each, depth - 1) for each in thing)
    names = getattr(thing, "__dataclass_fields__", {}) if depth else {}
    return any(holds(getattr(thing, name, None), depth - 1) for name in names)


def failing(work: Callable[..., Any], error: type[BaseException]) -> Callable[..., Any]:
    @functools.wraps(work)
    def fail(*given: Any, **named: Any) -> Any:
        if any(map(holds, given)) or any(map(holds, named.values())):
            raise error("set into the step")
        return work(*given, **named)

    return fail


@pytest.fixture
def desk(tmp_path: Any) -> Config:
    for name, text in REPORTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return Config(
        sources=(SourceSettings(str(tmp_path)),),
        output=str(tmp_path / "output"),
        formats=("markdown",),
    )


@pytest.mark.parametrize(("module", "name"), STEPS)
def test_a_fault_at_one_article_in_any_step_leaves_the_edition_of_the_others(
    desk: Config, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    error = ERRORS[STEPS.index((module, name)) % len(ERRORS)]
    monkeypatch.setattr(
        importlib.import_module(module),
        name,
        failing(getattr(importlib.import_module(module), name), error),
    )

    made = edit_collection(
        gather_collection(desk, step=str),
        desk,
        now=datetime(2026, 3, 6, tzinfo=UTC),
        day=date(2026, 3, 5),
        step=lambda _message: None,
    )

    printed = {article.outlet for item in made.edition.items for article in item.storyline.articles}
    assert {"The Courier", "Marrow Wire", "Halden Ledger"} <= printed
    assert made.renditions


def test_of_what_fails_the_ledger_has_a_line_with_the_reason(
    desk: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.editions import composing

    monkeypatch.setattr(
        composing, "rank_candidates", failing(composing.rank_candidates, IndexError)
    )

    made = edit_collection(
        gather_collection(desk, step=str), desk, now=datetime(2026, 3, 6, tzinfo=UTC), step=str
    )

    held = [fate for fate in made.edition.ledger if fate.fate == "held"]
    assert [(fate.outlet, "IndexError: set into the step" in fate.reason) for fate in held] == [
        ("Vestra Post", True)
    ]


def test_of_a_storyline_the_articles_at_which_nothing_fails_are_told(
    desk: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.editions import composing

    collection = gather_collection(desk, step=str)
    articles = tuple(sorted(collection.articles, key=lambda one: one.id))
    one = Storyline("all", articles, next(line.headline for line in collection.storylines))
    monkeypatch.setattr(
        composing, "rank_candidates", failing(composing.rank_candidates, ValueError)
    )

    made = edit_collection(
        Collection(articles, (one,), ()), desk, now=datetime(2026, 3, 6, tzinfo=UTC), step=str
    )

    assert [fate.outlet for fate in made.edition.ledger if fate.fate == "held"] == ["Vestra Post"]
    assert len(made.edition.leads[0].storyline.articles) == 3


class TestIsolated:
    def test_where_nothing_fails_the_step_runs_once(self) -> None:
        calls: list[Sequence[int]] = []

        outcome = isolated(lambda things: calls.append(things) or sum(things), [1, 2, 3])

        assert (outcome.result, outcome.kept, outcome.held, len(calls)) == (6, (1, 2, 3), (), 1)

    @pytest.mark.parametrize("bad", [{0}, {99}, {50}, {0, 99}, {3, 4, 5}, set(range(0, 100, 10))])
    def test_exactly_the_things_that_fail_are_left_out(self, bad: set[int]) -> None:
        outcome = isolated(lambda things: 1 / (not bad & set(things)), list(range(100)))

        assert {held.thing for held in outcome.held} == bad

    def test_of_two_that_fail_together_one_is_left_out(self) -> None:
        outcome = isolated(lambda things: 1 / (not {7, 70} <= set(things)), list(range(100)))

        assert [held.thing for held in outcome.held] == [70]

    def test_a_step_that_fails_at_nothing_is_at_fault_itself(self) -> None:
        with pytest.raises(ZeroDivisionError):
            isolated(lambda _things: 1 / 0, [1, 2])

    def test_more_than_a_plague_is_the_steps_fault(self) -> None:
        with pytest.raises(ZeroDivisionError):
            isolated(lambda things: 1 / (not things), list(range(MOST + 2)))

    def test_what_the_user_can_put_right_passes(self) -> None:
        def step(_things: Sequence[int]) -> None:
            raise BriefingError("mend the file")

        with pytest.raises(BriefingError, match="mend"):
            isolated(step, [1])


class TestBounded:
    def test_what_takes_too_long_is_interrupted_even_where_errors_are_swallowed(self) -> None:
        started = time.monotonic()

        def swallow() -> None:
            while True:
                with contextlib.suppress(Exception):  # as libraries do
                    sum(range(1000))

        with pytest.raises(OverrunError), bounded(seconds=0.1):
            swallow()

        assert time.monotonic() - started < 5

    def test_what_takes_too_much_memory_is_refused_it(self) -> None:
        with pytest.raises(MemoryError), bounded(memory=300_000_000):
            bytearray(2_000_000_000)

        assert len(bytearray(500_000_000)) == 500_000_000

    def test_a_document_that_takes_too_long_is_held(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from briefing.articles import reading

        monkeypatch.setattr(reading, "bounded", lambda: bounded(seconds=0.05))
        monkeypatch.setattr(
            reading,
            "extract_articles",
            lambda *_given, **_named: [time.sleep(1) for _ in range(60)],
        )

        found = read_documents([Document("a.txt", b"x")])

        expected = "it took too long; it is kept, and read again by the next version of the program"
        assert found.set_aside == (Fate("document", "a.txt", "held", expected, "a.txt"),)
