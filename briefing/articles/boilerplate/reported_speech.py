"""A sentence that looks like furniture in, what speaks for its being a report out: a false cut is
worse than a rest.

Words alone prove nothing: reports tell of cookies, newsletters and apps as well. Furniture speaks
to its reader and of its own site; reports say who said a thing, and what happened to others.
"""

from __future__ import annotations

import re

LEAST = 5  # words of a sentence that may be reported; "Recommended" and "Read more." are none

_SAYING = (
    r"(?:said|says|(?<!your "
    r")say|tells|told|warn(?:s|ed)|writes|wrote|argue[sd]?|claim(?:s|ed)|insist(?:s|ed)"
    r"|shout(?:s|ed)|explain(?:s|ed)|replie[sd]|admit(?:s|ted)|ruled|promise[sd]|recall(?:s|ed)|urge[sd]|predict(?:s|ed)"
    r"|announce[sd]|testif(?:ies|ied)|conclude[sd]|reported|declare[sd]|joke[sd]|sagte[n]?|teilte[n]? "
    r"mit"
    r"|erklärte[n]?|a (?:dit|déclaré|indiqué|affirmé|expliqué)|dijo|afirmó|explicó|señaló|aseguró)"
)
# Only behind a comma or a quotation: "…, the inquiry found."
_ENDING = (
    r"(?:asked|found|finds|shows|showed|suggests|suggested|heard|ha[sd] "
    r"written|demand(?:s|ed)|advise[sd]|agree[sd])"
)
_ATTRIBUTED = re.compile(
    rf"(?:,|[”\"’'»])\s+(?!you\b|we\b|which\b)(?:[^,;.:!?]{{0,80}}\s)?(?:{_SAYING}|{_ENDING})\b"
    rf"|^(?!you\b|we\b|our\b|your\b|please\b)[^,;.:!?“\"]{{3,80}}\s{_SAYING}\b(?!\s+(?:in|at|to) "
    r"(?:the )?comments?)"
    r"|\baccording to (?!our\b|your\b)|\blaut (?!unser)|\bselon |\bsegún ",
    re.IGNORECASE,
)
_TO_ITS_READER = re.compile(
    r"(?i)\b(?:you(?:['’](?:re|ve|ll|d))?|your|yours|we(?:['’](?:re|ve|ll))?|our|ours|please|here|below"
    r"|dein\w*|ihre?n?|sie|euch|unser\w*|wir|vous|votre|vos|nous|notre|nos|su|sus|tu|nuestr\w+|usted|ici|hier|aquí)\b"
    r"|\bthis "
    r"(?:article|story|page|site|website|content|video|newsletter|email|e-mail|material|link|post|blog)\b"
    r"|\b(?:follow|like|join|find) us on\b"
)
_ASKING = re.compile(
    r"(?i)^[^\w]*(?:sign "
    r"up|subscribe|download|follow|click|tap|get|join|try|enter|read|watch|listen|see|find"
    r"|discover|explore|visit|check|support|become|start|cancel|unlock|manage|accept|log "
    r"in|share|enable|receive"
    r"|be|have|want|need|love|looking|like|interested|email|e-mail|call|text|send|write|tell|contact|do|abonn\w+|jetzt"
    r"|register (?:now|here|for|to|today|with|free)"
    r"|to "
    r"(?:read|see|view|listen|watch|subscribe|get|continue|keep)|recevez|inscri\w+|suscríb\w+)\b"
)
_LINKED = re.compile(
    r"(?i)^(?:also |must |up |read |see |watch |listen |full |in "
    r")?(?:more|read|see|watch|also|next|related|miss|listen"
    r"|story|video|trending|recommended|coverage|mehr|aussi|lire|lesen|auch|leer|también|interesar"
    r"|don['’]t miss)\b[^:|>»→]{0,24}\s?[:|>»→]"
)
_BIO = re.compile(
    r"^(?:[A-ZÄÖÜÅØ][\w'’.-]+ ){1,4}(?:is|are|covers|writes|reports|joined|has "
    r"(?:been|covered|reported|written"
    r"|worked)) "
    r"[^.]*\b(?:reporter|correspondent|editor|columnist|journalist|writer|author|producer|contributor"
    r"|photographer|columns?|bureau|beat|(?:covers|covering) [a-z])\b",
)
_STARTED = re.compile(r"^[^:]{1,24}:\s+[a-zäöüß]")
_WORD = re.compile(r"\w[\w'’-]*")


def is_reported(sentence: str) -> bool:
    """Whether it says who said it, as no button and no banner does; a label ("MORE: …") stands
    before any headline.
    """
    if len(_WORD.findall(sentence[:200])) < LEAST or _LINKED.match(sentence):
        return False
    return _ATTRIBUTED.search(sentence[:600]) is not None


def is_about_author(line: str) -> bool:
    """Whether a line says who wrote the text, as the last of an article may: "Nora Feld is the
    science editor of …".
    """
    return _BIO.match(line[:400]) is not None and not is_reported(line)


def has_lowercase_after_label(line: str) -> bool:
    """Whether a sentence goes on behind a label in small letters, as no headline and no
    list does.
    """
    return _STARTED.match(line) is not None


def has_link_label(sentence: str) -> bool:
    """Whether a label stands before it, as before the headline of another article."""
    return _LINKED.match(sentence) is not None


def is_addressed_to_reader(sentence: str) -> bool:
    """Whether it speaks to its reader, of its own site, or asks for something at once."""
    return bool(_TO_ITS_READER.search(sentence) or _ASKING.match(sentence))
