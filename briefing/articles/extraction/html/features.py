"""The blocks of a page in, a table of numbers out: one row a block, one column a feature,
by name.
"""

from __future__ import annotations

import re
import string
from collections import Counter

import numpy as np

from briefing.articles.extraction.html import density_features, text_features
from briefing.articles.extraction.html.blocks import Block, Page, title_key
from briefing.articles.extraction.html.position_features import Column, Columns, position_columns
from briefing.language.counting import count_words

LONG = 20  # words: too long for a heading or a menu, whatever it ends in
SENTENCE = 8  # words of a closed sentence
LONGEST_TITLE = 250  # characters
_ENDS = frozenset(".!?…。！？")
_CLOSERS = "\"'”’»“)]」』）"
_ALPHABET = string.ascii_letters.encode()
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|"
    r"\d+ (?:hour|day|min|minute)s? ago"
)


def feature_table(page: Page) -> Columns:
    """Every feature by name; all numbers are exact fractions of counts, the same on every
    machine.
    """
    lines = _line_columns(page)
    return lines | position_columns(page, lines) | density_features.density_columns(page, lines)


# What a block is by itself.


def _line_columns(page: Page) -> Columns:
    texts = [block.text for block in page.blocks]
    times = Counter(texts)
    openings = _lowercase_openings(texts)
    rows = [_line_features(block, low) for block, low in zip(page.blocks, openings, strict=True)]
    columns = dict(zip(_NAMES, np.array(rows, dtype=np.float64).T, strict=True))
    columns["times"] = np.array([min(times[text], 4) for text in texts], dtype=np.float64)
    columns["titled"] = np.array(_title_flags(texts, page.titles), dtype=np.float64)
    levels = [_LEVELS.get(node.tag, 0) for node in page.nodes]
    heads = [levels[block.node] for block in page.blocks]
    columns["level"] = np.array(heads, dtype=np.float64)
    said = text_features.cue_bits(openings)
    return (
        columns
        | _cue_columns(said, "says")
        | _heading_columns(page, heads, columns["titled"], said)
    )


def _lowercase_openings(texts: list[str]) -> list[str]:
    """In lower case; no block holds a line break."""
    return "\n".join([text[: text_features.OPENING] for text in texts]).lower().split("\n")


def _title_flags(texts: list[str], titles: frozenset[str]) -> list[bool]:
    """Whether a text is a title of its page; only one that holds the longest word of a title may be
    one.
    """
    held = {max(title.split(), key=lambda word: (len(word), word)) for title in titles}
    return [
        len(text) < LONGEST_TITLE
        and any(map(text.casefold().__contains__, held))
        and title_key(text) in titles
        for text in texts
    ]


_NAMES = ("words", "chars", "linked", "bold", "links", "closed", "prose", "stops", "commas", "bars", "letters",
          "capitals", "small start", "digit start", "quote start", "colon end", "question end", "dots end", "dated",
          "mail", "web", "money", "digits", "broken")  # fmt: skip


def _line_features(block: Block, low: str) -> tuple[float, ...]:
    text, size = block.text, len(block.text)
    words = text.split()
    count, first, last, figures = count_words(text), text[0], text[-1], _count_digits(low)
    closed = text.rstrip(_CLOSERS)[-1:] in _ENDS
    linked = block.linked / size
    prose = count if ((closed and count >= SENTENCE) or count >= LONG) and linked < 0.5 else 0
    start = words[:15]
    return (
        count, size, linked, block.bold / size, block.links, closed, prose,
        text.count(". ") + text.count("! ") + text.count("? "), text.count(","),
        text.count("|") + text.count("·") + text.count("•"), _count_letters(text[:80]) / min(80, size),
        sum([word[0].isupper() for word in start]) / len(start), first.islower(), first.isdigit(), first in "\"“'‘«",
        last == ":", last == "?", last == "…" or text.endswith("..."), figures and _DATED.search(low) is not None,
        "@" in low, "http" in low or "www." in low, "$" in low or "€" in low or "£" in low, figures / len(low),
        block.broken,
    )  # fmt: skip


def _count_letters(text: str) -> int:
    if text.isascii():  # ten times as fast
        return len(text) - len(text.encode().translate(None, _ALPHABET))
    return sum(map(str.isalpha, text))


def _count_digits(text: str) -> int:
    if text.isascii():
        return len(text) - len(text.encode().translate(None, b"0123456789"))
    return sum(map(str.isdigit, text))


def _cue_columns(bits: list[int], name: str) -> Columns:
    values = np.array(bits)
    return {
        f"{name} {kind}": (values >> i & 1).astype(np.float64)
        for i, kind in enumerate(text_features.KINDS)
    }


def _heading_columns(page: Page, heads: list[int], titled: Column, said: list[int]) -> Columns:
    """Of the heading that stands above each block: its level, how far above, and what its words
    speak of.
    """
    rows, words = [], []
    level, since, since_title, asked, bits = 9, 0, -1, False, 0
    for i, block in enumerate(page.blocks):
        opens = heads[i] == 1 or bool(titled[i])
        since_title = 0 if opens else since_title + (since_title >= 0)
        rows.append((level, min(since, 40), min(since_title, 100), asked))
        words.append(bits)
        since += 1
        if heads[i] or opens or (block.bold > 0.9 * len(block.text) and len(block.text) < 80):
            level, since, asked, bits = heads[i] or 7, 0, block.text[-1] == "?", said[i]
    names = ("heading level", "since heading", "since title", "heading asks")
    return dict(zip(names, np.array(rows, dtype=np.float64).T, strict=True)) | _cue_columns(
        words, "heading says"
    )
