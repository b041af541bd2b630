"""A page's address and the names on it in, the outlet they agree on out: a name that the address
spells in one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing.articles import word_lists
from briefing.articles.drafts import Facts, tidy_field
from briefing.articles.metadata import outlets
from briefing.articles.metadata.headlines import SEAM

_LONGEST = 5  # words of a name
_NOTICES = 200  # texts of a page's end that are looked at for a copyright notice
_PICTURE = re.compile(r"(?i)\s+(?:logo|home|homepage|icon)\b.*")
_LOGO = (
    '(descendant::header/descendant::img | descendant::a[@href="/"]/descendant::img | '
    'descendant::img[contains(translate(@class, "LOGO", "logo"), "logo")])[position()<=6]'
)


def find_outlet(tree: Any, where: str | None) -> Facts:
    """The outlet whose name a title, a copyright notice or a logo holds and whose address spells
    it.

    None where the address is a platform's, on which everybody writes.
    """
    label = outlets.domain_label(where) if where else None
    if label is None or label in word_lists.listed_words("outlets", "platforms"):
        return Facts()
    found = (
        (how, name) for how, text in _candidate_texts(tree) if (name := _match_name(label, text))
    )
    how, name = next(found, ("", None))
    return Facts.of(how, outlet=name)


def _candidate_texts(tree: Any) -> Iterator[tuple[str, str]]:
    title = (
        tidy_field("".join(next(tree.iter("title"), tree.makeelement("title")).itertext())) or ""
    )
    pieces = SEAM.split(title)
    if len(pieces) > 1:
        yield from (("title and address", piece) for piece in reversed(pieces))
    yield from (("copyright and address", line) for line in _copyright_notices(tree))
    yield from (
        ("logo and address", alt)
        for each in tree.xpath(_LOGO)
        if (alt := tidy_field(each.get("alt")))
    )


def _copyright_notices(tree: Any) -> list[str]:
    body = tree.find(".//body")
    lines = [text for each in body.itertext() if (text := each.strip())] if body is not None else []
    return [
        line
        for line in lines[-_NOTICES:]
        if len(line) < _NOTICES and re.search(r"©|\(c\)|opyright", line)
    ]


def _match_name(label: str, text: str) -> str | None:
    """The name in a text, with the words behind it where nothing else stands there: "Spice AI" of
    spice.example.
    """
    name = (outlets.find_label_spelling(label, text) or "").rstrip(" &")
    whole = _PICTURE.sub("", text).strip(" ⋆®™")
    if (
        name
        and len(whole.split()) <= _LONGEST
        and re.match(rf"(?:The )?{re.escape(name)}(?![\w.@])", whole)
    ):
        return (
            whole
            if re.fullmatch(r"[\w'’&. -]+", whole) and not re.search(r"\d{4}|[Cc]opyright", whole)
            else name
        )
    return name or None
