"""How well articles are grouped, with floors that only go up: labelled sets, scraped pages, the
sample corpus.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.storylines import load, measured, scores
from briefing.articles import fold_reprints, read_documents
from briefing.model import Article, Document
from briefing.storylines import cluster_by_terms, group_articles

# Measured on every n-th group of each set; the scores and the digest of the data are in the file of
# floors.
EVERY = {"allsides": 5, "daybatch": 8, "ecbplus": 2, "wikinews": 1, "basil": 2, "uci": 4}
FLOORS = Path(__file__).parents[1] / "floors_storylines.json"
SLACK = 0.0005  # the last digit printed
SEEDS = {"000": "oval", "001": "oval", "002": "oval", "004": "kyiv"}


@pytest.mark.parametrize("name", EVERY)
def test_no_score_falls_below_its_floor(
    name: str, corpora: Path, request: pytest.FixtureRequest
) -> None:
    path = corpora / "storylines" / name / "dev.jsonl"
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    floor = floors.get(name, {})

    scored, _ = measured(load(path, every=EVERY[name]), cluster_by_terms)

    found = {key: round(scored[key], 4) for key in ("f1", "pair_f1", "exact")}
    data = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    if request.config.getoption("--update"):
        kept = {key: max(value, floor.get(key, value)) for key, value in found.items()}
        text = json.dumps({**floors, name: {**kept, "data": data}}, indent=2, sort_keys=True)
        FLOORS.write_text(f"{text}\n", encoding="utf-8")
        return
    assert data == floor["data"], "the data have changed: measure anew with --update"
    fallen = {
        key: (value, floor[key]) for key, value in found.items() if value < floor[key] - SLACK
    }
    assert not fallen, f"{name}: below the floor (found, floor): {fallen}"


@pytest.fixture(scope="module")
def sample(corpora: Path) -> list[Article]:
    return [
        one.article for one in load(corpora / "storylines" / "allsides" / "dev.jsonl", every=12)
    ]


def parts(articles: Sequence[Article]) -> set[frozenset[str]]:
    return {
        frozenset(one.id for one in storyline.articles) for storyline in group_articles(articles)
    }


def test_twenty_orders_give_one_partition(sample: list[Article]) -> None:
    expected = parts(sample)

    for seed in range(20):
        shuffled = list(sample)
        random.Random(seed).shuffle(shuffled)
        assert parts(shuffled) == expected


def test_without_one_article_the_others_stay_as_they_were(sample: list[Article]) -> None:
    labels = {one.id: story.id for story in group_articles(sample) for one in story.articles}
    agreement = []
    for number in range(0, len(sample), max(1, len(sample) // 12)):
        left = [one for place, one in enumerate(sample) if place != number]
        found = {one.id: story.id for story in group_articles(left) for one in story.articles}
        agreement.append(scores(found, {one.id: labels[one.id] for one in left})["f1"])

    assert sum(agreement) / len(agreement) >= 0.998


def test_threads_and_hash_seeds_change_nothing(corpora: Path, root: Path) -> None:
    program = (
        "import hashlib, sys; from pathlib import Path; from benchmarks.storylines import load;"
        "from briefing.storylines import group_articles;"
        "found = group_articles([one.article for one in load(Path(sys.argv[1]), every=12)]);"
        "print([(s.id, [a.id for a in s.articles], s.related) for s in found])"
    )
    path = corpora / "storylines" / "allsides" / "dev.jsonl"
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "OMP_NUM_THREADS": threads,
                "OPENBLAS_NUM_THREADS": threads,
            },
            cwd=root,
            check=True,
            capture_output=True,
        ).stdout
        for seed, threads in (("0", "1"), ("42", "4"))
    }

    assert len(said) == 1


def documents(folder: Path) -> list[Document]:
    return [
        Document(str(path.relative_to(folder)), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != "README.md"
        and not path.name.startswith(".")
        and "expected" not in path.parts
    ]


@pytest.fixture(scope="module")
def scraped(seeds_folder: Path) -> tuple[Article, ...]:
    return fold_reprints(read_documents(documents(seeds_folder)).articles).articles


@pytest.fixture(scope="module")
def seeds_folder(corpora: Path) -> Path:
    return corpora / "seeds"


def affair(article: Article) -> str:
    """What an article of the scraped pages is about: by its page, and for the page of several by
    its words.
    """
    page = article.document[:3]
    if page in SEEDS:
        return SEEDS[page]
    return "drones" if "drones" in (article.headline or "") else "summit"


def affairs(articles: Sequence[Article], others: Sequence[Article] = ()) -> set[frozenset[str]]:
    """The partition of the scraped articles, with others around them that must not join."""
    parts = set()
    for storyline in group_articles([*articles, *others]):
        held = frozenset(one.id for one in storyline.articles)
        if held & {one.id for one in articles}:
            parts.add(held)
    return parts


def expected(articles: Sequence[Article]) -> set[frozenset[str]]:
    return {
        frozenset(one.id for one in articles if affair(one) == name)
        for name in {affair(one) for one in articles}
    }


def test_scraped_pages_fall_into_their_four_affairs(scraped: tuple[Article, ...]) -> None:
    assert affairs(scraped) == expected(scraped)


def test_and_without_dates(scraped: tuple[Article, ...]) -> None:
    undated = [replace(one, published=None) for one in scraped]

    assert affairs(undated) == expected(undated)


@pytest.mark.parametrize("seed", range(5))
def test_and_in_any_order(scraped: tuple[Article, ...], seed: int) -> None:
    shuffled = list(scraped)
    random.Random(seed).shuffle(shuffled)

    assert affairs(shuffled) == expected(scraped)


@pytest.fixture(scope="module")
def crowd(corpora: Path) -> list[Article]:
    return [
        one.article for one in load(corpora / "storylines" / "allsides" / "dev.jsonl", every=10)
    ][:80]


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_and_among_eighty_other_articles(
    scraped: tuple[Article, ...], crowd: list[Article], dated: bool
) -> None:
    articles = (
        [*scraped, *crowd]
        if dated
        else [replace(one, published=None) for one in (*scraped, *crowd)]
    )

    assert affairs(articles[: len(scraped)], articles[len(scraped) :]) == expected(scraped)


@pytest.fixture(scope="module")
def news(corpus: Path) -> tuple[Article, ...]:
    return fold_reprints(read_documents(documents(corpus)).articles).articles


def truth(corpus: Path, articles: Sequence[Article]) -> dict[str, str]:
    """Storyline of each article, by its document and its place in it."""
    lines = [
        json.loads(line)
        for path in sorted((corpus / "expected" / "articles").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    labels = {(line["document"], line["part"] or 0): line["storyline"] for line in lines}
    return {article.id: labels[article.document, article.place] for article in articles}


def test_the_sample_corpus_falls_into_its_storylines(
    corpus: Path, news: tuple[Article, ...]
) -> None:
    labels = truth(corpus, news)
    found = {
        one.id: storyline.id for storyline in group_articles(news) for one in storyline.articles
    }

    result = scores(found, labels)

    assert result["f1"] >= 0.98
    assert result["pair_f1"] >= 0.97
    assert result["precision"] == 1.0


def test_a_storyline_of_three_days_keeps_its_id_when_told_day_by_day(
    corpus: Path, news: tuple[Article, ...]
) -> None:
    labels = truth(corpus, news)
    known = ()
    names: dict[str, str] = {}
    for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
        known = group_articles([one for one in news if one.document.startswith(day)], known=known)
        for storyline in known:
            for one in storyline.articles:
                assert names.setdefault(one.id, storyline.id) == storyline.id

    assert scores(names, labels)["f1"] >= 0.98
