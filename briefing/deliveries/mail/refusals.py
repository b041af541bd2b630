"""Say whom a mail system's refusal concerns: by its enhanced status code first, its words last."""

from __future__ import annotations

import re
from typing import Literal

Concern = Literal["recipient", "message", "us"]

# RFC 3463, as in "550 5.7.1 …" and "… (#5.7.1)"; an address such as 5.9.1.2 is none.
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
ACCESS = frozenset({530, 535, 538})  # answers about us, whatever they say
_COMMANDS = frozenset({500, 501, 502, 503, 504, 555})  # what we said was not understood
_NO_MAIL = frozenset({521, 556})  # a host or domain that takes no mail (RFC 7504)

_MAILBOX = frozenset(  # RFC 3463 and its registry: there is no such mailbox, domain or null MX
    {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "5.1.6", "5.1.10"}
)
_SENDER = frozenset({"5.1.7", "5.1.8", "5.4.5"})  # bad sender, bad outbound sender, our quota
_CONTENT = frozenset({"5.1.9", "5.3.4"})  # of the message, its form or its size

_ABOUT_SENDER = re.compile(
    r"sender (?:address )?(?:rejected|refused|denied|unknown|verif|invalid|not allowed)"
    r"|(?:bad|unknown|invalid|unverified|unauthori[sz]ed|banned|outbound) sender"
    r"|(?:bad|rejected) return path",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"\brelay(?:ing|ed)?\b(?! to mailbox)|rcpthosts|client host|\bhelo\b|\behlo\b|authenticat"
    r"|\bauth\b|log ?in|black ?list|block ?list|deny ?list|\bdnsbl\b|\brbl\b|spamhaus|spamcop"
    r"|barracuda|sorbs|banned|reputation|\bblocked\b"
    r"|\b(?:daily|hourly|sending|send|rate|message|recipient)s? (?:\w+ )?(?:limit|quota)"
    r"|limit exceeded|too many (?:messages|connections|recipients|emails)|\bspf\b|\bdmarc\b"
    r"|\bdkim\b|reverse dns|\bptr\b|\brdns\b|encryption|starttls|\btls\b|your (?:ip|host|server)"
    r"|not permitted to send|not allowed to send|not authori[sz]ed to send|sending ip"
    r"|suspended|account .*(?:sending|outgoing)",
    re.IGNORECASE,
)
_ABOUT_CONTENT = re.compile(
    r"\bspam\b|content|virus|malware|phish|\burl\b|attachment|message (?:size|too)"
    r"|too (?:large|big)|policy",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"mailbox (?:is )?full|over ?quota|quota (?:is )?exceed|exceed\w* .*(?:storage|quota)"
    r"|insufficient .*storage|storage allocation|(?:inbox|postfach|boîte|buz[oó]n) .*"
    r"(?:full|voll|pleine|llen[oa])",
    re.IGNORECASE,
)
# Why a mailbox is not there, in the words of Postfix, Exim, Sendmail, qmail, OpenSMTPD, Exchange,
# Dovecot, Courier, Gmail, Yahoo, GMX, T-Online, Orange, Free, Telefónica.
_NO_MAILBOX = re.compile(
    r"(?:no|not a|unknown|invalid|nonexistent|non-existent|bad) (?:such |valid |known |local )*"
    r"(?:users?|mailbox(?:es)?|recipients?|address(?:es)?|accounts?|person|destination)\b"
    r"|(?:user|mailbox|recipient|address|account|addressee)\b.{0,80}?"
    r"(?:unknown|not found|unavailable|(?:does not|doesn'?t|do not|doesnt|not) exist"
    r"|no longer|disabled|inactive|closed|not known|not recogni[sz]ed|not listed|invalid"
    r"|unrouteable|nonexistent|been deleted)"
    r"|unrouteable address|not our customer|recipnotfound|no mailbox here|no longer (?:works|with)"
    r"|(?:empfänger|empfaenger|benutzer|adresse|postfach|konto)\b.{0,60}"
    r"(?:unbekannt|existiert nicht|nicht (?:gefunden|bekannt|vorhanden|verfügbar))"
    r"|(?:unbekannter?|kein) (?:empfänger|empfaenger|benutzer|postfach)"
    r"|(?:destinataire|utilisateur|adresse|boîte|boite|compte)\b.{0,60}"
    r"(?:inconnue?|introuvable|n'existe|inexistante?|invalide)"
    r"|(?:destinatario|usuario|direcci[oó]n|buz[oó]n|cuenta)\b.{0,60}"
    r"(?:desconocid[oa]|no existe|no encontrad[oa]|inexistente|no v[aá]lid[oa])"
    r"|(?:destinatario|utente|indirizzo|casella)\b.{0,60}(?:sconosciut[oa]|inesistente|non esiste)"
    r"|(?:gebruiker|ontvanger|adres)\b.{0,60}(?:onbekend|bestaat niet)",
    re.IGNORECASE,
)


def enhanced_status(code: int, text: str) -> str:
    """The enhanced status code in an answer, of the answer's own class; empty without one.

    >>> enhanced_status(550, "5.7.1 Unable to relay"), enhanced_status(550, "[5.9.1.2] no")
    ('5.7.1', '')
    """
    found = (one[1] for one in _STATUS.finditer(text))
    return next((status for status in found if status[0] == str(code)[:1]), "")


def classify_refusal(code: int, text: str, stage: Concern) -> Concern:
    """Whom a refusal concerns that came at a `stage`: after the sender ("us"), the recipient, or
    the message.

    What is put off (4xx) keeps its stage, as greylisting says what blocklists say, unless it is in
    so many words about us.
    """
    if code in ACCESS or stage == "us":
        return "us"
    if code < 500:
        return "us" if _ABOUT_SENDER.search(text) or _names_us(text) else stage
    status = enhanced_status(code, text)
    if status:
        return _classify_status(status, text, stage)
    if code in _NO_MAIL:
        return "recipient"
    return "us" if code in _COMMANDS else _classify_words(text, stage)


def _names_us(text: str) -> bool:
    """Words for what is put off: only those that greylisting never uses."""
    return bool(
        re.search(
            r"relay access denied|relaying denied|client host rejected|authentication|"
            r"unable to relay|relay not permitted",
            text,
            re.IGNORECASE,
        )
    )


def _classify_status(status: str, text: str, stage: Concern) -> Concern:
    if status in _SENDER or _ABOUT_SENDER.search(text):
        return "us"
    if status in _CONTENT or status.startswith("5.6."):
        return "message"
    if status in _MAILBOX or status.startswith(("5.1.", "5.2.")):
        return "recipient"
    if status.startswith("5.4.") and not _ABOUT_US.search(text):
        return "recipient"
    if status.startswith(("5.0.", "5.5.")):
        return _classify_words(text, "us" if status.startswith("5.5.") else stage)
    return "message" if stage == "message" and not _ABOUT_US.search(text) else "us"


def _classify_words(text: str, stage: Concern) -> Concern:
    if _ABOUT_SENDER.search(text):
        return "us"
    if _FULL.search(text) or _NO_MAILBOX.search(text):
        return "recipient"
    if _ABOUT_US.search(text):
        return "us"
    return "message" if _ABOUT_CONTENT.search(text) and stage == "recipient" else stage


def names_dead_mailbox(code: int, text: str) -> bool:
    """Whether an answer says for good that there is no such mailbox: what alone may suppress."""
    status = enhanced_status(code, text)
    if code < 500 or code in ACCESS or _ABOUT_SENDER.search(text):
        return False
    if status and not status.startswith(("5.0.", "5.5.")):
        return status in _MAILBOX
    return code in _NO_MAIL or (bool(_NO_MAILBOX.search(text)) and not _FULL.search(text))


def answer_shape(code: int, text: str) -> str:
    """An answer without what differs from reader to reader: addresses, numbers, queue names.

    >>> answer_shape(550, "<a@b.example>: no, id 7A") == answer_shape(550, "<c@d.example>: no, id 9")
    True
    """
    plain = re.sub(r"<?[^\s<>@]+@[^\s<>]+>?|\b\w*\d\w*\b", "", text)
    return f"{code} {enhanced_status(code, text)} {' '.join(plain.split()).casefold()[:60]}"
