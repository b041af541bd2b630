"""A view too large for its carrier in, the fullest one that fits out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from briefing.renditions.context.view import Group, Lead, Section, View
from briefing.renditions.localisation.catalogue import OPENING, Messages

Made = TypeVar("Made")


def shorten_to_fit(view: View, make: Callable[[View], Made], fits: Callable[[Made], bool]) -> Made:
    """What is made of the view after as few steps as fit, found by halving; the last step if none
    does.

    Steps, each from the last storyline upwards: run-ins and reasons go, then all sentences but the
    first, then the storyline itself, which the imprint then counts.
    """
    made = make(view)
    if fits(made):
        return made
    low, high = 1, 2 * len(view.leads) + _count_storylines(view)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(make(shorten_view(view, middle))) else (middle + 1, high)
    return make(shorten_view(view, low))


def shorten_view(view: View, steps: int) -> View:
    """The view after so many steps."""
    leads = len(view.leads)
    leads_bare, leads_single = min(steps, leads), min(max(steps - leads, 0), leads)
    dropped = max(steps - 2 * leads, 0)
    view = replace(
        view,
        leads=tuple(
            _shorten_lead(lead, n, leads_bare, leads_single)
            for n, lead in _number_from_last(view.leads)
        ),
    )
    view = _drop_storylines(view, dropped)
    return replace(view, shortened=_shortening_notice(view.say, leads_bare, leads_single, dropped))


def _number_from_last(leads: tuple[Lead, ...]) -> list[tuple[int, Lead]]:
    return [(len(leads) - position, lead) for position, lead in enumerate(leads)]


def _shorten_lead(lead: Lead, number: int, bare: int, single: int) -> Lead:
    if number <= single:
        return replace(lead, parts=(), reason="", volume=None, groups=_first_sentence(lead.groups))
    return replace(lead, parts=(), reason="") if number <= bare else lead


def _first_sentence(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(replace(group, sentences=group.sentences[:1]) for group in groups[:1])


def _count_storylines(view: View) -> int:
    return len(view.leads) + sum(len(section.briefs) for section in view.sections)


def _drop_storylines(view: View, number: int) -> View:
    """Without the last `number` storylines: briefs first, then leads."""
    count = sum(len(section.briefs) for section in view.sections)
    left = max(count - number, 0)
    leads = view.leads[: len(view.leads) - max(number - count, 0)]
    sections: list[Section] = []
    for section in view.sections:
        sections += [replace(section, briefs=section.briefs[:left])] if left > 0 else []
        left -= len(section.briefs)
    return replace(view, leads=leads, sections=tuple(sections))


def _shortening_notice(say: Messages, bare: int, single: int, dropped: int) -> str:
    shorter = say("shortened_leads", leads=say.count("leads", max(bare, single)))
    told = [shorter] if bare else []
    told += [say("left_out", storylines=say.count("storylines", dropped))] if dropped else []
    return " ".join((say(OPENING), say("shortened", parts=say.listed(told))))
