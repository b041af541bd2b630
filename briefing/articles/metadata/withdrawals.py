"""Tell from how a text begins whether it takes an earlier report back, or takes its place."""

from __future__ import annotations

import re

WITHDRAWS = "withdraws a report"
REPLACES = "replaces a report"
BEGINNING = 400  # characters in which a notice says what it is
SHORT = 200  # words of a notice; a longer text that asks not to use something is a report

_END = r"(?=\s*(?:[:.!/|(\[–—-]|$))"
_REPLACES = re.compile(
    rf"^\W*(?:ANNULE\s+ET\s+REMPLACE|ANULA\s+Y\s+(?:SUSTITUYE|REEMPLAZA)|ANNULLA\s+E\s+SOSTITUISCE"
    rf"|ANULA\s+E\s+SUBSTITUI|ERSETZT\s+(?:DIE\s+)?MELDUNG|REPLACES\s+(?:EARLIER|PREVIOUS)\b|WRITETHRU{_END})",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL = re.compile(  # in capitals, alone or before a colon: "Kill the bill" is no label
    rf"^\W*(?:(?:MANDATORY|BULLETIN|URGENT|STORY|PHOTO|ADVISORY|EILT|ACHTUNG)[\s:,–—-]+)*"
    rf"(?:KILL(?:S|ED)?|WITHDRAWN|WITHDRAWAL|RETRACTED|RETRACTION|ZURÜCKGEZOGEN|ZURÜCKZIEHUNG|ANNULLIERT"
    rf"|ANNULL?(?:É|E)E?|ANNULATION|ANULAD[AO]|ANULACI(?:Ó|O)N|RETIRAD[AO]|ANNULLAMENTO|INGETROKKEN){_END}",
    re.MULTILINE,
)
_NAMED = re.compile(
    r"^\W*(?:(?:mandatory\s+)?(?:story\s+)?kill\s+(?:notice|advisory|order)|(?:notice|advisory)\s+of\s+withdrawal"
    r"|withdrawal\s+notice|meldung\s+(?:wird\s+|ist\s+)?zurückgezogen|rückzug\s+(?:der|einer)\s+meldung"
    r"|(?:nota|aviso)\s+de\s+anulación|avis\s+d['’]annulation|withdrawn\s*:|retraction\s*:)",
    re.IGNORECASE | re.MULTILINE,
)
_BAN = (
    r"(?:bitte\s+(?:\w+\s+){0,8}?nicht\s+(?:mehr\s+|weiter\s*)?(?:verwende|veröffentliche|benutze|verbreite)n"
    r"|please\s+(?:kill|withdraw|disregard|do\s+not\s+(?:use|publish))"
    r"|(?:merci|prière)\s+de\s+ne\s+(?:pas|plus)\s+(?:l['’]\s*)?(?:utiliser|publier|diffuser|reprendre)"
    r"|(?:rogamos|por\s+favor,?|se\s+ruega)\s+no\s+(?:utili[cz]|publi|usar|difund)\w*"
    r"|si\s+prega\s+di\s+non\s+(?:utilizzare|pubblicare))"
)
_REPORT = (
    r"\b(?:meldung|bericht|beitrag|nachricht|text|story|item|article|report|dispatch|editors?|redaktionen?"
    r"|dépêche|article|texte|noticia|nota|texto|despacho|información|notizia|lancio)\b"
)
_ASKED = re.compile(
    rf"{_BAN}\W+(?:\w+\W+){{0,3}}?{_REPORT}|{_REPORT}\W+(?:\w+\W+){{0,12}}?{_BAN}|^\W*{_BAN}\W*(?:$|:)",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS = frozenset(["canceled", "cancelled", "withdrawn", "killed", "retracted", "withheld"])


def remark(headline: str | None, text: str) -> str | None:
    """`WITHDRAWS` or `REPLACES`; None for a text that does neither."""
    beginning = f"{headline or ''}\n{text[:BEGINNING]}"
    if _REPLACES.search(beginning):
        return REPLACES
    if len(text.split(None, SHORT + 1)) > SHORT:
        return None
    return WITHDRAWS if any(sign.search(beginning) for sign in (_LABEL, _NAMED, _ASKED)) else None


def of_status(value: object) -> tuple[str, ...]:
    """The remark for a record that states a status (`pubstatus` of ninjs and NewsML-G2)."""
    return (
        (WITHDRAWS,)
        if isinstance(value, str) and value.lower().rpartition(":")[2] in _STATUS
        else ()
    )
