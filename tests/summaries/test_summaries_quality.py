"""How good summaries are, with floors that only go up: a sample of the sets with references, where
they are present.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from benchmarks import speeds
from benchmarks.speeds import long_article
from briefing.language import extract_terms
from briefing.model import Analysis, Article, Span
from briefing.summaries import SUMMARISERS, digest_articles, summarise
from briefing.summaries.coherence.sentence_faults import find_faults

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).parents[1] / "floors_summaries.json"
ITEMS = {"cnndm": 60, "llm": 60, "xsum": 60, "multi_news": 12, "neus": 60}
KINDS = ("news", "other")
SLACK = 0.02  # ROUGE points: the last digit printed


def measured(name: str) -> dict[str, float | str]:
    """What is held to a floor, of the first items of a set, and the digest of its data."""
    pytest.importorskip("rouge_score")
    from benchmarks import summaries

    if not summaries.CORPORA.is_dir():
        pytest.skip("the sets with reference summaries (../shared/corpora/summaries) are not here")
    given = summaries.sample(name, first=ITEMS[name])
    method = summaries.methods(multi=given.multi)["consensus" if given.multi else "hybrid"]
    result = summaries.run(method, given)
    one, two, longest = (round(float(value), 2) for value in result.rouge.mean(0))
    found: dict[str, float | str] = {
        "data": given.digest,
        "rouge1": one,
        "rouge2": two,
        "rougeLsum": longest,
    }
    if result.checks:
        found |= {
            "clean": round(result.share("clean"), 2),
            "verbatim": round(result.share("verbatim"), 2),
        }
        found |= {"not redundant": 100 - round(result.share("redundant"), 2)}
        found |= {"opens on its own": 100 - round(result.share("first_dangles"), 2)}
    return found


@pytest.mark.parametrize("name", list(ITEMS))
def test_no_score_falls_below_its_floor(name: str, request: pytest.FixtureRequest) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    found, floor = measured(name), floors.get(name, {})

    if request.config.getoption("--update"):
        kept = {key: max(value, floor.get(key, value)) for key, value in found.items()}
        FLOORS.write_text(
            json.dumps({**floors, name: kept}, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )
        return

    assert found["data"] == floor["data"], "the data have changed: measure anew with --update"
    fallen = {
        key: (value, floor[key])
        for key, value in found.items()
        if key != "data" and value < floor[key] - SLACK
    }
    assert not fallen, f"{name}: below the floor (found, floor): {fallen}"


def test_summaries_of_annotated_reports_leave_no_more_pronouns_hanging_than_their_first_sentences() -> (
    None
):
    path = ROOT.parent / "shared" / "corpora" / "summaries" / "open" / "gum_coreference.jsonl"
    if not path.exists():
        pytest.skip("the annotated reports (../shared/corpora/summaries/open) are not here")
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    for kind in KINDS:
        some = [report for report in reports if (report["genre"] == "news") == (kind == "news")]
        found, first = (
            [hangs(report) for report in some],
            [hangs(report, lead=True) for report in some],
        )
        anywhere, start = (sum(column) for column in zip(*found, strict=True))
        print(f"{kind}: {anywhere} of {len(found)} hanging, {start} at a start")
        assert start == 0
        assert anywhere <= sum(hanging for hanging, _ in first)


def hangs(report: dict, *, lead: bool = False) -> tuple[bool, bool]:  # type: ignore[type-arg]
    """Whether a summary holds a pronoun whose entity is not named in it so far; whether one that
    opens a sentence.

    Given the annotated sentences. `lead`: of the first three that are whole sentences and no
    headings, for comparison.
    """
    lines = [sentence["text"] for sentence in report["sentences"]]
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    spans = tuple(Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True))
    analysis = Analysis(spans, tuple(extract_terms(line) for line in lines))
    article = Article(report["id"], " ".join(lines), language="en", analysis=analysis)
    whole = [i for i, line in enumerate(lines) if "fragment" not in find_faults(line)]
    chosen = (
        whole[:3]
        if lead
        else [starts.index(quote.span.start) for quote in summarise(article).quotes]
    )
    named: set[str] = set()
    hanging = []
    for sentence in (report["sentences"][i] for i in chosen):
        named |= set(sentence["names"])
        hanging += [
            pronoun["first"] for pronoun in sentence["pronouns"] if pronoun["entity"] not in named
        ]
    return bool(hanging), any(hanging)


@pytest.mark.slow
def test_it_is_faster_than_sumys_lexrank_in_the_same_run_and_linear_and_small() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["speed"]

    found = speeds.measured()

    fallen = {
        name: (found[name], least)
        for name, least in floors["at least"].items()
        if found[name] < least
    }
    risen = {
        name: (found[name], most) for name, most in floors["at most"].items() if found[name] > most
    }
    assert not fallen, f"slower beside sumy than it may be (found, floor): {fallen}"
    assert not risen, f"more than it may be (found, ceiling): {risen}"


@pytest.mark.parametrize(("sentences", "seconds"), [(2000, 0.15), (10_000, 0.75)])
def test_time_grows_with_length_and_no_faster(sentences: int, seconds: float) -> None:
    article = long_article(sentences)
    begin = time.process_time()

    summarise(article)

    assert (
        time.process_time() - begin < 20 * seconds
    )  # machines differ and are busy; quadratic would be minutes


def test_a_digest_of_many_long_articles_ends() -> None:
    articles = [long_article(200) for _ in range(5)]
    begin = time.process_time()

    summary = digest_articles(articles, SUMMARISERS["consensus"], words=100)

    assert summary.words <= 100
    assert time.process_time() - begin < 60
