"""Settings in, what the pipeline hands from one stage to another out: stages do not know each
other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from briefing import __version__
from briefing.config import Config
from briefing.editions import LENGTHS, Audience, Interest, Length, Mute, Rule, Section, compose
from briefing.errors import ConfigError
from briefing.language import pipeline_versions
from briefing.model import Article, Edition, Licence, Quote, Span, Summary
from briefing.profiles import ProfileSettings
from briefing.registry import find_function
from briefing.settings import MailSettings
from briefing.storylines import Hand, parse_decisions, select_headline
from briefing.summaries import SUMMARISERS, digest_articles, may_stand_alone, quotable
from briefing.summaries.facets.disagreements import find_disagreements
from briefing.summaries.facets.figures import extract_figures
from briefing.summaries.facets.quotations import extract_quotations
from briefing.summaries.facets.relative_dates import extract_days
from briefing.summaries.facets.timeline import dated_sentence
from briefing.summaries.methods.consensus import rank_by_consensus

Parts = Mapping[str, Sequence[Quote | Sequence[Quote]]]

ARTICLES = 30  # of a storyline that parts are looked for in: more say the same again
DAY_WORDS = 40  # of the one sentence that tells an earlier day
DAYS = 6  # before the newest that a timeline is offered: of a week all


@dataclass(frozen=True, slots=True)
class Memory:
    """What the readers of one collection need of the same articles: found for the first of them,
    and kept.
    """

    weighed: dict[Any, Any] = field(
        default_factory=dict
    )  # the sentences of some articles, with their points
    parts: dict[tuple[tuple[str, ...], ...], Parts] = field(default_factory=dict)
    sentences: dict[tuple[str, int, tuple[int, ...]], Quote | None] = field(
        default_factory=dict
    )  # as printed
    sighted: dict[Any, Any] = field(
        default_factory=dict
    )  # storylines as a window sees them, before any wish


def edition_composer(config: Config, memory: Memory | None = None) -> Callable[..., Edition]:
    """`compose` for the reader of `config.profile`: what is left to say is the storylines, date,
    window and ledger.

    `memory` is that of the collection that the storylines are of.
    """
    kept = memory or Memory()
    return partial(
        compose,
        title=config.title,
        profile=config.profile,
        length=edition_length(config),
        digest=_build_digest(config, kept),
        headline_of=select_headline,
        parts_of=partial(_cached_run_ins, kept),
        stands=partial(may_stand_alone, for_print=True),
        quotable=partial(_remembered_sentence, kept),
        parsers=pipeline_versions(),
        days_of=named_days if config.dates else None,
        audience=build_audience(config),
        licences=effective_licences(config),
        language=config.language,
        timezone=config.timezone,
        version=__version__,
        memory=kept.sighted,
    )


def named_days(article: Article, span: Span, /) -> list[tuple[Span, date]]:
    """The words of a sentence that name a day for certain, and the day."""
    if article.published is None:
        return []
    found = extract_days(
        article.text, span, article.published.day, language=article.language or "en"
    )
    return [(one.span, one.date) for one in found]


def effective_licences(config: Config) -> tuple[Licence, ...]:
    """What may be quoted, the configured ones first, and of what none of them is about a cautious
    excerpt.
    """
    own = tuple(
        Licence(one.licence, one.text, one.words, one.percent, one.edition)  # type: ignore[arg-type]  # checked when it was read
        for one in config.licences
    )
    return (*own, Licence())


def _build_digest(config: Config, memory: Memory | None = None) -> Callable[..., Summary]:
    """How an edition gets its sentences, by the configured way of ranking them."""
    summariser = find_function(config.summariser, SUMMARISERS, kind="summariser")
    if memory and summariser is rank_by_consensus:
        summariser = partial(rank_by_consensus, memory=memory.weighed)
    return partial(digest_articles, summariser=summariser, for_print=True)


def _remembered_sentence(
    memory: Memory, article: Article, position: int, before: tuple[int, ...], /
) -> Quote | None:
    """`quotable`, once for the same sentence."""
    key = (article.id, position, before)
    if key not in memory.sentences:
        memory.sentences[key] = quotable(article, position, before, for_print=True)
    return memory.sentences[key]


def _cached_run_ins(memory: Memory, news: Sequence[Article], told: Sequence[Article], /) -> Parts:
    """`collect_run_ins`, once for the same articles."""
    key = tuple(tuple(article.id for article in articles) for articles in (news, told))
    if key not in memory.parts:
        memory.parts[key] = collect_run_ins(news, told)
    return memory.parts[key]


def collect_run_ins(news: Sequence[Article], told: Sequence[Article], /) -> Parts:
    """What a lead may hold beside its summary, by name, each best first.

    `news` are the articles of the edition's day, `told` those before it: quotations with a certain
    speaker, figures that most carry, what was reported on the days before, latest day first, and
    groups of sentences whose outlets give one figure differently.
    """
    latest = [*reversed(news)][:ARTICLES]
    return {
        "they said": [one.quote for article in latest for one in extract_quotations(article)],
        "numbers": [one.quote for one in extract_figures(latest)],
        "how it developed": [
            quote for day in _articles_by_day(told) for quote in _day_sentences(day)
        ],
        "where accounts differ": [
            group
            for group in find_disagreements([*told, *news][-2 * ARTICLES :])
            if _is_current_group(group, news)
        ],
    }


def _is_current_group(group: Sequence[Quote], news: Sequence[Article]) -> bool:
    """Whether outlets differ now, and did not only on a day before."""
    ids = {article.id for article in news}
    return all(quote.article.id in ids for quote in group)


def _articles_by_day(told: Sequence[Article]) -> list[list[Article]]:
    days = sorted({one.published.day for one in told if one.published}, reverse=True)[:DAYS]
    return [
        [one for one in told if one.published and one.published.day == day][:ARTICLES]
        for day in days
    ]


def _day_sentences(articles: Sequence[Article]) -> list[Quote]:
    """The day's best sentences, those that name the day itself before those that leave it to their
    source's date.
    """
    best = [*digest_articles(articles, words=3 * DAY_WORDS, sentences=3, for_print=True).quotes]
    fitting = [
        quote
        for quote in best
        if quote.words <= DAY_WORDS and not any(_is_continuation(quote, one) for one in best)
    ]
    return sorted(fitting, key=lambda quote: not _has_own_day(quote))


def _is_continuation(quote: Quote, other: Quote) -> bool:
    """Whether a sentence stands directly behind another, and may lean on it."""
    between = quote.article.text[other.span.stop : quote.span.start]
    return (
        quote.article == other.article
        and quote.span.start >= other.span.stop
        and not between.strip()
    )


def _has_own_day(quote: Quote) -> bool:
    dated = dated_sentence(quote.article, quote.span)
    published = quote.article.published
    return bool(dated and published and dated.date == published.day)


def reader_config(config: Config, name: str) -> Config:
    """The settings as they are in force for one of `[[profiles]]`. Raises ConfigError that lists
    what there is.
    """
    found = find_profile(config, name)
    if found is None:
        there = ", ".join(each.name for each in config.profiles) or config.profile
        raise ConfigError(f"no profile is called '{name}'; there are {there}")
    return replace(
        config,
        profile=name,
        title=found.title or config.title,
        timezone=found.timezone or config.timezone,
        length=found.length or config.length,
        formats=found.formats or config.formats,
        mail=config.mail if "mail" in found.channels else MailSettings(),
        share=replace(
            config.share,
            target=(found.share or config.share.target) if "share" in found.channels else None,
        ),
    )


def reader_configs(config: Config, names: Sequence[str] = ()) -> tuple[Config, ...]:
    """The settings of each reader named, or of all; those for all themselves where there are no
    profiles.
    """
    wanted = names or [each.name for each in config.profiles]
    if not config.profiles and all(name == config.profile for name in wanted):
        return (config,)
    return tuple(reader_config(config, name) for name in wanted)


def find_profile(config: Config, name: str) -> ProfileSettings | None:
    return next((each for each in config.profiles if each.name == name), None)


def edition_length(config: Config) -> Length:
    """How long the edition of `config.profile` may be."""
    usual, own = LENGTHS[config.length], find_profile(config, config.profile)
    return replace(usual, words=own.words) if own and own.words else usual


def load_decisions(config: Config) -> Hand:
    """What an editor decided on storylines; nothing where there is no such file. Raises
    ConfigError.
    """
    path = Path(config.storylines)
    try:
        return parse_decisions(path.read_text(encoding="utf-8"), path.name)
    except FileNotFoundError:
        return Hand()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: it cannot be read ({error}); mend or remove it") from error


def build_audience(config: Config) -> Audience:
    """Who the edition of `config.profile` is for; a reader without wishes where there is no such
    profile.
    """
    hand = load_decisions(config)
    muted = tuple(Mute((one,), "storyline") for one in hand.mute)
    own = find_profile(config, config.profile)
    if own is None:
        return Audience(mutes=muted, pinned=hand.pin)
    return Audience(
        pinned=hand.pin,
        sections=tuple(
            Section(
                each.name, Rule(each.words, each.names, each.outlets, each.folders, each.languages)
            )
            for each in own.sections
        ),
        elsewhere=own.elsewhere,
        interests=tuple(
            Interest(each.name, Rule(each.words, each.names, each.outlets), each.weight)
            for each in own.interests
        ),
        mutes=muted
        + tuple(
            Mute(each.words, each.scope, date.fromisoformat(each.until) if each.until else None)  # type: ignore[arg-type]  # checked when it was read
            for each in own.mutes
        ),
        keeps=tuple(Rule(words=(word,)) for word in own.keeps),
        follows=own.follows,
        weights={outlet: float(weight) for outlet, weight in (own.weights or {}).items()},
        owners={outlet: str(owner) for outlet, owner in (own.owners or {}).items()},
        not_alone=own.not_alone,
        languages=own.languages,
        leads_per_section=own.leads_per_section,
        leads_per_person=own.leads_per_person,
    )
