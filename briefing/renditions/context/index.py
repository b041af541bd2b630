"""Articles and what is printed of them in, the index of a pack out: names and outlets, by alphabet,
with their places.

Only what a reader can find is listed: a name that stands in no printed sentence of an excerpt leads
nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing import language
from briefing.model import Article, Span
from briefing.renditions.templating import escaping

INDEXED = 400  # names in the index, commonest first; more would be a second pack
LETTERED = 40  # names from which on letters divide them: about a column

Places = Mapping[
    int, tuple[str, ...]
]  # offset in an article's text -> anchors of the names that begin there


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    anchors: tuple[str, ...]  # of the sheets it stands in
    numbers: tuple[int, ...]  # of the same sheets
    places: tuple[
        str, ...
    ]  # anchors of its first words in each of them: a name may stand on a sheet's last page
    letter: str = ""  # that it is the first of; empty for the others of it


@dataclass(frozen=True, slots=True)
class Index:
    names: tuple[Entry, ...]
    places: tuple[Places, ...]  # of each article, in their order


def build_index(articles: Sequence[Article], printed: Sequence[Sequence[Span]]) -> Index:
    """The commonest names of the articles and where each first stands in what is `printed` of them.

    Names are of two words or more, or single ones that never stand in lower case. All spellings of
    a name are one entry, under the one that stands most often.
    """
    common = {
        word for article in articles for word in re.findall(r"\w+", article.text) if word.islower()
    }
    usual = _usual_spellings(
        [[span.of(article.text) for span in article.analysis.names] for article in articles]
    )
    found: dict[
        str, dict[int, int]
    ] = {}  # name -> number of the article -> where it first stands there
    for number, (article, stretches) in enumerate(zip(articles, printed, strict=True), start=1):
        for span in sorted(article.analysis.names):
            if any(one.start <= span.start and span.stop <= one.stop for one in stretches):
                found.setdefault(
                    escaping.visible_text(usual[span.of(article.text)]), {}
                ).setdefault(number, span.start)
    kept = {
        name: at
        for name, at in found.items()
        if re.search(r"\w", name) and (" " in name or name.casefold() not in common)
    }
    best = sorted(kept, key=lambda name: (-len(kept[name]), name))[:INDEXED]
    return _place_entries(
        articles, {name: kept[name] for name in sorted(best, key=_alphabetical_key)}
    )


def index_outlets(articles: Sequence[Article], unknown: str) -> tuple[Entry, ...]:
    """Each outlet with its articles; those that name none stand under `unknown`."""
    found: dict[str, list[int]] = {}
    for number, article in enumerate(articles, start=1):
        found.setdefault(escaping.visible_text(article.outlet or unknown), []).append(number)
    anchors = {
        name: tuple(sheet_anchor(articles[number - 1]) for number in found[name]) for name in found
    }
    order = sorted(found, key=_alphabetical_key)
    return tuple(Entry(name, anchors[name], tuple(found[name]), anchors[name]) for name in order)


def sheet_anchor(article: Article) -> str:
    """The anchor of an article's sheet."""
    return f"a-{article.id}"


def _alphabetical_key(name: str) -> tuple[str, str]:
    """Its place in the alphabet: accents and case only divide names that are else the same."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)), name


def has_reversed_direction(words: str, around: str) -> bool:
    """Whether words run against the text they stand in: an element of their own would change their
    order in print.
    """
    if words.isascii() and around.isascii():
        return False
    return {escaping.text_direction(words), escaping.text_direction(around)} == {"ltr", "rtl"}


def _place_entries(articles: Sequence[Article], found: Mapping[str, Mapping[int, int]]) -> Index:
    """An entry for each name, with an anchor for each place it first stands at."""
    places: list[dict[int, list[str]]] = [{} for _ in articles]
    entries = []
    for order, (name, at) in enumerate(found.items(), start=1):
        anchors = []
        for number, offset in at.items():
            article = articles[number - 1]
            line = article.text[article.text.rfind("\n", 0, offset) + 1 :].partition("\n")[0]
            if has_reversed_direction(article.text[offset : offset + len(name)], line):
                anchors.append(sheet_anchor(article))
                continue
            anchors.append(f"n{order}-{number}")
            places[number - 1].setdefault(offset, []).append(anchors[-1])
        sheets = tuple(sheet_anchor(articles[number - 1]) for number in at)
        entries.append(Entry(name, sheets, tuple(at), tuple(anchors)))
    lettered = _add_letters(entries) if len(entries) >= LETTERED else tuple(entries)
    return Index(
        lettered, tuple({offset: tuple(ids) for offset, ids in held.items()} for held in places)
    )


def _add_letters(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The first name of each letter with the letter; all that begin with no letter are one run."""
    made = []
    for letter, run in groupby(entries, key=_initial_letter):
        first, *others = run
        made += [Entry(first.name, first.anchors, first.numbers, first.places, letter), *others]
    return tuple(made)


def _initial_letter(entry: Entry) -> str:
    first = _alphabetical_key(entry.name)[0][:1]
    return first.upper() if first.isalpha() else "0–9"


def _usual_spellings(held: Sequence[Sequence[str]]) -> dict[str, str]:
    """Each name as written -> the spelling of it that stands most often; of equals the first by
    alphabet.
    """
    forms, counts = language.join_variants(held), Counter(name for names in held for name in names)
    usual: dict[str, str] = {}
    for name in sorted(counts, key=lambda each: (-counts[each], each)):
        usual.setdefault(forms[name], name)
    return {name: usual[form] for name, form in forms.items()}
