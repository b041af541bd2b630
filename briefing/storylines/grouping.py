"""Articles and the storylines known so far in, storylines out: known ones grow, new ones are born,
none is renamed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta

from briefing.errors import ConfigError
from briefing.model import Article, Storyline
from briefing.storylines.building import Known, build_storylines
from briefing.storylines.clustering.clusterers import Clusterer, cluster_by_terms
from briefing.storylines.clustering.tfidf import Counted
from briefing.storylines.clustering.times import sort_by_time
from briefing.storylines.tracking.recognition import recognise_storylines
from briefing.storylines.tracking.records import Remembered, is_near, stand_in_articles

REACH = timedelta(
    days=5
)  # older records are taken up by words and names alone. 4 to 8 days are within a point; in 15
# neighbouring affairs run together


def group_articles(
    articles: Iterable[Article],
    /,
    clusterer: Clusterer = cluster_by_terms,
    *,
    known: Iterable[Known] = (),
) -> tuple[Storyline, ...]:
    """Every article in exactly one storyline; storylines by their first article, known ones among
    them.

    A known storyline keeps its id and its articles and may gain more; it never splits, merges or
    loses one. Known are storylines with all their articles, or light records of them (`remember`):
    of these only such come back that gained an article today or hold one given again, with those
    articles alone. A record that slept for weeks, or that no article came near by itself, is
    recognised by its words and names. The order of `articles` and `known` is free.
    """
    given = list(articles)
    storylines, records, sleeping = _partition_known(known, given)
    members = [article for storyline in storylines for article in storyline.articles]
    held = {record.id: stand_in_articles(record) for record in records}
    stands = {article.id for some in held.values() for article in some}
    ordered = Counted(
        sort_by_time([*given, *members, *(article for some in held.values() for article in some)])
    )
    followed: list[Known] = [*storylines, *records]
    ids = [[article.id for article in one.articles] for one in storylines]
    owned = {identity for one in followed for identity in _ids(one)}
    unowned = [article for article in given if article.id not in owned]
    ids += [
        [*(article.id for article in held[one.id]), *one.articles, *_live_blog_posts(unowned, one)]
        for one in records
    ]
    labels = _label_articles(ordered, ids, clusterer)
    clusters: dict[int, list[int]] = defaultdict(list)
    shown = [
        (article, label)
        for article, label in zip(ordered, labels, strict=True)
        if article.id not in stands
    ]
    for place, (_, label) in enumerate(shown):
        clusters[label].append(place)
    names: dict[int, Known] = {-1 - number: one for number, one in enumerate(followed)}
    new = {label: places for label, places in clusters.items() if label not in names}
    real = Counted(article for article, _ in shown) if stands else ordered
    silent = [
        one for number, one in enumerate(records, len(storylines)) if -1 - number not in clusters
    ] + sleeping
    names |= {
        label: silent[number] for label, number in recognise_storylines(real, new, silent).items()
    }
    return build_storylines(
        real, [(places, names.get(label)) for label, places in clusters.items()]
    )


def _partition_known(
    known: Iterable[Known], given: Sequence[Article]
) -> tuple[list[Storyline], list[Remembered], list[Remembered]]:
    """Storylines, records near in time or holding a given article, and records further away; each
    by id.
    """
    ordered = sorted(known, key=lambda one: one.id)
    whole = {one.id: one for one in ordered if isinstance(one, Storyline)}
    light = {one.id: one for one in ordered if isinstance(one, Remembered) and one.id not in whole}
    ids = {article.id for article in given} | {
        blog for article in given if (blog := _live_blog_id(article))
    }
    days = sorted({article.published.day for article in given if article.published})
    close = {
        one.id
        for one in light.values()
        if is_near(one, days, REACH) or not ids.isdisjoint(one.articles)
    }
    awake = [one for one in light.values() if one.id in close]
    return list(whole.values()), awake, [one for one in light.values() if one.id not in close]


def _ids(known: Known) -> tuple[str, ...]:
    """Of the articles that a storyline has."""
    return (
        known.articles
        if isinstance(known, Remembered)
        else tuple(article.id for article in known.articles)
    )


def _live_blog_id(article: Article) -> str | None:
    """The id of the live blog that a post belongs to."""
    return article.part_of if article.kind == "update" else None


def _live_blog_posts(given: Iterable[Article], record: Remembered) -> list[str]:
    """New posts of a live blog that a storyline began with: a blog that runs past midnight
    is one.
    """
    return [article.id for article in given if _live_blog_id(article) in record.articles]


def _label_articles(
    ordered: Sequence[Article], followed: Sequence[Sequence[str]], clusterer: Clusterer
) -> list[int]:
    """Labels by position; -1 - n for what belongs to the n-th of those followed."""
    position = {article.id: place for place, article in enumerate(ordered)}
    seeds = _separate_claims(
        [[position[one] for one in ids if one in position] for ids in followed]
    )
    return _enforce_seeds(
        _number_labels(clusterer(ordered, known=[seed for seed in seeds if seed]), len(ordered)),
        seeds,
    )


def _number_labels(labels: Sequence[Hashable], count: int) -> list[int]:
    """Whatever a clusterer calls its clusters, from 0 on: numbers below name what is known. Raises
    ConfigError.
    """
    if len(labels) != count:
        raise ConfigError(
            f"clusterer: {len(labels)} labels came for {count} articles; it has to "
            "give one for each"
        )
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


def _separate_claims(groups: list[list[int]]) -> list[list[int]]:
    """Each position once: with the first known storyline that claims it, however often that one
    names it.
    """
    taken: set[int] = set()
    apart = []
    for group_ in groups:
        apart.append([position for position in dict.fromkeys(group_) if position not in taken])
        taken.update(group_)
    return apart


def _enforce_seeds(labels: Sequence[int], seeds: Sequence[Sequence[int]]) -> list[int]:
    """Whatever a clusterer says: seed n is labelled -1 - n, and a cluster joins the seed that most
    of it belongs to.
    """
    seeded = {position: -1 - number for number, seed in enumerate(seeds) for position in seed}
    votes: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for position, name in seeded.items():
        votes[labels[position]][name] += 1
    winner = {
        label: max(counts, key=lambda name: (counts[name], name)) for label, counts in votes.items()
    }
    return [seeded.get(position, winner.get(label, label)) for position, label in enumerate(labels)]
