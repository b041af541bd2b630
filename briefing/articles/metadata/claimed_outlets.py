"""Decide whose a fetched document is: an outlet's where its address bears that out, else its
source's.

A page can say that it is any newspaper's, and five pages of one site that they are five
newspapers'. Of documents that were not fetched (files, mails) no address is known, and what they
state stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.articles import urls
from briefing.articles.drafts import Facts
from briefing.articles.metadata.outlets import _fold_letters, domain_label
from briefing.model import Document

_FETCHED = frozenset(["feed", "pages"])  # kinds of sources
# of a document that is an entry as its feed gives it: the words are the feed's
_ENTRY = "application/feed+json"
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"}
)
_SMALL = frozenset("the of and for de la le les el der die das du des y et und".split())  # noqa: SIM905  a list to read
_BESIDE = re.compile(r"(?:news|online|media|tv|radio|live|today|daily|press|world|group|mag|net)$")


def _is_channel_title(facts: Facts, document: Document) -> bool:
    from_feed = facts.found.get("outlet") == "feed"
    return from_feed or facts.outlet == document.stated.get("feed_title")


def attributed(facts: Facts, document: Document) -> tuple[Facts, tuple[str, ...]]:
    """The facts with the outlet that the document's address bears out, and a remark where it claims
    another.

    The desk's name for a source stands for all that comes from its own site and is nobody's whom
    that address spells; what it links to elsewhere is whose address that is.
    """
    source = document.source
    site = _site(source.location) if source and source.kind in _FETCHED else None
    if source is None or not site:
        return facts, ()
    where = _site(document.origin) if document.media_type != _ENTRY else site
    is_own = where is None or _is_same_site(where, site)
    claimed = facts.outlet
    if claimed and bears_out(where or site, claimed):
        return facts, ()
    if is_own and source.name:
        return _given(facts, source.name, "the desk's name for it")
    if claimed is None or (is_own and _is_channel_title(facts, document)):
        return facts, ()
    return _given(facts, _bare(where or site), "its address")


def _given(facts: Facts, outlet: str, how: str) -> tuple[Facts, tuple[str, ...]]:
    is_other = facts.outlet is not None and _fold_letters(facts.outlet) != _fold_letters(outlet)
    remarks = (f"names {facts.outlet} as its outlet",) if is_other else ()
    return facts.without("outlet") | Facts.of(how, outlet=outlet), remarks


def bears_out(host: str, name: str) -> bool:
    """Whether a host can be that of an outlet: its label is written of the first letters of the
    name's words.

    >>> [bears_out(*one) for one in (("www.nytimes.com", "The New York Times"), ("apnews.com", "Associated Press"))]
    [True, True]
    >>> bears_out("evil.example", "Reuters")
    False
    """
    if f".{host}".endswith(f".{name.lower()}") and "." in name:
        return True
    label = re.sub(r"[^a-z0-9]", "", _fold_letters(domain_label(f"https://{host}/") or ""))
    labels = {
        label,
        label.removeprefix("the"),
        _BESIDE.sub("", label),
        _BESIDE.sub("", label.removeprefix("the")),
    }
    return any(
        _is_written_of(one, words)
        for one in labels
        if len(one) > 1
        for words in (
            _words(_fold_letters(name)),
            _words(_fold_letters(name.lower().translate(_UMLAUTS))),
        )
    )


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", name))


def _is_written_of(label: str, words: Sequence[str]) -> bool:
    """Whether a label is beginnings of all words in their order, or whole words from the
    first on.
    """
    bare = [word for word in words if word not in _SMALL]
    starts = {"".join(given[:stop]) for given in (words, bare) for stop in range(1, len(given) + 1)}
    return label in starts or any(
        _is_of_beginnings(label, given) for given in (words, bare) if len(given) > 1
    )


def _is_of_beginnings(label: str, words: Sequence[str]) -> bool:
    """Whether a label can be divided into a beginning of each word."""
    if not words:
        return not label
    most = next(
        (n for n, (one, other) in enumerate(zip(label, words[0], strict=False)) if one != other),
        None,
    )
    longest = min(len(label), len(words[0])) if most is None else most
    return any(_is_of_beginnings(label[length:], words[1:]) for length in range(longest, 0, -1))


def _site(address: str) -> str | None:
    return urls.url_host(address) if address.startswith(("http://", "https://")) else None


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _is_same_site(one: str, other: str) -> bool:
    """Whether two hosts are one, or one registered name's."""
    if _bare(one) == _bare(other):
        return True
    registered = ("." + ".".join(_bare(host).split(".")[-2:]) for host in (one, other))
    same = len(set(registered)) == 1
    return same and domain_label(f"https://{one}/") == domain_label(f"https://{other}/") is not None
