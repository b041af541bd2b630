"""A language in, the words that the program itself puts into an edition out: from message files,
the user's first.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError
from briefing.resources import LANGUAGES, message_file
from briefing.resources import templates_folder as shipped

if TYPE_CHECKING:
    from babel import Locale

FALLBACK = "en"
TABLES = ("dates", "labels", "counts", "fates", "record")
OPENING = "shortened_opening"  # `verify` knows a shortened message by it, so nobody may change it

_NAME = re.compile(r"\{(\w+)\}")
_FIGURE, _DAY = r"\d[\d.,]*", r"\d{4}-\d\d-\d\d"
_FORMS = {
    "n": _FIGURE,
    "m": _FIGURE,
    "day": _DAY,
}  # of what is filled in; everything else is any text
_RECORDED = frozenset(
    {"phase", "reason", "size"}
)  # what is filled in is itself a phrase of the record


@dataclass(frozen=True, eq=False)
class Messages:
    """The words of one language. Called with a key of `[labels]` and what its braces stand for,
    gives the sentence.
    """

    locale: Locale
    tables: Mapping[str, Mapping[str, Any]]

    def __call__(self, key: str, /, **values: object) -> str:
        return _fill_placeholders(self.tables["labels"][key], values)

    def count(self, name: str, number: int) -> str:
        """`1 article`, `1,204 articles`; of a name that no file knows: `3 name`."""
        forms = self.tables["counts"].get(name) or {"other": f"{{n}} {name}"}
        return _fill_placeholders(
            forms.get(self.locale.plural_form(number), forms["other"]), {"n": self.number(number)}
        )

    def fated(self, fate: str, number: int) -> str:
        """`18 in leads`; of a fate that no file knows: `18 fate`."""
        return _fill_placeholders(
            self.tables["fates"].get(fate) or f"{{n}} {fate}", {"n": self.number(number)}
        )

    def number(self, value: float, pattern: str | None = None) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, format=pattern, locale=self.locale)

    def listed(self, words: Sequence[str]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        from babel.lists import format_list

        return format_list(words, locale=self.locale) if words else ""

    def date(self, name: str, when: date | datetime) -> str:
        """A day or a time by one of the patterns of `[dates]`."""
        from babel.dates import format_date, format_datetime

        pattern = self.tables["dates"][name]
        if when.day == 1 and self.tables["dates"]["first_of_month"] != "d":
            pattern = re.sub(r"\bd\b", f"'{self.tables['dates']['first_of_month']}'", pattern)
        form = format_datetime if isinstance(when, datetime) else format_date
        return form(when, pattern, locale=self.locale)

    def recorded(self, text: str) -> str:
        """What edition.json says (a status, a fate, a reason), as the language has it; what no file
        knows, as it is.
        """
        known = self.tables["record"]
        if text in known:
            return known[text] or text
        for pattern, template in self._patterns:
            if found := pattern.fullmatch(text):
                return _fill_placeholders(
                    template,
                    {name: self._value(name, value) for name, value in found.groupdict().items()},
                )
        return text

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        known = self.tables["record"].items()
        return tuple(
            (_compile_pattern(phrase), said or phrase) for phrase, said in known if "{" in phrase
        )

    def _value(self, name: str, value: str) -> str:
        if name in _RECORDED:
            return self.recorded(value)
        if name == "day":
            return self.date("day", date.fromisoformat(value))
        figure = value.replace(",", "")
        return (
            self.number(float(figure))
            if name in _FORMS and re.fullmatch(r"\d+(\.\d+)?", figure)
            else value
        )


def _fill_placeholders(template: str, values: Mapping[str, object]) -> str:
    """Braces with what they stand for in their place; text that is filled in is not looked at
    again.
    """
    return _NAME.sub(lambda found: str(values[found[1]]), template)


def _compile_pattern(phrase: str) -> re.Pattern[str]:
    parts = [
        f"(?P<{part}>{_FORMS.get(part, '.+?')})" if odd % 2 else re.escape(part)
        for odd, part in enumerate(_NAME.split(phrase))
    ]
    return re.compile("".join(parts), re.DOTALL)


@cache
def load_messages(language: str, templates: Path | None = None) -> Messages:
    """Those of a language: the user's file before ours, English where neither has a word.

    Raises BriefingError for a file of the user's that names what is not there.
    """
    from babel import Locale, UnknownLocaleError

    tables = [_load_file(shipped() / message_file(FALLBACK))]
    places = [*([shipped()] if language in LANGUAGES else []), *([templates] if templates else [])]
    files = [
        folder / message_file(language)
        for folder in places
        if re.fullmatch(r"[A-Za-z-]{2,12}", language)
    ]
    for file in files:
        if file.is_file():
            table = _load_file(file)
            _check_table(file, table, tables[0])
            tables.append(table)
    name = next(table["locale"] for table in reversed(tables) if "locale" in table)
    try:
        locale = Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise BriefingError(
            f"{files[-1]}: locale: no language is called {name!r}; write it as in 'it'"
        ) from error
    merged = {
        part: {k: v for table in tables for k, v in table.get(part, {}).items()} for part in TABLES
    }
    return Messages(locale, merged)


def shortening_notices() -> tuple[str, ...]:
    """How a message says that it was shortened, in every language."""
    return tuple(load_messages(language)(OPENING) for language in LANGUAGES)


def forget_messages() -> None:
    """Look for message files anew."""
    load_messages.cache_clear()


def _load_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BriefingError(f"{file}: this file of messages cannot be read: {error}") from error


def _check_table(file: Path, table: Mapping[str, Any], english: Mapping[str, Any]) -> None:
    faults = [f"{file}: {fault}" for fault in _table_faults(table, english)]
    if file.parent != shipped() and OPENING in table.get("labels", {}):
        faults.append(
            f"{file}: labels: '{OPENING}' stays as it is, for verify knows shortened messages by it"
        )
    if faults:
        raise BriefingError("\n".join(faults))


def _table_faults(table: Mapping[str, Any], english: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        f"no table is called '{name}'; there are {', '.join(TABLES)}"
        for name in table.keys() - {*english}
    )
    for part in (name for name in TABLES if isinstance(table.get(name, {}), dict)):
        for key, value in table.get(part, {}).items():
            if key not in english[part]:
                near = difflib.get_close_matches(key, [*english[part]], n=1)
                yield f"{part}: no message is called '{key}'" + (
                    f"; did you mean '{near[0]}'?" if near else ""
                )
            else:
                yield from (
                    f"{part}: {key}: {fault}"
                    for fault in _message_faults(part, key, value, english[part][key])
                )


def _message_faults(part: str, key: str, value: Any, english: Any) -> Iterator[str]:
    """What a message lacks or has too much."""
    forms: list[Any] = [*value.values()] if isinstance(value, dict) else [value]
    if not all(isinstance(form, str) for form in forms) or (part == "counts") != isinstance(
        value, dict
    ):
        yield (
            "a text is expected"
            if part != "counts"
            else "forms are expected, as in { one = …, other = … }"
        )
    elif part == "counts" and "other" not in value:
        yield "its form 'other' is missing"
    else:
        known = (
            key if part == "record" else english if isinstance(english, str) else english["other"]
        )
        extra = {name for form in forms for name in _NAME.findall(form)} - {*_NAME.findall(known)}
        yield from (f"nothing is filled in for {{{name}}}" for name in sorted(extra))
