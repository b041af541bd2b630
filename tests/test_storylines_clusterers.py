"""Clusterers beside the one of the house: by density, and by vectors of a model on the machine."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from datetime import date
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from newsroom import FLOOD, STRIKE, TRIAL, article

from briefing.errors import ConfigError
from briefing.model import Article
from briefing.storylines import CLUSTERERS, group

DAY = date(2026, 3, 3)
AFFAIRS = [
    [article([*sentences[n:], *sentences[:n]], headline=sentences[n][:-1], outlet=f"O{n}", day=DAY) for n in range(3)]
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
    found = group(articles, CLUSTERERS[clusterer])
    return {frozenset(one.id for one in storyline.articles) for storyline in found}


EXPECTED = {frozenset(one.id for one in affair) for affair in AFFAIRS}


def test_density_finds_the_affairs_in_any_order() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra and not installed")

    assert partition(NEWS, "hdbscan") == partition(NEWS[::-1], "hdbscan") == EXPECTED


@pytest.mark.parametrize("clusterer", ["hdbscan", "dense"])
@pytest.mark.parametrize("articles", [[], NEWS[:1], NEWS[:3]], ids=["none", "one", "three"])
def test_few_articles_are_grouped_as_well(clusterer: str, articles: list[Article], library: None) -> None:
    if clusterer == "hdbscan":
        pytest.importorskip("sklearn", reason="scikit-learn is an extra and not installed")

    found = group(articles, CLUSTERERS[clusterer])

    assert sorted(one.id for storyline in found for one in storyline.articles) == sorted(one.id for one in articles)


def test_vectors_of_a_model_find_the_affairs(library: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_VECTORS", "a-model")

    assert partition(NEWS, "dense") == partition(NEWS[::-1], "dense") == EXPECTED
    assert SentenceTransformer.asked == {"name": "a-model", "device": "cpu", "local_files_only": True}


def test_known_storylines_stay_as_they_are_whatever_the_vectors_say(library: None) -> None:
    known = group(NEWS[:4])

    later = group(NEWS[4:], CLUSTERERS["dense"], known=known)

    names = {one.id: storyline.id for storyline in later for one in storyline.articles}
    assert all(names[one.id] == storyline.id for storyline in known for one in storyline.articles)


def test_without_the_library_or_the_model_a_sentence_says_what_to_do(
    library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_VECTORS", "nowhere")
    with pytest.raises(ConfigError, match="no model 'nowhere' is on this machine; set BRIEFING_VECTORS"):
        group(NEWS, CLUSTERERS["dense"])
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ConfigError, match=r"needs sentence-transformers; install it with: pip install"):
        group(NEWS, CLUSTERERS["dense"])
    monkeypatch.setitem(sys.modules, "sklearn.cluster", None)
    with pytest.raises(ConfigError, match="needs scikit-learn"):
        group(NEWS, CLUSTERERS["hdbscan"])
