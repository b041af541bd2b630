"""What licences let an edition quote: never more of an article or an outlet, whatever is
collected.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import FLOOD, STRIKE, article
from test_editions_compose import DAY, SEEDS, affair, collection, edition, storyline

from briefing.config import Config
from briefing.editions.licences import Account, find_licence
from briefing.model import Article, Licence, Quote, Storyline
from briefing.settings import LicenceSettings
from briefing.wiring import effective_licences

CAUTIOUS = Licence()
TERMS = st.builds(
    Licence,
    st.sampled_from(["*", "CC BY*", ""]),
    st.sampled_from(["full", "excerpt", "headline"]),
    st.integers(0, 60),
    st.integers(0, 100),
    st.integers(0, 150),
)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("CC BY 4.0", "CC BY*"), ("cc by-nc", "CC BY*"), (None, ""), ("all rights", "*")],
)
def test_the_first_licence_that_fits_decides(stated: str | None, expected: str) -> None:
    found = find_licence(
        Article("0" * 16, "Text.", licence=stated), [Licence("CC BY*"), Licence(""), Licence("*")]
    )

    assert found
    assert found.name == expected


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        (Licence(text="full", words=1), None),
        (Licence(text="headline"), 0),
        (Licence(words=12, percent=0), 12),
        (Licence(words=0, percent=25), 25),
        (Licence(words=12, percent=25), 12),
        (Licence(words=0, percent=0), None),
    ],
)
def test_how_much_of_a_hundred_words_may_be_quoted(licence: Licence, words: int | None) -> None:
    assert licence.allowance(Article("0" * 16, "word " * 100)) == words


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        (Licence(), 90),
        (Licence(words=12), 12),
        (Licence(text="headline"), 0),
        (Licence(words=0), None),
    ],
)
def test_a_teaser_may_be_quoted_whole_up_to_the_words_of_its_licence(
    licence: Licence, words: int | None
) -> None:
    assert licence.allowance(Article("0" * 16, "word " * 24)) == words


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.lists(TERMS, max_size=3))
def test_no_limit_of_an_article_or_an_outlet_is_ever_exceeded(
    seed: int, terms: list[Licence]
) -> None:
    made = edition(licensed(seed), licences=terms)

    articles: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    for quote in made.quotes:
        licence, outlet = (
            find_licence(quote.article, terms),
            quote.article.outlet or quote.article.document,
        )
        articles[quote.article.id] += quote.words
        outlets[outlet] += quote.words
        most = licence.allowance(quote.article) if licence else None
        assert most is None or articles[quote.article.id] <= most
        assert not licence or not licence.edition or outlets[outlet] <= licence.edition


def licensed(seed: int) -> list[Storyline]:
    """A collection of which every third article states a licence."""

    def stated(one: Article, place: int) -> Article:
        return replace(one, licence=("CC BY 4.0", "all rights reserved", None)[place % 3])

    return [
        storyline([stated(one, place) for place, one in enumerate(given.articles)], given.id[:-2])
        for given in collection(seed)
    ]


def test_an_outlet_of_headlines_is_named_with_its_headline_and_no_sentence() -> None:
    made = edition(
        [affair(STRIKE, ["Wire", "Post"], "strike")], licences=[Licence(text="headline")]
    )

    assert made.leads == ()
    assert [item.quotes for item in made.briefs] == [()]
    assert made.licences == (Licence(text="headline"),)


def test_another_outlet_is_quoted_where_one_may_not_be() -> None:
    closed = article(STRIKE, headline="Strike", outlet="Wire", day=DAY, licence="closed")
    open_ = article(FLOOD, headline="Strike goes on", outlet="Post", day=DAY)

    made = edition(
        [storyline([closed, open_], "strike")], licences=[Licence("closed", "headline"), CAUTIOUS]
    )

    assert {quote.article.outlet for quote in made.quotes} == {"Post"}


def test_an_account_says_how_much_is_too_much() -> None:
    source = article(STRIKE, outlet="Wire", day=DAY)
    quotes = [Quote(source, span) for span in source.sentences]
    account = Account([Licence(words=20, percent=0)])

    assert account.allows(quotes[:1])
    assert [(words, most) for _, words, most in account.excesses(quotes[:2])] == [(29, 20)]
    account.enter(quotes[:1])
    assert not account.allows(quotes[1:2])


def test_without_a_table_every_source_has_the_cautious_limit() -> None:
    assert effective_licences(Config()) == (CAUTIOUS,)
    own = Config(licences=(LicenceSettings("CC BY*", "full"),))
    assert effective_licences(own)[0].text == "full"
    assert effective_licences(own)[-1] == CAUTIOUS
