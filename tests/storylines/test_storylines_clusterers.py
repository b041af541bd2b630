"""Clusterers beside the one of the house: by density, and by vectors of a model on the machine."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from affairs import on, reports
from click.testing import CliRunner
from newsroom import FLOOD, STRIKE, TRIAL, article

from briefing.cli.storylines import storylines as command
from briefing.errors import ConfigError
from briefing.model import Article
from briefing.registry import find_function
from briefing.storylines import CLUSTERERS, group_articles, remember_storyline

DAY = date(2026, 3, 3)
AFFAIRS = [
    [
        article(
            [*sentences[n:], *sentences[:n]], headline=sentences[n][:-1], outlet=f"O{n}", day=DAY
        )
        for n in range(3)
    ]
    for sentences in (STRIKE, FLOOD, TRIAL)
]
NEWS = [one for affair in AFFAIRS for one in affair]


class SentenceTransformer:
    """The interface of the library's class, with a vector of hashed words for a text."""

    asked: dict[str, Any]

    def __init__(self, name: str, **options: Any) -> None:
        if name == "nowhere":
            raise OSError("no such model")
        SentenceTransformer.asked = {"name": name, **options}

    def encode(self, texts: Sequence[str], **_: Any) -> np.ndarray:
        rows = np.zeros((len(texts), 65_536), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[int.from_bytes(hashlib.sha256(word.encode()).digest()[:2])] += len(word) > 3
        return rows


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = SentenceTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


def partition(articles: Sequence[Article], clusterer: str) -> set[frozenset[str]]:
    found = group_articles(articles, CLUSTERERS[clusterer])
    return {frozenset(one.id for one in storyline.articles) for storyline in found}


EXPECTED = {frozenset(one.id for one in affair) for affair in AFFAIRS}


def test_density_finds_the_affairs_in_any_order() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra and not installed")

    assert partition(NEWS, "hdbscan") == partition(NEWS[::-1], "hdbscan") == EXPECTED


@pytest.mark.parametrize("clusterer", ["hdbscan", "dense"])
@pytest.mark.parametrize("articles", [[], NEWS[:1], NEWS[:3]], ids=["none", "one", "three"])
def test_few_articles_are_grouped_as_well(
    clusterer: str, articles: list[Article], library: None
) -> None:
    if clusterer == "hdbscan":
        pytest.importorskip("sklearn", reason="scikit-learn is an extra and not installed")

    found = group_articles(articles, CLUSTERERS[clusterer])

    assert sorted(one.id for storyline in found for one in storyline.articles) == sorted(
        one.id for one in articles
    )


def test_vectors_of_a_model_find_the_affairs(
    library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_VECTORS", "a-model")

    assert partition(NEWS, "dense") == partition(NEWS[::-1], "dense") == EXPECTED
    assert SentenceTransformer.asked == {
        "name": "a-model",
        "device": "cpu",
        "local_files_only": True,
    }


def test_known_storylines_stay_as_they_are_whatever_the_vectors_say(library: None) -> None:
    known = group_articles(NEWS[:4])

    later = group_articles(NEWS[4:], CLUSTERERS["dense"], known=known)

    names = {one.id: storyline.id for storyline in later for one in storyline.articles}
    assert all(names[one.id] == storyline.id for storyline in known for one in storyline.articles)


def test_without_the_library_or_the_model_a_sentence_says_what_to_do(
    library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_VECTORS", "nowhere")
    with pytest.raises(
        ConfigError, match="no model 'nowhere' is on this machine; set BRIEFING_VECTORS"
    ):
        group_articles(NEWS, CLUSTERERS["dense"])
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(
        ConfigError, match=r"needs sentence-transformers; install it with: pip install"
    ):
        group_articles(NEWS, CLUSTERERS["dense"])
    monkeypatch.setitem(sys.modules, "sklearn.cluster", None)
    with pytest.raises(ConfigError, match="needs scikit-learn"):
        group_articles(NEWS, CLUSTERERS["hdbscan"])


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The clusterer of the documentation, as a reader would save it."""
    page = (Path(__file__).parents[2] / "docs" / "storylines.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(# desk_names\.py.*?)```", page, re.DOTALL)
    (tmp_path / "desk_names.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "desk_names", raising=False)
    return "desk_names:by_names"


def test_a_clusterer_written_after_the_documentation_groups_and_obeys_what_is_known(
    stranger: str,
) -> None:
    by_names = find_function(stranger, CLUSTERERS, kind="clusterer")
    strike, flood = reports("tram-strike", 0), reports("sarn-flood", 0)
    later = [*reports("tram-strike", 1), *reports("sarn-flood", 1)]

    known = group_articles([*strike, *flood], by_names)
    found = group_articles(later, by_names, known=[remember_storyline(one, on(0)) for one in known])

    assert {frozenset(one.articles) for one in known} == {frozenset(strike), frozenset(flood)}
    assert {one.id for one in found} == {one.id for one in known}


def test_the_command_takes_a_clusterer_by_its_place(stranger: str, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    rows = [
        {"id": one.id, "title": one.headline, "text": one.text}
        for one in (*reports("tram-strike", 0), *reports("sarn-flood", 0))
    ]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")

    result = CliRunner().invoke(
        command, [str(file), "--json", "--clusterer", stranger], standalone_mode=False
    )

    clusters = [json.loads(line)["cluster"] for line in result.stdout.splitlines()]
    assert clusters[0] == clusters[1] != clusters[2] == clusters[3]


def test_labels_may_be_any_numbers_or_texts_and_mean_nothing_known() -> None:
    known = [remember_storyline(one, on(0)) for one in group_articles(reports("tram-strike", 0))]
    news = [*reports("sarn-flood", 1), *reports("prewitt-trial", 1)]

    for names in ((-1, -2), ("flood", "trial"), (7, 0)):
        found = group_articles(news, lambda articles, /, *, known=(), names=names: [
            names["prewitt" in one.id] if "known" not in one.id else one.id for one in articles
        ], known=known)  # fmt: skip

        assert {frozenset(one.articles) for one in found} == {
            frozenset(news[:2]),
            frozenset(news[2:]),
        }
        assert known[0].id not in {one.id for one in found}


def test_a_clusterer_that_leaves_articles_out_is_told_so() -> None:
    with pytest.raises(
        ConfigError, match="1 labels came for 9 articles; it has to give one for each"
    ):
        group_articles(NEWS, lambda articles, /, *, known=(): [0])
