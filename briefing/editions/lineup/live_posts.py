"""Take the posts of a live blog for stories of their own, beside the storyline that they are part
of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.editions.lineup.candidates import ARTICLE_POINTS, Candidate
from briefing.editions.lineup.importance import MainFacts, weigh
from briefing.model import Article, Headline

POSTS = 5  # of one live blog in a storyline, from which on a single item cannot tell them
MOSTLY = 0.5  # share of a storyline's reports that they are


def posts_apart(lineup: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, and for each that a live blog tells one for each of its posts; best first."""
    every = [one for candidate in lineup for one in (candidate, *_posts_of(candidate))]
    return sorted(every, key=lambda one: -one.points)


def best_post_only(lineup: Iterable[Candidate]) -> Iterator[Candidate]:
    """Without all posts of a live blog but its best: the others are briefs."""
    blogs: set[str | None] = set()
    for one in lineup:
        if one.is_post and one.current[0].part_of in blogs:
            continue
        blogs |= {one.current[0].part_of} if one.is_post else set()
        yield one


def _posts_of(one: Candidate) -> Iterator[Candidate]:
    posts = [article for article in one.current if article.kind == "update"]
    blogs = Counter(article.part_of for article in posts)
    most = max(blogs.values(), default=0)
    if most < POSTS or most < MOSTLY * len(one.current):
        return
    told = [_alone(post, one) for post in posts if post.headline_terms and post.sentences]
    yield from sorted(
        told, key=lambda post: (-post.points, -len(post.current[0].text), post.storyline.id)
    )


def _alone(post: Article, one: Candidate) -> Candidate:
    name = f"{one.storyline.id}-{post.id[:6]}"
    related = (one.storyline.id, *one.storyline.related)
    score = {"articles": ARTICLE_POINTS / 2, **weigh([post])}
    return replace(
        one,
        storyline=replace(
            one.storyline,
            id=name,
            articles=(post,),
            headline=Headline(post),
            related=related,
            events=(),
        ),
        current=(post,),
        newest=(post,),
        facts=MainFacts((post,)),
        behind=(),
        earlier=(),
        volume=(),
        score={part: round(points, 3) for part, points in score.items()},
        kept=False,
        is_post=True,
        spans=False,
    )
