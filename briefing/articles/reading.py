"""A document in, its articles out: decoded, split, cleaned, dated, attributed, analysed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from briefing import language
from briefing.articles import cleaning, formats, limits
from briefing.articles.dates import country as countries
from briefing.articles.dates import grammar
from briefing.articles.drafts import Draft, Facts
from briefing.articles.formats import records
from briefing.articles.genre import genre_of
from briefing.articles.identity import article_id
from briefing.articles.lines import split_lines
from briefing.articles.metadata import credit_lines, embargoes, withdrawals
from briefing.articles.metadata.claimed_outlets import attributed
from briefing.articles.metadata.credit_lines import Clock
from briefing.articles.plain_values import plain_draft
from briefing.articles.segmentation import split
from briefing.articles.segmentation.segment import Part
from briefing.errors import UnreadableError
from briefing.isolation import OverrunError, bounded, reason
from briefing.model import Analysis, Article, Document, Fate, Moment

TOLD = 2_000  # characters handed over to tell a language; more only cost time
MOST_ARTICLES = 2_000  # of one document: a day's export of a large desk


@dataclass(frozen=True)
class Reading:
    """What came of some documents: articles in the order of the documents, and those that could not
    be read.
    """

    articles: tuple[Article, ...]
    set_aside: tuple[Fate, ...]


def extract_articles(
    document: Document, *, timezone: str = "UTC", analysed: bool = True
) -> tuple[Article, ...]:
    """The articles of one document, in the order they stand in it; the same ones whatever was read
    before.

    `timezone` places clock times that are stated without a zone. UnreadableError, a sentence, when
    there is nothing to read. Cost: about 30 ms a saved web page, 1 ms a text; the analysis of an
    article some 5 ms more.
    """
    return tuple(article for _, article in _extract_pairs(document, timezone, analysed=analysed))


def extract_with_text(
    document: Document, *, timezone: str = "UTC"
) -> tuple[tuple[str, Article], ...]:
    """Each article beside the decoded text that its removals point into."""
    return tuple(_extract_pairs(document, timezone, analysed=False))


def read_documents(
    documents: Iterable[Document],
    /,
    *,
    map: Callable[..., Iterable[Any]] = map,  # noqa: A002  a pool's map takes its place
    timezone: str = "UTC",
) -> Reading:
    """Every document read on its own; one that cannot be read is set aside with its reason.

    One that makes the program fail, takes too long or too much memory is held: the next version
    reads it again.
    """
    outcomes = list(map(partial(_articles_or_fate, timezone=timezone), documents))
    articles = tuple(
        article for outcome in outcomes if isinstance(outcome, tuple) for article in outcome
    )
    return Reading(articles, tuple(outcome for outcome in outcomes if isinstance(outcome, Fate)))


def _articles_or_fate(document: Document, *, timezone: str) -> tuple[Article, ...] | Fate:
    def set_aside(fate: str, why: str) -> Fate:
        return Fate("document", document.origin, fate, why, document.origin)

    try:
        with bounded():
            return extract_articles(document, timezone=timezone)
    except UnreadableError as error:
        return set_aside("unreadable", str(error).removeprefix(f"{document.origin}: "))
    except (Exception, OverrunError) as error:  # noqa: BLE001  whatever a document does, the others are read
        return set_aside(
            "held",
            f"{reason(error)}; it is kept, and read again by the next version of the program",
        )


def _extract_pairs(
    document: Document, timezone: str, *, analysed: bool
) -> list[tuple[str, Article]]:
    zone = ZoneInfo(timezone)
    found: list[tuple[str, Article]] = []
    try:
        drafts = formats.extract_drafts(document)[:MOST_ARTICLES]
        for draft in drafts:
            told = plain_draft(_add_stated_facts(draft, document, zone, alone=len(drafts) == 1))
            found += _draft_articles(told, document, zone, analysed=analysed)
    except UnreadableError as error:
        raise UnreadableError(f"{document.origin}: {error}") from None
    if not found:
        raise UnreadableError(
            f"{document.origin}: nothing readable was found ({_format_size(document)}); kept "
            "out of the edition"
        )
    return _number_articles(found)


def _add_stated_facts(draft: Draft, document: Document, zone: tzinfo, *, alone: bool) -> Draft:
    """With what was stated beside the document; a headline only where the document holds one
    article.
    """
    if not document.stated:
        return draft
    stated = records.record_facts(document.stated, "stated beside the document", zone)
    own = stated if alone else stated.without("headline", "url", "byline")
    return replace(draft, facts=own | draft.facts)


def _number_articles(found: list[tuple[str, Article]]) -> list[tuple[str, Article]]:
    """Numbered through the document; a post that does not know its live blog belongs to the one
    before it.
    """
    blog: str | None = None
    placed = []
    for place, (text, article) in enumerate(found):
        blog = article.id if article.kind == "live blog" else blog
        whole = article.part_of or (blog if article.kind == "update" else None)
        here = article if place == article.place and whole == article.part_of else None
        placed.append((text, here or replace(article, place=place, part_of=whole)))
    return placed


def _format_size(document: Document) -> str:
    size = len(document.content)
    return (
        "empty"
        if not document.content.strip()
        else f"{size / 1000:.0f} kB"
        if size >= 1000
        else f"{size} bytes"
    )


def _draft_articles(
    draft: Draft, document: Document, zone: tzinfo, *, analysed: bool
) -> list[tuple[str, Article]]:
    now = Moment(document.retrieved) if document.retrieved else None
    country = countries.address_country(
        draft.facts.url or document.origin
    ) or grammar.country_by_date_order(draft.text)
    clock = Clock(zone, country, now)
    if draft.layout != "record":
        draft = replace(draft, text=limits.collapse_gaps(draft.text))
    limits.check_text(draft.text)
    draft = replace(
        draft, facts=draft.facts | embargoes.read(split_lines(draft.text), _dated(clock, draft))
    )
    pages = _clean_parts(draft, clock)
    shared = _shared_facts(pages, draft)
    made = [
        _build_article(cleaned, draft, document, shared, analysed=analysed) for cleaned in pages
    ]
    if not any(made) and withdrawals.remark(draft.facts.headline, draft.text):
        made = [_notice(draft, document, clock, analysed=analysed)]
    found = [(draft.text, article) for article in made if article is not None]
    return _link_parts(_remarked(found, dropped=len(made) - len(found)), document)


def _remarked(found: list[tuple[str, Article]], *, dropped: int) -> list[tuple[str, Article]]:
    """The first says how many parts beside it held no report: they have no line of their own in the
    ledger.
    """
    if not found or not dropped:
        return found
    (text, first), *others = found
    remark = f"{dropped} part{'s' if dropped > 1 else ''} without a report left out"
    return [(text, replace(first, remarks=(*first.remarks, remark))), *others]


def _notice(draft: Draft, document: Document, clock: Clock, *, analysed: bool) -> Article | None:
    """A withdrawal of a few words: all of its lines are its text."""
    whole = Part(tuple(split_lines(draft.text)), draft.kind, facts=draft.facts)
    cleaned = cleaning.clean_part(whole, draft.text, clock, layout="record")
    stated = Facts.of("line before the text", headline=whole.lines[0].text)
    for line in whole.lines:
        stated = stated | (credit_lines.parse_credit_line(line.text, clock) or Facts())
    return _build_article(
        cleaned, replace(draft, layout="record"), document, draft.facts | stated, analysed=analysed
    )


def _dated(clock: Clock, draft: Draft) -> Clock:
    """With the day that the form states, to whose year one without a year belongs."""
    return replace(clock, day=draft.facts.published.day) if draft.facts.published else clock


def _clean_parts(draft: Draft, clock: Clock) -> list[cleaning.Cleaned]:
    lines = split_lines(draft.text)
    if not lines:
        return (
            [cleaning.Cleaned(Part((), draft.kind), (), (), draft.facts)]
            if draft.layout == "body"
            else []
        )
    stated = draft.facts.published or split.page_date(lines, clock, above=False)
    clock = replace(clock, day=stated.day if stated else None)
    if draft.layout in {"page", "newsletter"}:
        found = split.split_page(lines, clock, newsletter=draft.layout == "newsletter")
    else:
        found = [Part(tuple(lines), draft.kind)]
    if len(found) == 1:
        found = [replace(found[0], facts=draft.facts | found[0].facts)]
    return [cleaning.clean_part(part, draft.text, clock, layout=draft.layout) for part in found]


def _shared_facts(pages: list[cleaning.Cleaned], draft: Draft) -> Facts:
    """What the page states once for all of its parts: outlet and date, found in its first or its
    last part.
    """
    own = [page.facts for page in pages if page.part.kind != "related"] or [Facts()]
    first, last = own[0], own[-1]
    page = Facts(
        outlet=first.outlet,
        published=first.published,
        found={n: f"page: {h}" for n, h in first.found.items()},
    )
    if pages and pages[0].part.kind == "item" and "item head" in pages[0].facts.found.values():
        page = Facts()  # the items of an aggregator are of different outlets
    elif page.outlet is None and last.outlet:
        page = page | Facts(
            outlet=last.outlet, found={"outlet": f"page: {last.found.get('outlet', 'foot')}"}
        )
    return (
        draft.facts.without("headline", "url", "byline") | page
        if len(pages) > 1
        else draft.facts | Facts()
    )


def _build_article(
    cleaned: cleaning.Cleaned, draft: Draft, document: Document, shared: Facts, *, analysed: bool
) -> Article | None:
    text = cleaned.text(draft.text)
    facts = cleaned.facts if cleaned.part.kind == "related" else cleaned.facts | shared
    facts, claims = attributed(_drop_late_dates(facts, document), document)
    if not _is_long_enough(text, _least_words(draft, facts)):
        return None
    facts = embargoes.released(facts)
    source = document.source
    facts = facts | Facts.of(
        "the words", language=None if facts.language else language.detect_language(text[:TOLD])
    )
    spoken = facts.language or (source.language if source else None)
    facts |= Facts.of(
        "address, label or words", genre=genre_of(replace(facts, language=spoken), text)
    )
    analysis = _analyse_text(text, spoken or "en") if analysed else Analysis()
    return Article(
        id=article_id(text, facts.headline, facts.outlet), text=text, headline=facts.headline, outlet=facts.outlet,
        byline=facts.byline, published=facts.published, updated=facts.updated, embargo=facts.embargo, language=spoken,
        url=facts.url,
        section=facts.section, genre=facts.genre,
        licence=facts.licence or (source.licence if source else None), document=document.origin,
        part_of=draft.part_of, kind=cleaned.part.kind if cleaned.part.kind != "article" else draft.kind,
        found=dict(sorted(facts.found.items())), remarks=(*_remarks(draft, facts, text), *claims),
        removals=cleaned.removals, analysis=analysis,
        headline_terms=_headline_terms(facts.headline, spoken) if analysed else (),
    )  # fmt: skip


def _is_long_enough(text: str, least: int) -> bool:
    return len(text.split(None, least)) >= least or language.count_words(text) >= least


def _remarks(draft: Draft, facts: Facts, text: str) -> tuple[str, ...]:
    notice = withdrawals.remark(facts.headline, text)
    return (*draft.remarks, notice) if notice and notice not in draft.remarks else draft.remarks


def _least_words(draft: Draft, facts: Facts) -> int:
    """Of a text: none under a headline that a feed or a record states, for it is a report without
    the text.
    """
    if draft.layout == "body" and facts.headline and draft.kind != "live blog":
        return 0
    return 3 if draft.layout == "record" else cleaning.LEAST_WORDS


def _headline_terms(headline: str | None, spoken: str | None) -> tuple[str, ...]:
    return language.extract_terms(headline, language=spoken or "en") if headline else ()


def _analyse_text(text: str, spoken: str) -> Analysis:
    limits.check_article(text)
    if len(text) > 2 * limits.MOST_SENTENCES:  # of two characters at least
        limits.check_sentence_count(len(language.split_sentences(text, language=spoken)))
    return language.analyse(text, language=spoken)


def _drop_late_dates(facts: Facts, document: Document) -> Facts:
    """Without dates after the document was fetched: such a date is an event's or an error."""
    if document.retrieved is None:
        return facts
    late = [
        name
        for name in ("published", "updated")
        if (at := getattr(facts, name)) and _is_later(at, document.retrieved)
    ]
    return facts.without(*late) if late else facts


def _is_later(moment: Moment, limit: datetime) -> bool:
    return (
        moment.day > limit.date()
        if moment.precision == "day"
        else (moment.at - limit).total_seconds() > 86_400
    )


def _link_parts(
    articles: list[tuple[str, Article]], document: Document
) -> list[tuple[str, Article]]:
    """Parts know what they are part of: the live blog's or the main article's id, else the
    document.
    """
    if len(articles) < 2:
        return articles
    first = articles[0][1]
    whole = document.origin if first.kind == "item" else first.id
    return [articles[0] if n == 0 and whole == first.id else (text, replace(article, part_of=article.part_of or whole))
            for n, (text, article) in enumerate(articles)]  # fmt: skip
