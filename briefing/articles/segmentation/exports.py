"""Divide an export of a press database into its reports, each with its own outlet, day and author.

Nexis (old and Uni), Factiva and what is built like them put a report's facts in lines of their own
above and below it; what belongs to the search, the cover or the copyright is nobody's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.articles.dates import grammar
from briefing.articles.drafts import Draft, Facts
from briefing.articles.metadata import outlets

_END = re.compile(
    r"(?i:end of document|ende des dokuments|fin du document|fin del documento|fine del documento)$"
    r"|(?:Document|Dokument|Documento) [A-Z]{2,12}\d{6,}\w{6,}$"
)
_START = re.compile(
    r"(?i)^\s*\d{1,4} (?:of|von|de|sur|di) \d{1,4} (?:documents?|dokumente?n?|documentos)$"
)
_LENGTH = re.compile(
    r"(?i)^(?:(?:length|länge|longueur|longitud|lunghezza)\s*:\s*)?(\d[\d.,]{0,6}) "
    r"(?:words|wörter|worte|mots|palabras|parole|palavras)$"
)
_COPYRIGHT = re.compile(r"(?i)^(?:copyright|©|\(c\)|alle rechte vorbehalten|tous droits réservés)")
_BODY = re.compile(r"(?i)^(?:body|full text|volltext|haupttext|corps|texte|cuerpo|testo)\s*:?$")
_BODY_IN = re.compile(r"^BODY:\s*(?=\S)")
_BYLINE = re.compile(
    r"(?i)^(?:byline|autor(?:in)?|auteur|verfasser|autore)\s*:\s*(\S.*)$|^(?:By|Von|Par|Por) (\S.*)$"
)
_HEADLINE = re.compile(r"(?i)^(?:headline|schlagzeile|titre|título|titel)\s*:\s*(\S.*)$")
_SECTION = re.compile(r"(?i)^(?:section|ressort|rubrik|rubrique|sección)\s*:\s*([^;]+)")
_TAIL = re.compile(
    r"(?i)^(?:graphics?|load-?date:?.*|language: .*|publication-type: .*|journal-code: .*|subject: .*"
    r"|notes|classification|correction-date:.*|grafik|graphique|ladedatum.*|update: .*|pub-type: .*)$"
)
_LABELLED = re.compile(r"^[A-Z][\w /-]{2,24}: ?\S")
_WEEKDAY = re.compile(r"^[\W\d]*(?:\w+day|\w+tag|mittwoch|\w+di|dimanche)?[\W\d]*$", re.IGNORECASE)
HEAD = 25  # lines above a text, at most
PROSE = 11  # words of a line that is longer than a heading
STRETCH = 50  # words of such lines that are a text
TOLERANCE = 0.25  # of the stated number of words: services count hyphens and figures otherwise


@dataclass(frozen=True)
class _Head:
    """Positions in the lines of one report."""

    day: int
    body: int


def split_export(text: str) -> list[Draft]:
    """The reports of an export, in order; none where the text is no export."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    if not any(_END.match(line) or _START.match(line) for line in lines):
        return []
    found = [(chunk, _draft(chunk)) for chunk in _chunks(lines)]
    if not any(draft for _, draft in found):
        return []
    drafts = (draft or _bare_draft(chunk) for chunk, draft in found)
    return [draft for draft in drafts if draft]


def _bare_draft(lines: list[str]) -> Draft | None:
    return Draft("\n".join(lines)) if _holds_text(lines) else None


def _holds_text(lines: list[str]) -> bool:
    """Whether a stretch without a report's facts is text all the same, and no cover or contents."""
    return sum(len(line.split()) for line in lines if len(line.split()) > PROSE) >= STRETCH


def _chunks(lines: list[str]) -> list[list[str]]:
    """Lines between the marks that stand above or below each report."""
    chunks: list[list[str]] = [[]]
    for line in lines:
        if _END.match(line) or _START.match(line):
            chunks.append([])
        else:
            chunks[-1].append(line)
    return chunks


def _draft(lines: list[str]) -> Draft | None:
    length = next((i for i, line in enumerate(lines) if _LENGTH.match(line)), None)
    if length is None:
        return None
    head = _find_head(lines, length)
    if head is None:
        return None
    end = next((i for i in range(head.body, len(lines)) if _TAIL.match(lines[i])), len(lines))
    body = [_BODY_IN.sub("", line) for line in lines[head.body : end]]
    body = [line for line in body if not _COPYRIGHT.match(line)]
    facts = _facts(lines, head, length)
    return Draft("\n".join(body), facts, "body", remarks=_count(lines[length], body))


def _find_head(lines: list[str], length: int) -> _Head | None:
    """Where the day stands, by the count of words, and where the text begins."""
    near = range(max(0, length - 12), min(len(lines), length + 6))
    days = [i for i in near if _is_day(lines[i])]
    if not days:
        return None
    below = range(max(length, days[0]) + 1, min(len(lines), length + HEAD))
    body = _find_body(lines, below)
    day = max((i for i in days if i < length), default=days[0])
    return _Head(day, body) if body is not None else None


def _find_body(lines: list[str], below: range) -> int | None:
    """Where the text begins: under its label or the copyright line, else at the first long line."""
    prose = next((i for i in below if len(lines[i].split()) > PROSE), None)
    for i in below if prose is None else range(below.start, prose + 1):
        if _BODY.match(lines[i]) or _COPYRIGHT.match(lines[i]):
            return _last_label(lines, range(i, prose or i)) + 1
        if _BODY_IN.match(lines[i]):
            return i
    return prose


def _is_day(line: str) -> bool:
    found = grammar.find_dates(line) if len(line) < 60 and not _LABELLED.match(line) else []
    return len(found) == 1 and bool(_WEEKDAY.match(line[: found[0].start] + line[found[0].stop :]))


def _facts(lines: list[str], head: _Head, length: int) -> Facts:
    after = head.day > length  # Factiva: the count, the day, the hour, then the outlet
    outlet = _outlet_below(lines, head) if after else lines[head.day - 1] if head.day else ""
    bylines = (_BYLINE.match(line) for line in lines[: head.body])
    byline = next((match[1] or match[2] for match in bylines if match), None)
    sections = (_SECTION.match(line) for line in lines[: head.body])
    return Facts.of(
        "export",
        headline=_headline(lines, head, length, after=after),
        outlet=outlet if _may_name(outlet) else None,
        byline=byline,
        published=grammar.find_dates(lines[head.day])[0].moment,
        section=next((match[1].strip() for match in sections if match), None),
    )


def _outlet_below(lines: list[str], head: _Head) -> str:
    below = (line for line in lines[head.day + 1 : head.body] if not grammar.is_date_line(line))
    return next(below, "")


def _may_name(line: str) -> bool:
    """Whether a line in an outlet's place may be its name; what is long or labelled is unknown."""
    plain = 0 < len(line.split()) <= 7 and len(line) < 70 and not _LABELLED.match(line)
    return plain and not line.endswith((".", "?", "!")) and not outlets.is_button(line)


def _last_label(lines: list[str], near: range) -> int:
    """The label of the text below the first of the lines `near`; without one, the first itself."""
    return next((n for n in near[1:] if _BODY.match(lines[n])), near.start)


def _headline(lines: list[str], head: _Head, length: int, *, after: bool) -> str | None:
    """Labelled; above the outlet and the day; in old exports below them, above the labels."""
    labels = filter(None, map(_HEADLINE.match, lines[: head.body]))
    if (label := next(labels, None)) and label[1]:
        return label[1]
    if after:
        above = [line for line in lines[:length] if not _BYLINE.match(line)]
        return above[-1] if above and not _LABELLED.match(above[-1]) else None
    if head.day >= 2 and _may_head(lines[head.day - 2]):
        return lines[head.day - 2]
    below = [line for line in lines[head.day + 1 : length] if _may_head(line)]
    return below[-1] if below else None


def _may_head(line: str) -> bool:
    labelled = _LABELLED.match(line) and line.split(":", maxsplit=1)[0].isupper()
    searched = re.match(r"(?i)(?:client/matter|search terms|job number|user name)", line)
    return not (labelled or searched or _COPYRIGHT.match(line)) and len(line.split()) > 2


def _count(stated: str, body: list[str]) -> tuple[str, ...]:
    """A remark where the text has not the words that the service counted."""
    match = _LENGTH.match(stated)
    words = int(re.sub(r"\D", "", match[1])) if match else 0
    read = sum(len(line.split()) for line in body)
    if abs(read - words) <= max(10, TOLERANCE * words):
        return ()
    return (f"{words} words are stated and {read} were found",)
