"""The lines of one part in, its text of record out: words are cut away with a reason and never
rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from briefing.articles.boilerplate import advertisements, inline, reported_speech, rules
from briefing.articles.drafts import Facts
from briefing.articles.extraction.lines import extract
from briefing.articles.lines import Line
from briefing.articles.metadata import credit_lines, embargoes, head_and_foot
from briefing.articles.metadata.credit_lines import Clock
from briefing.articles.segmentation.segment import Part
from briefing.model import Removal

FRAGMENT = -1.5  # weight from which a line of a word or two is none of the text's headings
LAST = 3  # lines at the end of a text that may be about its authors
BIO = 60  # words of such a line
LEAST_WORDS = 15  # of prose; with less there is no report to quote from


@dataclass(frozen=True)
class Cleaned:
    """A part's text of record: the paragraphs, each made of stretches of the decoded text, and what
    was cut.
    """

    part: Part
    paragraphs: tuple[tuple[tuple[int, int], ...], ...]  # of (start, stop) in the decoded text
    removals: tuple[Removal, ...]
    facts: Facts
    foot: tuple[Line, ...] = ()

    def text(self, decoded: str) -> str:
        return "\n".join(
            "".join(decoded[a:b] for a, b in pieces).strip() for pieces in self.paragraphs
        )


def clean_part(part: Part, decoded: str, clock: Clock, *, layout: str = "page") -> Cleaned:
    """Head, body and foot told apart, furniture cut out of the body, facts read from the head and
    the foot.
    """
    lines = part.lines
    if layout == "record":
        return Cleaned(part, tuple(((line.start, line.stop),) for line in lines), (), part.facts)
    reasons = _classify_lines(part)
    found = layout in {"page", "newsletter"}
    weights = extract.line_weights(lines, reasons) if found else ()
    if found:
        much = 1 if part.kind == "update" else extract.MUCH
        body = extract.extract_body(lines, reasons, weights, much=much)
    else:
        body = extract.trim_edges(lines, reasons)
    head = head_and_foot.extract_head(
        lines, reasons, body, part.facts, clock, isolated=layout == "body"
    )
    for i, why in head.spent.items():
        reasons[i] = reasons[i] or why
    _drop_author(lines, body, reasons, head.facts)
    _drop_surroundings(body, reasons)
    if part.kind == "update" or found:
        _drop_titles(lines, body, reasons, weights, every=part.kind == "update")
    paragraphs, removals = _build_paragraphs(lines, reasons, decoded, head.facts.headline)
    return Cleaned(part, paragraphs, removals, head.facts, tuple(lines[body.stop :]))


def _drop_surroundings(body: range, reasons: list[str | None]) -> None:
    for i in range(body.start):
        reasons[i] = reasons[i] or "before the text"
    for i in range(body.stop, len(reasons)):
        reasons[i] = reasons[i] or "after the text"


def _classify_lines(part: Part) -> list[str | None]:
    """Why each line is no text, by itself and by its neighbours; None for what may be text."""
    lines = part.lines
    reasons = [rules.classify_line(line.text) for line in lines]
    if part.kind == "update":  # "10:42", which elsewhere is how long a video is
        reasons[:3] = [None if why == "reading time" else why for why in reasons[:3]]
    for i in embargoes.places(lines, part.facts.embargo):
        reasons[i] = "embargo"
    for i in advertisements.find_advertisements(lines, closed=part.kind == "item"):
        reasons[i] = reasons[i] or "advertisement"
    for i in part.apart:
        reasons[i] = reasons[i] or "heading of the part"
    _classify_picture_texts(lines, reasons, titled=part.facts.headline is not None)
    return reasons


def _classify_picture_texts(
    lines: Sequence[Line], reasons: list[str | None], *, titled: bool
) -> None:
    """Texts of pictures stand above a caption and below a title; the title itself is none."""
    for i, line in enumerate(lines[:-1]):
        above_caption = reasons[i] is None and reasons[i + 1] == "caption"
        if titled and above_caption and _is_picture_text(lines, reasons, i):
            reasons[i] = "picture text"
        titled = titled or (reasons[i] is None and line.title_like and line.words > 3)


def _is_picture_text(lines: Sequence[Line], reasons: Sequence[str | None], i: int) -> bool:
    """A line right above a caption, set apart from what is above it, that is no sentence and states
    nothing else.
    """
    apart = lines[i].gap or (i > 0 and reasons[i - 1] is not None)
    short = not lines[i].ended and lines[i].words <= 40 and not lines[i + 1].gap
    return apart and short and credit_lines.parse_credit_line(lines[i].text, Clock()) is None


def _drop_author(
    lines: Sequence[Line], body: range, reasons: list[str | None], facts: Facts
) -> None:
    """What the last lines say of the author, where they name who signed the text or the outlet."""
    for i in [i for i in reversed(body) if reasons[i] is None][:LAST]:
        line = lines[i]
        if line.words > BIO or not reported_speech.is_about_author(line.text):
            return
        if not any(name and name in line.text for name in (facts.byline, facts.outlet)):
            return
        reasons[i] = "about the author"


def _drop_titles(
    lines: Sequence[Line],
    body: range,
    reasons: list[str | None],
    weights: Sequence[float],
    *,
    every: bool,
) -> None:
    """Titles of videos and of other articles: a post's lines that are no sentences, a last line
    that only asks.
    """
    for i in body:
        if reasons[i] is None and _is_fragment(lines[i]) and _is_weak(weights, i):
            reasons[i] = "fragment"
        elif reasons[i] is None and every and _is_other_title(lines[i]):
            reasons[i] = "title of something else"
    _drop_last_question(lines, body, reasons, every=every)


def _drop_last_question(
    lines: Sequence[Line], body: range, reasons: list[str | None], *, every: bool
) -> None:
    last = next((i for i in reversed(body) if reasons[i] is None), None)
    if last is None or last == body.start or not (every or reasons[last - 1] == "promotion"):
        return
    if _only_asks(lines[last]):
        reasons[last] = "title of something else"


def _is_weak(weights: Sequence[float], i: int) -> bool:
    return not weights or weights[i] < FRAGMENT


def _is_fragment(line: Line) -> bool:
    return line.words <= 2 and not line.ended


def _is_other_title(line: Line) -> bool:
    return line.title_like and not line.prose and line.words <= 18


def _only_asks(line: Line) -> bool:
    asks = line.words <= 14 and line.text.endswith("?")
    return asks and line.gap and line.text[0] not in "\"“'‘"


def _build_paragraphs(
    lines: Sequence[Line], reasons: Sequence[str | None], decoded: str, headline: str | None
) -> tuple[tuple[tuple[tuple[int, int], ...], ...], tuple[Removal, ...]]:
    paragraphs: list[tuple[tuple[int, int], ...]] = []
    removals: list[Removal] = []
    for line, why in zip(lines, reasons, strict=True):
        if why:
            removals.append(Removal(line.start, line.stop, why))
            continue
        pieces, gone = _cut_line(line, headline, first=not paragraphs)
        removals += gone
        paragraphs += [kept for piece in pieces if (kept := _visible_pieces(piece, decoded))]
    return tuple(paragraphs), tuple(removals)


def _visible_pieces(pieces: Sequence[tuple[int, int]], decoded: str) -> tuple[tuple[int, int], ...]:
    return tuple(pieces) if any(decoded[a:b].strip() for a, b in pieces) else ()


def _cut_line(
    line: Line, headline: str | None, *, first: bool
) -> tuple[list[list[tuple[int, int]]], list[Removal]]:
    """The stretches of one line that stay, in one paragraph or (a standfirst glued to the lead) in
    two.
    """
    removed = inline.find_cuts(line.text, headline, first=first)
    if not removed and not (first and line.words > 60):
        return [[(line.start, line.stop)]], []
    edges = [0, *chain.from_iterable((cut.start, cut.stop) for cut in removed), len(line.text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    stretches = [(line.start + a, line.start + b) for a, b in pairs if a < b]
    gone = [Removal(line.start + cut.start, line.start + cut.stop, cut.reason) for cut in removed]
    if first and stretches and line.words > 60:
        return _split_standfirst(line, stretches), gone
    return [stretches], gone


def _split_standfirst(line: Line, stretches: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """A standfirst that is glued to the lead as a paragraph of its own."""
    a, b = stretches[0]
    glue = inline.find_glued_standfirst(line.text[a - line.start : b - line.start])
    if glue is None:
        return [stretches]
    return [[(a, a + glue)], [(a + glue + 1, b), *stretches[1:]]]
