"""Find the blocks of a page or a letter that stand under an advertisement's label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.articles.lines import Line

# Alone on their line, in four languages; a sponsor's name may follow those that end in "by".
_LABEL = re.compile(
    r"(?i)^[\W_]*(?:"
    r"(?:a message from|presented by|together with|sponsored by|brought to you by|paid for by"
    r"|in partnership with|a word from our sponsor|präsentiert von|eine anzeige von|présenté par"
    r"|un message de|en partenariat avec|presentado por|patrocinado por|un mensaje de)\b[^.!?]{0,50}"
    r"|advertisement|advertorial|sponsored(?: content| post)?|partner content|paid content"
    r"|paid post|promoted|anzeige|werbung|bezahlter inhalt|publicité|annonce|contenu sponsorisé"
    r"|publicidad|anuncio|contenido patrocinado|patrocinado|publi)[\W_]*$"
)
_SPONSORED = re.compile(r"(?i)\((?:sponsor(?:ed)?|ad|anzeige|werbung|publicité|publicidad)\)\W*$")
_SPONSOR = re.compile(r"(?i:from|with|by|von|par|de|por|avec) ([A-ZÄÖÜÉ][^.!?:]{1,40}?)\W*$")
_READER = re.compile(
    r"(?i)\b(?:you|your|yours|Ihr|Ihre|Ihren|vous|votre|vos|usted|ustedes|tu|tus)\b"
)
_QUOTED = re.compile(r"[\"“”„«»]")
# What letters say of themselves; in a quotation it is somebody's words.
_HOUSE = re.compile(
    r"(?i)\b(?:advertise with us|interested in advertising|(?:respond|reply) to this e?-?mail"
    r"|readers (?:now )?wake up to|thanks? our (?:partners|sponsors)|werben sie (?:bei|mit) uns"
    r"|antworten sie (?:einfach )?auf diese (?:e-)?mail|répondez à (?:cet e-?mail|ce mail)"
    r"|anúnciate con nosotros|responde a este (?:correo|e-?mail))\b"
)
_RULE = re.compile(r"^(?:[=_*~#•—–-]\s?){5,}$")
LONGEST = 8  # lines of an advertisement; what is longer has no end that is known


def find_advertisements(lines: Sequence[Line], *, closed: bool = False) -> frozenset[int]:
    """Positions of labels and of what stands under them, up to the next heading or rule.

    The end of the lines is one where they are `closed`, as an item of a newsletter is. Where no end
    is known, only lines that name the sponsor or address the reader are cut.
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        if i in found:
            continue
        if _HOUSE.search(line.text) and not _QUOTED.search(line.text):
            found.add(i)
        elif _SPONSORED.search(line.text):
            found.update(range(i, _end(lines, i + 1, closed=closed) or i + 1))
        elif line.words <= 9 and _LABEL.match(line.text):
            end = _end(lines, _first_below_label(lines, i), closed=closed)
            found.update(range(i, end or _selling(lines, i)))
    return frozenset(found)


def _first_below_label(lines: Sequence[Line], label: int) -> int:
    """The line below a label and its heading, where it has one."""
    headed = label + 1 < len(lines) and _is_heading(lines[label + 1])
    return label + 2 if headed else label + 1


def _selling(lines: Sequence[Line], label: int) -> int:
    """Where the lines under a label end that sell: they name its sponsor or speak to the reader."""
    named = _SPONSOR.search(lines[label].text)
    stop = label + 1
    while named and stop < len(lines) and stop - label <= LONGEST:
        text = lines[stop].text
        if _QUOTED.search(text) or not (named[1] in text or _READER.search(text)):
            break
        stop += 1
    return stop


def _end(lines: Sequence[Line], start: int, *, closed: bool) -> int | None:
    for i in range(start, min(start + LONGEST, len(lines))):
        if _RULE.match(lines[i].text) or _is_heading(lines[i]):
            return i
    return len(lines) if closed and len(lines) - start <= LONGEST else None


def _is_heading(line: Line) -> bool:
    ended = line.text.rstrip('"”’)')[-1:] in ".!?:"
    return line.title_like and not line.prose and not ended and line.words > 2
