"""What the forms give and the cleaner takes: a decoded text, and what the form itself states about
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any, Literal

from briefing.model import ArticleKind, Moment


@dataclass(frozen=True)
class Facts:
    """What is stated about an article. None is unknown; `found` says how each of the others was
    found.
    """

    headline: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    embargo: Moment | None = None
    language: str | None = None
    url: str | None = None
    section: str | None = None
    genre: str | None = None
    licence: str | None = None
    found: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, how: str, **values: Any) -> Facts:
        """Those of `values` that say anything, all found in the same way."""
        stated = {
            name: bare
            for name, value in values.items()
            if value is not None and (bare := tidy_field(value))
        }
        return cls(**stated, found=dict.fromkeys(stated, how)) if stated else NOTHING

    def __or__(self, other: Facts) -> Facts:
        """These, with their gaps filled from `other`."""
        if other is NOTHING:
            return self
        gaps = {
            name: value
            for name, own, value in zip(NAMES, _values(self), _values(other), strict=True)
            if own is None and value
        }
        if not gaps:
            return self
        return replace(
            self,
            **gaps,
            found={**{n: other.found[n] for n in gaps if n in other.found}, **self.found},
        )

    def without(self, *names: str) -> Facts:
        return replace(
            self,
            **dict.fromkeys(names),
            found={name: how for name, how in self.found.items() if name not in names},
        )


NAMES = tuple(each.name for each in fields(Facts) if each.name != "found")
NOTHING = Facts()
_values = attrgetter(*NAMES)


def tidy_field(value: Any) -> Any:
    """A field's value as one line; None for nothing."""
    if isinstance(value, str):
        return " ".join(value.replace("\u200b", "").replace("\ufeff", "").split()) or None
    return value


@dataclass(frozen=True)
class Draft:
    """One text as a form gives it, before it is cleaned.

    A "page" may hold furniture and several articles; a "body" holds one article's own words (and
    stray furniture); a "record" is a text of record that was read before, and stays as it is.
    """

    text: str = field(repr=False)
    facts: Facts = field(default_factory=Facts)
    layout: Literal["page", "newsletter", "body", "record"] = "page"
    kind: ArticleKind = "article"
    part_of: str | None = None
    remarks: tuple[str, ...] = ()
