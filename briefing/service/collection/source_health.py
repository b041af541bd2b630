"""What is remembered of a source to how it is doing, in one word and one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from briefing.model import Fate, Source
from briefing.sources import SourceState
from briefing.sources.states import state_key

Condition = Literal["new", "well", "resting", "silent", "failing", "gone"]
SILENT = 7.0  # days, where a source's settings do not say


@dataclass(frozen=True, slots=True)
class Health:
    """One source at one time."""

    source: Source
    condition: Condition
    sentence: str

    @property
    def is_trouble(self) -> bool:
        return self.condition in {"silent", "failing", "gone"}

    @property
    def fate(self) -> Fate:
        """Its line in an edition's ledger, for the imprint."""
        return Fate(
            "document", self.source.location, self.condition, self.sentence, outlet=self.source.name
        )


def assess_sources(
    sources: tuple[Source, ...], tables: Mapping[str, Mapping[str, Any]], now: datetime
) -> tuple[Health, ...]:
    """Each source with the state stored for it, in the order of the configuration."""
    return tuple(
        assess_source(source, SourceState.from_table(tables.get(state_key(source))), now)
        for source in sources
    )


def assess_source(source: Source, state: SourceState, now: datetime) -> Health:
    """A source that has begun to give nothing is as much trouble as one that fails: nobody notices
    it by reading.
    """
    if state.gone:
        return Health(source, "gone", "its server says that it is gone for good; remove it")
    if state.last_visit is None:
        return Health(source, "new", "it was not collected yet")
    if state.failures:
        said = (
            f"{_format_failures(state.failures)}; last well "
            f"{_format_day(state.last_good)}: {state.fault}"
        )
        return Health(source, "failing", said)
    quiet = now - (state.last_changed or state.silent_since or now)
    if quiet > timedelta(days=float(source.settings.get("silent", SILENT))):
        return Health(
            source, "silent", f"it answers, and has given nothing new for {quiet.days} days"
        )
    if state.not_before and state.not_before > now:
        return Health(
            source,
            "resting",
            f"{_describe_yield(state)}; asked again from {_format_minute(state.not_before)}",
        )
    return Health(source, "well", _describe_yield(state))


def _describe_yield(state: SourceState) -> str:
    return f"last something new {_format_day(state.last_changed)} ({state.given} documents)"


def _format_failures(count: int) -> str:
    return "failed once" if count == 1 else f"failed {count} times in a row"


def _format_day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else "never"


def _format_minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
