"""How a visit went to when the next one is worth while. Pure: the clock and the seed come in."""

from __future__ import annotations

import dataclasses
import random
from datetime import datetime, timedelta

from briefing.sources.faults import FetchError
from briefing.sources.states import SourceState

FIRST, SHORTEST, LONGEST = (
    60.0,
    15.0,
    360.0,
)  # minutes between visits: at first, to a wire, to a quarterly
SOONER, LATER = 0.5, 1.5  # what something new, and nothing new, makes of the interval
PATIENCE = (
    24 * 60.0
    # minutes; the longest pause after failures: a desk wants to know within a day that a feed is
    # back
)
EARLY = 0.9  # of an interval: cron is a few seconds early as often as late


def state_after_success(
    state: SourceState, *, now: datetime, given: int, rest: float | None, asked: float | None = None
) -> SourceState:
    """The state once a source answered with `given` new documents.

    `rest` is for how many seconds the server called its answer fresh (None: a source that costs
    nobody anything to ask, such as a folder); `asked` is how many minutes the feed itself wants
    between visits.
    """
    interval = (state.interval or FIRST) * (SOONER if given else LATER)
    minutes = min(LONGEST, max(SHORTEST, interval, asked or 0))
    pause = max(timedelta(minutes=minutes) * EARLY, timedelta(seconds=rest or 0))
    return dataclasses.replace(
        state,
        last_visit=now,
        last_good=now,
        last_changed=now if given else state.last_changed,
        silent_since=None if given else state.silent_since or now,
        failures=0,
        fault="",
        given=given or state.given,
        interval=minutes if rest is not None else None,
        not_before=now + min(pause, timedelta(minutes=PATIENCE)) if rest is not None else None,
    )


def state_after_failure(
    state: SourceState, *, now: datetime, error: Exception, seed: str
) -> SourceState:
    """The state once a source failed: longer and longer pauses, at least what the server asks for.

    The jitter (a quarter either way) keeps feeds that failed together from coming back together; it
    follows from `seed`, so that the same history gives the same times.
    """
    failures = state.failures + 1
    jitter = random.Random(f"{seed} {failures}").uniform(0.75, 1.25)  # noqa: S311 - no secret
    minutes = min(PATIENCE, SHORTEST * 2 ** min(failures - 1, 10) * jitter)
    wished = error.retry_after if isinstance(error, FetchError) else None
    pause = max(timedelta(minutes=minutes), timedelta(seconds=wished or 0))
    return dataclasses.replace(
        state,
        last_visit=now,
        failures=failures,
        fault=str(error),
        gone=state.gone or (isinstance(error, FetchError) and error.kind == "gone"),
        not_before=now + pause,
    )


def is_due(state: SourceState, now: datetime) -> bool:
    return not state.gone and (state.not_before is None or now >= state.not_before)
