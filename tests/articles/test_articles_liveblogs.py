"""Live blogs of many styles are divided into their posts, each with its title, its time and its
whole.
"""

from __future__ import annotations

import liveblog_samples as samples
import pytest

from briefing.articles import extract_articles
from briefing.articles.dates.post_times import is_in_order
from briefing.articles.dates.post_times import parse_stamp as stamp
from briefing.model import Article, Document


def found(name: str, content: str) -> tuple[Article, tuple[Article, ...]]:
    blog, *posts = extract_articles(Document(name, content.encode()), analysed=False)
    return blog, tuple(posts)


def told(posts: tuple[Article, ...]) -> list[int]:
    """Which post each is, by what it says first."""
    return [
        samples.SAID.index(next(said for said in samples.SAID if post.text.startswith(said)))
        for post in posts
    ]


@pytest.mark.parametrize("style", samples.FLAT)
def test_a_flattened_live_blog_is_divided_into_its_posts(style: str) -> None:
    text, titled, clocks = samples.FLAT[style]
    blog, posts = found("blog.txt", text)

    assert (blog.kind, blog.headline, blog.text) == ("live blog", samples.TITLE, samples.INTRO)
    assert sorted(told(posts)) == list(range(samples.COUNT))
    assert [post.headline for post in posts] == [
        samples.TITLES[i] if titled else None for i in told(posts)
    ]
    assert {(post.kind, post.outlet, post.part_of) for post in posts} == {
        ("update", "Radio Vestra", blog.id)
    }
    assert all("port should be closed" not in post.text for post in posts)
    if clocks:
        assert [post.published.isoformat()[:16] for post in posts if post.published] == [
            f"2026-03-03T{clock}" for clock in clocks
        ]


@pytest.mark.parametrize("style", samples.PAGES)
def test_a_live_blog_without_structured_data_is_divided_by_its_elements(style: str) -> None:
    post, titled = samples.PAGES[style]
    blog, posts = found("blog.html", samples.page(post))

    assert (blog.kind, blog.headline, blog.text) == ("live blog", samples.TITLE, samples.INTRO)
    assert told(posts) == list(reversed(range(samples.COUNT)))
    assert [each.headline for each in posts] == [
        samples.TITLES[i] if titled else None for i in told(posts)
    ]
    assert {each.part_of for each in posts} == {blog.id}
    assert [each.published.isoformat()[11:16] for each in posts if each.published] == [
        f"1{i}:42" for i in reversed(range(samples.COUNT))
    ]


def test_a_page_that_does_not_call_itself_live_stays_one_article() -> None:
    post, _ = samples.PAGES["blocks with a span"]

    articles = extract_articles(
        Document("x.html", samples.page(post, title="The day the dockers walked out").encode()),
        analysed=False,
    )

    assert len(articles) == 1


def test_teasers_with_dates_below_an_article_are_no_posts() -> None:
    teasers = [
        line
        for i in range(4)
        for line in (samples.TITLES[i], f"{i + 1} March 2026", samples.SAID[i])
    ]
    text = "\n\n".join(
        [
            samples.TITLE,
            "4 March 2026",
            *[f"{said} {samples.MORE}" for said in samples.SAID * 3],
            *teasers,
        ]
    )

    articles = extract_articles(Document("x.txt", text.encode()), analysed=False)

    assert len(articles) == 1


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("10.42am", 642),
        ("1.15pm BST", 795),
        ("14:05 GMT", 845),
        ("Posted at 18:20 19 Nov", 1100),
        ("Published at 07:05", 425),
        ("19 November, 18:20", 1100),
        ("Thu 19 Nov 2026 08:15", 495),
        ("10:42 Uhr", 642),
        ("10h42", 642),
        ("9am", 540),
    ],
)
def test_a_line_that_only_tells_a_time_is_a_stamp(line: str, minutes: int) -> None:
    read_as = stamp(line)

    assert read_as is not None
    assert (read_as.minutes, read_as.rest) == (minutes, None)


@pytest.mark.parametrize(
    "line",
    ["2h ago", "1 hr 20 min ago", "Updated 3 minutes ago", "vor 3 Stunden", "il y a 2 heures"],
)
def test_an_age_alone_is_a_stamp(line: str) -> None:
    read_as = stamp(line)

    assert read_as is not None
    assert read_as.aged


@pytest.mark.parametrize(
    "line",
    [
        "3:1 for Halden",
        "It was 10.42am when they left.",
        "Psalm 23:4",
        "Ratio 16:9 | Widescreen",
        "Nine ships",
        "24/7",
    ],
)
def test_what_says_more_or_no_time_is_none(line: str) -> None:
    assert stamp(line) is None


def test_posts_run_one_way_in_time() -> None:
    def run(*clocks: str) -> bool:
        return is_in_order([read_as for clock in clocks if (read_as := stamp(clock))])

    assert run("10:42", "11:05", "13:15", "14:20")
    assert run("14:20", "13:15", "11:05", "10:42")
    assert not run("10:42", "09:05", "13:15", "08:20", "12:00")
