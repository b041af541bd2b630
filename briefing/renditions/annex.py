"""Articles of an edition in, what a pack adds to it out: a summary table, the articles themselves, an index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing import language
from briefing.model import Article, Edition, Item
from briefing.renditions import escape, wording
from briefing.renditions.looking import anchor
from briefing.renditions.messages import Messages, messages

EXCERPT = 60  # words quoted of an article whose licence does not allow more: a short quotation
FULL_TEXT = re.compile(r"(?i)\b(full[- ]text|public domain|cc0|cc[- ]by(?![- ]nc)|ogl|open government)\b")
INDEXED = 400  # names in the index, commonest first; more would be a second pack


@dataclass(frozen=True, slots=True)
class Row:
    """One storyline in the summary table."""

    anchor: str
    headline: str
    articles: int
    outlets: int
    first: str
    last: str
    status: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; `hit` where the query asks for the word."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article in the annex, behind what is known of it."""

    number: int  # 1, 2, 3 … in the order printed
    anchor: str
    headline: str
    language: str  # of the text, where it is known and not the edition's
    facts: tuple[tuple[str, str], ...]  # ("Outlet", "Marrow Wire") …: only what is stated
    link: str | None
    paragraphs: tuple[tuple[Piece, ...], ...]
    remark: str  # what is left out and why; else empty


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    anchors: tuple[str, ...]  # of the sheets it stands in
    numbers: tuple[int, ...]  # of the same sheets


@dataclass(frozen=True, slots=True)
class Attached:
    """A text of record that comes with the pack as a file of its own."""

    name: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    client: str
    query: str
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...]
    names: tuple[Entry, ...]
    outlets: tuple[Entry, ...]
    attached: tuple[Attached, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every paragraph of the annex, in order."""
        return tuple(
            "".join(piece.text for piece in paragraph) for sheet in self.sheets for paragraph in sheet.paragraphs
        )


def annex(
    edition: Edition,
    articles: Sequence[Article] = (),
    /,
    *,
    client: str = "",
    query: str = "",
    full_text: bool | None = None,
    templates: Path | None = None,
) -> Pack:
    """What stands behind an edition, and `articles` that belong to none of its storylines, in the order given.

    Each is printed whole where its licence allows it; `full_text` true prints every one whole (for desks that hold the
    rights), false none.
    """
    say = messages(edition.language, templates)
    behind = [article for item in edition.items for article in item.storyline.articles]
    shown = tuple(dict.fromkeys((*behind, *articles)))
    words = frozenset(re.findall(r"\w+", query.casefold()))
    whole = frozenset(article.id for article in shown if _whole(article, full_text))
    return Pack(
        client=escape.visible(client),
        query=escape.visible(query),
        rows=tuple(_row(item, edition, say) for item in edition.items),
        sheets=tuple(
            _sheet(number, article, edition, say, words, whole=article.id in whole)
            for number, article in enumerate(shown, start=1)
        ),
        names=_names(shown),
        outlets=_index(shown, ((escape.visible(one.outlet or say("outlet_unknown")), one) for one in shown)),
        attached=tuple(_attached(article) for article in shown if article.id in whole),
    )


def _whole(article: Article, full_text: bool | None) -> bool:  # noqa: FBT001 (None is the licence's own word)
    return bool(article.licence and FULL_TEXT.search(article.licence)) if full_text is None else full_text


def _attached(article: Article) -> Attached:
    about = ", ".join(filter(None, (article.outlet, article.headline)))
    return Attached(f"{article.id}.txt", escape.visible(about) or article.id, article.text)


def _row(item: Item, edition: Edition, say: Messages) -> Row:
    days = sorted(article.published.day for article in item.storyline.articles if article.published)
    first, last = (wording.day(say, one, year=edition.date.year) for one in (days[0], days[-1])) if days else ("", "")
    return Row(
        anchor=anchor(item.storyline.id),
        headline=escape.visible(str(item.storyline.headline)),
        articles=len(item.storyline.articles),
        outlets=len(item.storyline.outlets),
        first=first,
        last=last,
        status=wording.capital(say.recorded(escape.visible(item.status))),
    )


def _sheet(
    number: int, article: Article, edition: Edition, say: Messages, words: frozenset[str], *, whole: bool
) -> Sheet:
    texts = article.text.splitlines() if whole else _excerpt(article)
    printed, length = sum(len(text.split()) for text in texts), len(article.text.split())
    licence = say("licence_is", licence=article.licence) if article.licence else say("licence_unknown")
    excerpt = say("excerpt", printed=say.number(printed), words=say.number(length), licence=licence)
    return Sheet(
        number=number,
        anchor=f"a-{article.id}",
        headline=escape.visible(article.headline or "") or say("no_headline"),
        language="" if article.language == edition.language else article.language or "",
        facts=_facts(article, edition, say),
        link=escape.checked_url(article.url),
        paragraphs=tuple(_pieces(text, words) for text in map(escape.visible, texts) if text),
        remark="" if printed == length else escape.shown(excerpt),
    )


def _excerpt(article: Article) -> Sequence[str]:
    """Whole sentences from the beginning, at least one, at most EXCERPT words in all where the first allows it."""
    taken: list[str] = []
    for span in article.sentences:
        sentence = span.of(article.text)
        if taken and sum(len(one.split()) for one in (*taken, sentence)) > EXCERPT:
            break
        taken.append(sentence)
    return taken


def _facts(article: Article, edition: Edition, say: Messages) -> tuple[tuple[str, str], ...]:
    copies = sorted({copy.outlet for copy in article.copies if copy.outlet})
    stated = (
        ("outlet", article.outlet or say("outlet_unknown")),
        ("author", article.byline),
        ("published", wording.moment(say, article.published, zone=edition.timezone)),
        ("updated", wording.moment(say, article.updated, zone=edition.timezone) if article.updated else None),
        ("reprinted_by", say.listed(copies)),
        ("words", say.number(len(article.text.split()))),
        ("licence", article.licence),
        ("document", article.document),
        ("text", f"SHA-256 {article.sha256[:16]}"),
    )
    return tuple((say(name), escape.shown(value)) for name, value in stated if value)


def _pieces(text: str, words: frozenset[str]) -> tuple[Piece, ...]:
    """The text cut at the words of the query."""
    parts = re.split(r"(\w+)", text) if words else [text]
    pieces: list[Piece] = []
    for part in parts:
        hit = part.casefold() in words
        if pieces and not hit and not pieces[-1].hit:
            pieces[-1] = Piece(pieces[-1].text + part, hit=False)
        elif part:
            pieces.append(Piece(part, hit))
    return tuple(pieces)


def _names(articles: Sequence[Article]) -> tuple[Entry, ...]:
    """Names of two words or more, and single ones that never stand in lower case: the commonest, by alphabet.

    All spellings of a name are one entry, under the one that stands most often.
    """
    common = {word for article in articles for word in re.findall(r"\w+", article.text) if word.islower()}
    held = [[span.of(article.text) for span in article.analysis.names] for article in articles]
    shown = _usual(held)
    found = _index(
        articles,
        (
            (escape.visible(shown[name]), article)
            for article, names in zip(articles, held, strict=True)
            for name in names
        ),
    )
    kept = [entry for entry in found if " " in entry.name or entry.name.casefold() not in common]
    best = sorted(kept, key=lambda entry: (-len(entry.anchors), entry.name))[:INDEXED]
    return tuple(sorted(best, key=lambda entry: (entry.name.casefold(), entry.name)))


def _usual(held: Sequence[Sequence[str]]) -> dict[str, str]:
    """Each name as written -> the spelling of it that stands most often; of equals the first by alphabet."""
    forms, counts = language.joined(held), Counter(name for names in held for name in names)
    usual: dict[str, str] = {}
    for name in sorted(counts, key=lambda each: (-counts[each], each)):
        usual.setdefault(forms[name], name)
    return {name: usual[form] for name, form in forms.items()}


def _index(articles: Sequence[Article], found: Iterable[tuple[str, Article]]) -> tuple[Entry, ...]:
    """Names by alphabet, each with the articles it stands in, in their order."""
    numbers = {article.id: number for number, article in enumerate(articles, start=1)}
    places: dict[str, dict[str, int]] = {}
    for name, article in found:
        if name:
            places.setdefault(name, {})[f"a-{article.id}"] = numbers[article.id]
    order = sorted(places, key=lambda one: (one.casefold(), one))
    return tuple(Entry(name, tuple(places[name]), tuple(places[name].values())) for name in order)
