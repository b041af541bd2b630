"""Find the mail that a colleague forwarded inside the colleague's own: its sender, subject, date
and text.

The programs differ in the line above and in language; all of them write a few lines of labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr

from briefing.articles.dates import grammar
from briefing.articles.drafts import Facts, tidy_field

FEWEST = 3  # labels of a header: sender, subject and one more
NOTE = 40  # words between two headers, where a mail was forwarded twice
_LABELS = {
    "from": "from von de da van från fra lähettäjä od kimden gönderen feladó от від από expéditeur "
    "mittente remitente remetente afzender avsändare afsender nadawca odesílatel отправитель 发件人 "
    "寄件者 差出人 보낸사람 מאת من",
    "subject": "subject betreff objet oggetto asunto assunto onderwerp ämne emne aihe temat předmět "
    "predmet tárgy тема konu subiect subiectul θέμα 主题 主旨 主題 件名 제목 נושא الموضوع",
    "date": "date datum sent gesendet envoyé inviato data enviado enviada fecha verzonden skickat "
    "dato sendt päivämäärä päiväys lähetetty wysłano odesláno дата отправлено надіслано tarih "
    "gönderildi dátum elküldve trimis ημερομηνία στάλθηκε 发送时间 日期 日付 送信日時 날짜 보낸날짜 "
    "תאריך נשלח التاريخ",
    "other": "to cc an à a para aan till til vastaanottaja kopio do dw komu kopie кому копия копія "
    "kime címzett către προς κοιν kopia kopi per reply-to antwort répondre 收件人 抄送 宛先 받는사람 "
    "참조 אל إلى reply importance attachments anlagen",
}
_KINDS = {word.casefold(): kind for kind, words in _LABELS.items() for word in words.split()}
_LABEL = re.compile(
    r"^[ >\t]*[*_]{0,2}([^\W\d][\w -]{0,24}?)[ \xa0]*[*_]{0,2}[:：][*_]{0,2}\s*(.*)$"
)
_QUOTED = re.compile(r"^>[ ]?")
_TAGS = (
    "fwd?|wg|tr|rv|vs|vb|vl|vidarebefordra|enc|doorst|i|pd|ynt|ilt|i̇lt|továbbítás|továbbítva|"
    "пересл|пересылка|πρθ|转发|轉寄|転送|전달|הועבר"
)
_TAG = re.compile(rf"(?i)^(?:(?:{_TAGS})\s*[:：]\s*)+")
_REPLY = re.compile(r"(?i)^(?:(?:re|aw|sv|antw|odp|ré|rif)\s*:\s*)+")
_BEHALF = re.compile(
    r"(?i)^.*\b(?:on behalf of|im auftrag von|de la part de|en nombre de|per conto di|namens)\s+"
)
_ADDRESS = re.compile(r"\s*[<\[(].*$")


@dataclass(frozen=True)
class Forwarded:
    """What a forwarded mail states of itself, and where its text begins."""

    facts: Facts
    text: str
    note: str  # the colleague's words above


def subject_without_tags(subject: str) -> str:
    """The subject alone: of "Fwd: WG: The crane" the crane."""
    bare = subject
    while (cut := _REPLY.sub("", _TAG.sub("", bare)).strip()) != bare:
        bare = cut
    return bare


def is_forward(subject: str) -> bool:
    return _TAG.match(_REPLY.sub("", subject.strip())) is not None


def find_forwarded(body: str, sender: str) -> Forwarded | None:
    """The innermost mail of those forwarded in each other; `sender` is who sent the whole."""
    lines = body.split("\n")
    start, found = 0, None
    while (header := _find_header(lines, start)) is not None:
        between = " ".join(lines[start : header.start]).split()
        if found and len(between) > NOTE:
            break
        start, found = header.stop, header
    if found is None:
        return None
    note = "\n".join(lines[: found.start]).strip()
    return Forwarded(_header_facts(found.fields, sender), _unquote(lines[found.stop :]), note)


@dataclass(frozen=True)
class _Header:
    start: int
    stop: int
    fields: dict[str, str]


def _find_header(lines: list[str], start: int) -> _Header | None:
    for i in range(start, len(lines)):
        if _label(lines[i]) and (header := _header_at(lines, i)):
            return header
    return None


def _header_at(lines: list[str], start: int) -> _Header | None:
    fields: dict[str, str] = {}
    i = stop = start
    labels = 0
    while i < len(lines):
        found = _label(lines[i])
        if not found:
            if lines[i].strip(" >\t"):
                break
            i += 1  # an empty line: the rows of a table stand apart
            continue
        kind, value = found
        i += 1
        if not value:
            i, value = _value_below(lines, i)
        fields.setdefault(kind, value)
        labels, stop = labels + 1, i
    whole = labels >= FEWEST and "from" in fields and ("subject" in fields or "date" in fields)
    return _Header(start, stop, fields) if whole else None


def _value_below(lines: list[str], i: int) -> tuple[int, str]:
    """The value of a label that stands alone on its line, as cells of a table do."""
    below = next((n for n in range(i, min(i + 3, len(lines))) if lines[n].strip(" >\t")), None)
    if below is None or _label(lines[below]):
        return i, ""
    return below + 1, lines[below].strip(" >\t")


def _label(line: str) -> tuple[str, str] | None:
    match = _LABEL.match(line[:400])
    if not match:
        return None
    words = match[1].casefold()
    kind = _KINDS.get(words.replace(" ", "")) or _KINDS.get(words.split(" ")[0])
    return (kind, match[2].strip()) if kind and len(words.split()) <= 3 else None


def _header_facts(fields: dict[str, str], sender: str) -> Facts:
    subject = subject_without_tags(fields.get("subject", ""))
    return Facts.of(
        "forwarded mail's header",
        headline=subject,
        outlet=_outlet(fields.get("from", ""), sender),
        published=grammar.parse_date(fields.get("date", "")),
    )


def _outlet(stated: str, sender: str) -> str | None:
    """Who sent the forwarded mail; unknown for a colleague: one of the same name or house."""
    name, address = parseaddr(sender)
    house = address.rpartition("@")[2].lower()
    bare = _ADDRESS.sub("", _BEHALF.sub("", stated.strip("*_ "))).strip("'\"„“”*_ ")
    own = house and f"@{house}" in stated.lower()
    if own or not bare or "@" in bare or bare.casefold() == name.casefold():
        return None
    return str(tidy_field(bare))


def _unquote(lines: list[str]) -> str:
    """Without the ">" that some programs put before each line."""
    full = [line for line in lines if line.strip()]
    quoted = sum(line.startswith(">") for line in full)
    if quoted < 0.5 * len(full):
        return "\n".join(lines)
    return "\n".join(_QUOTED.sub("", line) for line in lines)
