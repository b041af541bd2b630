"""How good summaries are: texts with references in, a table of ROUGE, defects and speed out, ours
beside others.

python -m benchmarks summaries [--corpora FOLDER] [--set NAME …] [--method NAME …] [--first N]

ROUGE by rouge-score with its stemmer, 95 % intervals by bootstrap, differences to LEAD paired.
Defects by the scorer that lies beside the corpora; without it that column is empty. Articles a
second: from analysed articles, CPU time of one core.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from briefing import language
from briefing.model import Article, Articles
from briefing.summaries import SUMMARISERS, digest_articles, summarise
from briefing.summaries.methods.lexrank import random_walk_shares
from briefing.summaries.methods.tfidf import dot_product, tfidf_vectors

SHARED = Path(__file__).parents[2] / "shared"
CORPORA, SCORER = SHARED / "corpora" / "summaries", SHARED / "evaluate" / "summaries.py"
SETS = {
    "cnndm": ("single_cnndm", 3, "first"),
    "llm": ("single_llm", 3, "mean"),
    "xsum": ("single_xsum", 2, "first"),
    "multi_news": ("multi_news", 250, "first"),
    "neus": ("multi_neus", 75, "first"),
}
# sumy's methods that take more than the square of sentences are measured on the first items only,
# and the row says so.
SLOW = {
    "sumy-lsa": 10,
    "sumy-kl": 10,
    "sumy-lexrank": 20,
    "sumy-reduction": 20,
    "sumy-textrank": 20,
    "sumy-sumbasic": 20,
}
MULTI = ("multi_news", "neus")
Method = Callable[[Articles, int], list[str]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass
class Sample:
    """One set: clusters of articles (of one, for single articles), their references, how long a
    summary may be.
    """

    name: str
    articles: list[list[Article]]
    references: list[list[str]]
    texts: list[list[str]]
    limit: int
    mode: str
    digest: str = ""

    def first(self, items: int) -> Sample:
        return replace(
            self,
            articles=self.articles[:items],
            references=self.references[:items],
            texts=self.texts[:items],
        )

    @property
    def multi(self) -> bool:
        return self.name in MULTI


@dataclass
class Result:
    summaries: list[list[str]]
    rouge: Numbers  # items x (ROUGE-1, ROUGE-2, ROUGE-Lsum), F1 x 100
    rate: float  # items a second
    checks: list[dict[str, Any]] = field(default_factory=list)

    def share(self, name: str) -> float:
        return (
            100 * float(np.mean([bool(check[name]) for check in self.checks]))
            if self.checks
            else float("nan")
        )


def sample(name: str, *, folder: Path = CORPORA, first: int | None = None) -> Sample:
    """A set by its short name, or the first items of it."""
    file, limit, mode = SETS[name]
    path = folder / f"{file}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:first]
    documents = [
        row.get("documents") or [{"text": row["text"], "title": row.get("title")}] for row in rows
    ]
    articles = [
        [article(f"{row['id']}/{i}", d) for i, d in enumerate(ds)]
        for row, ds in zip(rows, documents, strict=True)
    ]
    texts = [[d["text"] for d in ds] for ds in documents]
    data = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return Sample(name, articles, [row["references"] for row in rows], texts, limit, mode, data)


def article(name: str, document: dict[str, Any]) -> Article:
    headline = document.get("title") or None
    analysis = language.analyse(document["text"])
    terms = language.extract_terms(headline) if headline else ()
    return Article(
        name, document["text"], headline, language="en", analysis=analysis, headline_terms=terms
    )


# Methods: (articles, limit) -> sentences. A limit is of sentences for one article, of words for
# several.


def single(name: str, articles: Articles, limit: int, *, constraints: bool = True) -> list[str]:
    summary = summarise(articles[0], SUMMARISERS[name], sentences=limit, constraints=constraints)
    return [str(quote) for quote in summary.quotes]


def several(name: str, articles: Articles, limit: int, *, constraints: bool = True) -> list[str]:
    return [
        str(quote)
        for quote in digest_articles(
            articles, SUMMARISERS[name], words=limit, constraints=constraints
        ).quotes
    ]


def filtered_lexrank(articles: Articles, limit: int) -> list[str]:
    """LexRank with a redundancy filter at cosine .5 and nothing else: the usual baseline of several
    documents.
    """
    places = [(a, s) for a, each in enumerate(articles) for s in range(len(each.sentences))]
    rows = tfidf_vectors([terms for each in articles for terms in each.analysis.terms])
    rank, chosen, words = random_walk_shares(rows), list[int](), 0
    for i in sorted(range(len(places)), key=lambda i: (-rank[i], i)):
        size = len(sentence(articles, places[i]).split())
        if words + size <= limit and all(dot_product(rows[i], rows[j]) <= 0.5 for j in chosen):
            chosen.append(i)
            words += size
    return [sentence(articles, places[i]) for i in sorted(chosen)]


def sentence(articles: Articles, place: tuple[int, int]) -> str:
    return articles[place[0]].sentences[place[1]].of(articles[place[0]].text)


def methods(*, multi: bool) -> dict[str, Method]:
    run = several if multi else single
    table: dict[str, Method] = {"LEAD": partial(run, "lead", constraints=False)}
    if multi:
        table["LexRank, filtered"] = filtered_lexrank
    for name in SUMMARISERS:
        ours = not name.startswith("sumy")
        table[name] = partial(run, name, constraints=ours)
    return table


def run(method: Method, given: Sample, *, checks: bool = True) -> Result:
    begin = time.process_time()
    summaries = [
        [" ".join(s.split()) for s in method(articles, given.limit)] for articles in given.articles
    ]
    rate = len(summaries) / max(1e-9, time.process_time() - begin)
    rouge = np.array(
        [score(r, s, given.mode) for r, s in zip(given.references, summaries, strict=True)]
    )
    return Result(summaries, rouge, rate, judged(summaries, given) if checks else [])


@cache
def rouge_scorer() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)


def score(references: list[str], sentences: list[str], mode: str) -> list[float]:
    """ROUGE-1, -2, -Lsum F1 x 100 against the first reference, or the mean over all."""
    rows = []
    for reference in references if mode == "mean" else references[:1]:
        lines = "\n".join(span.of(reference) for span in language.split_sentences(reference))
        found = rouge_scorer().score(lines, "\n".join(sentences))
        rows.append([100 * found[key].fmeasure for key in ("rouge1", "rouge2", "rougeLsum")])
    return [float(value) for value in np.mean(rows, axis=0)]


def oracle(given: Sample) -> Result:
    """Greedy choice of the sentences that raise ROUGE-1 + ROUGE-2 most: what no extract of the kind
    passes.
    """
    found = []
    for articles, references in zip(given.articles, given.references, strict=True):
        pool, chosen, best = (
            [sentence(articles, (0, s)) for s in range(len(articles[0].sentences))],
            list[int](),
            0.0,
        )
        while len(chosen) < given.limit:
            tries = [
                (
                    sum(score(references, [pool[j] for j in sorted([*chosen, i])], given.mode)[:2]),
                    -i,
                )
                for i in range(len(pool))
                if i not in chosen
            ]
            if not tries or max(tries)[0] <= best:
                break
            best, minus = max(tries)
            chosen.append(-minus)
        found.append([pool[i] for i in sorted(chosen)])
    rouge = np.array(
        [score(r, s, given.mode) for r, s in zip(given.references, found, strict=True)]
    )
    return Result(found, rouge, float("nan"), judged(found, given))


@cache
def scorer() -> Any:
    """The reader checks that lie beside the corpora; None when they are not here."""
    if not SCORER.exists():
        return None
    sys.path.insert(0, str(SCORER.parent))
    spec = importlib.util.spec_from_file_location("reader_checks", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(summaries: list[list[str]], given: Sample) -> list[dict[str, Any]]:
    if not (checks := scorer()):
        return []
    sources = [[checks.split_sentences(text) for text in texts] for texts in given.texts]
    return [checks.reader_checks(s, source) for s, source in zip(summaries, sources, strict=True)]


def interval(values: Numbers, *, rounds: int = 2000) -> tuple[float, float, float]:
    """Mean and 95 % interval by bootstrap over items."""
    rng = np.random.default_rng(7)
    means = values[rng.integers(0, len(values), (rounds, len(values)))].mean(1)
    return float(values.mean()), float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


def table(given: Sample, names: Sequence[str]) -> Iterator[str]:
    """The lines of one set's table."""
    unit = "words" if given.multi else "sentences"
    yield f"\n{given.name}: {len(given.articles)} items, {given.limit} {unit}, data {given.digest}"
    yield (
        f"{'method':20} {'R1 / R2 / RLsum':>22} {'R1 interval':>16} "
        f"{'R1 to LEAD':>22} {'R2 to LEAD':>22} "
        f"{'clean':>6} {'redun.':>6} {'dangles':>7} {'verb.':>6} {'items/s':>8}"
    )
    known = methods(multi=given.multi)
    lead = run(known["LEAD"], given)
    for name in [name for name in known if not names or name in names]:
        some = given.first(
            SLOW.get(name, len(given.articles))
            if given.name == "multi_news"
            else len(given.articles)
        )
        result = lead if name == "LEAD" else run(known[name], some)
        yield line(name, result, lead)
    if not given.multi and not names:
        yield line("oracle", oracle(given), lead)


def line(name: str, result: Result, lead: Result) -> str:
    items, all_items = len(result.rouge), len(lead.rouge)
    name = name if items == all_items else f"{name} ({items})"
    means = " / ".join(f"{value:.2f}" for value in result.rouge.mean(0))
    _, low, high = interval(result.rouge[:, 0])
    paired = [
        f"{m:+.2f} [{a:+.2f}, {b:+.2f}]"
        for m, a, b in (interval(result.rouge[:, i] - lead.rouge[:items, i]) for i in (0, 1))
    ]
    shares = " ".join(
        f"{result.share(key):6.1f}" for key in ("clean", "redundant", "first_dangles", "verbatim")
    )
    bounds = f"[{low:.1f}, {high:.1f}]"
    return (
        f"{name:20} {means:>22} {bounds:>16} {paired[0]:>22} {paired[1]:>22} "
        f"{shares} {result.rate:8.0f}"
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks summaries", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the sets")
    parser.add_argument("--set", action="append", choices=list(SETS), help="only these sets")
    parser.add_argument("--method", action="append", default=[], help="only these methods")
    parser.add_argument("--first", type=int, help="only the first N items of each set")
    options = parser.parse_args(argv)
    if not options.corpora.is_dir():
        print(
            f"{options.corpora}: not here; the sets with reference summaries are needed",
            file=sys.stderr,
        )
        return 1
    for name in options.set or SETS:
        for row in table(sample(name, folder=options.corpora, first=options.first), options.method):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
