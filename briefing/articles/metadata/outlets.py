"""A piece of a line, an address or a copyright notice in; the name of the outlet it states out, or
None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.articles import urls, word_lists

_ROLE = re.compile(
    r"(?i)[,\s]+(?:staff(?: writer| "
    r"reporter)?|reporters?|correspondents?|newsroom|news "
    r"?desk|editors?|writers?|team|"
    r"online (?:desk|team)|contributors?|redaktion)$"
)
_FROM = re.compile(r"^(?:From|Source:|Aus|Quelle:)\s+(?=[A-Z])")
_NAMED = re.compile(r"[\w'’&.-]+")
_NO_NAME = re.compile(r"[.!?:;]$|\d{3}|\bBy\b|[|›>·•]|[a-z]{2}[A-Z][a-z]{3}")
# Buttons of newsletters, of which some hold a word that outlets are called by.
_NO_OUTLET = re.compile(
    r"(?i)unsubscribe|subscribe|\bread (?:online|in)\b|\bsign (?:up|in)\b|\b(?:view|open) (?:in|online)"
    r"|online (?:lesen|ansehen)|im browser|abbestell|abmelden|désabonn|désinscri|lire en ligne"
    r"|darse de baja|ver en l|cancelar|disiscri|leggi online|afmelden|time of request|date and time"
)
_ENDING = re.compile(r"\.\w+$")
_SMALL = frozenset(["of", "and", "the", "for", "de", "la", "le", "el", "der", "die", "das"])
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|[Cc]opyright)\s*(?:\(c\)|©)?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?:by\s+)?([^.|•·\n©\d]{2,60})"
)


def outlet_name(text: str) -> str | None:
    """The outlet that `text` names and nothing else: capitalised words with at least one that
    outlets are called by.
    """
    stripped = text.strip(" -–—|•·,:()[]\t\xa0")
    if not any(map(_is_outlet_word, _NAMED.findall(stripped))):
        return None
    bare = _ROLE.sub("", _FROM.sub("", stripped))
    words = _NAMED.findall(bare)
    if not 1 <= len(words) <= 6 or _NO_NAME.search(bare) or _NO_OUTLET.search(bare):
        return None
    if any(word[0].islower() and word not in _SMALL for word in words) or _is_section(words):
        return None
    return bare if any(map(_is_outlet_word, words)) else None


def _is_section(words: Sequence[str]) -> bool:
    """Whether all words are those that sections of a site are called by ("News & Sport")."""
    sections = word_lists.listed_words("outlets", "sections")
    plain = (word.lower().strip(".'’") for word in words)
    return all(word in sections or word in {"&", "and"} for word in plain)


def is_button(text: str) -> bool:
    """Whether a text is what a newsletter or a service writes on its links and fields."""
    return _NO_OUTLET.search(text) is not None


def _is_outlet_word(word: str) -> bool:
    """Whether outlets are called by a word, or by what stands before its ending (".com")."""
    plain, names = word.lower().strip(".'’"), word_lists.listed_words("outlets", "names")
    if plain in names or plain in word_lists.listed_words("outlets", "words"):
        return True
    return "." in plain and _ENDING.sub("", plain) in names


def copyright_holder(line: str) -> str | None:
    """Who a "© 2026 Lowland Post" line names."""
    match = _COPYRIGHT.search(line)
    if not match:
        return None
    holder = re.sub(
        r"(?i)[\s,]*(?:all rights.*|ltd|limited|inc|llc|gmbh|plc|and its licensors)\b.*$",
        "",
        match[1],
    ).strip(" ,-–")
    return holder if holder and holder[0].isupper() and len(holder.split()) <= 6 else None


def domain_label(address: str) -> str | None:
    """The "metro" of news@metro.co.uk or of https://www.metro.co.uk/x: the registered name without
    its ending.
    """
    host = address.rsplit("@", 1)[-1] if "@" in address else urls.url_host(address) or ""
    labels = [label for label in host.lower().split(".") if label]
    labels = labels[:-1]
    if len(labels) > 1 and labels[-1] in {"co", "com", "org", "net", "ac", "gov", "edu"}:
        labels.pop()
    return (
        labels[-1]
        if labels
        and labels[-1] not in word_lists.listed_words("outlets", "generic")
        and len(labels[-1]) > 1
        else None
    )


def find_label_spelling(label: str, text: str) -> str | None:
    """The capitalised words of a text that, run together, are a domain's label: "Halden Courier"
    for haldencourier.
    """
    wanted = re.sub(r"[^a-z0-9]", "", _fold_letters(label))
    initials = [re.escape(letter) for letter in label[:2]]
    if len(initials) < 2:
        return None
    for match in re.finditer(r"[A-ZÄÖÜ][\w'’]*(?:[ ](?:&|of|and|[A-ZÄÖÜ])[\w'’]*){0,4}", text):
        words = match[0].split(" ")
        for start in range(len(words)):
            for stop in range(len(words), start, -1):
                if re.sub(r"[^a-z0-9]", "", _fold_letters("".join(words[start:stop]))) == wanted:
                    return " ".join(words[start:stop])
    return None


def find_initials(label: str, text: str) -> str | None:
    """The outlet whose initials are a short label, as links are shortened: "Radio Vestra"
    for rv.
    """
    if not 2 <= len(label) <= 4 or not label.isalpha():
        return None
    pattern = (
        r"\b"
        + r" (?:of |the |and |& )?".join(rf"{letter.upper()}[\w'’]+" for letter in label)
        + r"\b"
    )
    found = (re.sub(r"['’]s$", "", match[0]) for match in re.finditer(pattern, text))
    return next((each for each in found if outlet_name(each)), None)


def name_from_label(label: str) -> str | None:
    """So "Lowland Post" for lowlandpost: a label that ends in a word newspapers are called by
    spells out a name.

    A label of one word ("metro") could be anyone's.
    """
    for word in sorted(
        word_lists.listed_words("outlets", "words"), key=lambda each: (-len(each), each)
    ):
        front = label[: -len(word)].strip("-")
        if label.endswith(word) and len(word) > 3 and len(front) > 3 and front.isalpha():
            return (
                f"The {front[3:].title()} {word.title()}"
                if front.startswith("the") and len(front) > 6
                else f"{front.title()} {word.title()}"
            )
    return None


def restore_case(name: str, text: str) -> str:
    """A name in capitals as the document spells it elsewhere, else with capital initials; acronyms
    stay.
    """
    if not name.isupper() or " " not in name:
        return name
    for match in re.finditer(re.escape(name), text, re.IGNORECASE):
        if not match[0].isupper():
            return match[0]
    return name.title()


def _fold_letters(text: str) -> str:
    from anyascii import anyascii

    return anyascii(text).lower()
