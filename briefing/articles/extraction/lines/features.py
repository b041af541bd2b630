"""The lines of a page in, the traits of each out: what it looks like, what stands around it and
where on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain

from briefing.articles.lines import Line

Trait = tuple[str, int | str]  # a family of which a line has at most one, and which of it
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_CONTENT = re.compile(r"[^\W\d_]{5,}")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d+ (?:min|hour|day|week|month|year)s? ago\b|\b\d{1,2}:\d\d\b"
)
_READER = frozenset(
    [
        "you",
        "your",
        "yours",
        "You",
        "Your",
        "YOU",
        "YOUR",
        "du",
        "Du",
        "Ihr",
        "Ihre",
        "vous",
        "votre",
        "Vous",
        "Votre",
    ]
)
_SELF = frozenset(["I", "my", "me", "My", "Me", "ich", "Ich", "je", "Je"])
_QUOTES = frozenset("\"“‘'«„")
_ENDS = frozenset('.?!:…)”",;')
_FIGURES = (0.03, 0.1)  # shares of figures in a line that part few from many
_READ = 2_000  # characters of a line that are looked at
_SIZES = [
    0,
    1,
    2,
    *[4] * 2,
    *[7] * 3,
    *[11] * 4,
    *[19] * 8,
    *[39] * 20,
    *[79] * 40,
]  # up to how many words
_KINDS = {
    "cookie banner": "account",
    "contact": "account",
    "load more": "promotion",
    "advertisement": "promotion",
}
_MARKERS = ("comments", "promotion", "copyright", "account")
_AROUND = (
    ("above 1", -1, 0),
    ("above 2", -2, -1),
    ("above 6", -8, -2),
    ("above 20", -28, -8),
    ("below 1", 1, 2),
    ("below 2", 2, 3),
    ("below 6", 3, 9),
    ("below 20", 9, 29),
)
_FAR = 29  # lines that the widest of them reaches
BEGUN = 100  # words of text after which a heading over comments says that the article is over


def line_traits(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[list[Trait]]:
    """Of each line, in order; `reasons` say why a line is furniture, None where nothing says so.
    Cost: 25 us a line.
    """
    text = [
        line.words if reason is None and line.prose else 0
        for line, reason in zip(lines, reasons, strict=True)
    ]
    beside = _date_traits(lines)
    around, shared, marked = (
        _surrounding_traits(text),
        _vocabulary_traits(lines, text),
        _marker_traits(reasons, text),
    )
    return [
        [*_own_traits(line, reason), *around[i], *shared[i], *marked[i], *beside[i]]
        for i, (line, reason) in enumerate(zip(lines, reasons, strict=True))
    ]


def _date_traits(lines: Sequence[Line]) -> list[list[Trait]]:
    """Whether a short line with a date stands above or below each line."""
    found: list[list[Trait]] = [[] for _ in lines]
    for i, line in enumerate(lines):
        if line.words <= 12 and _DATE.search(line.text):
            if i + 1 < len(lines):
                found[i + 1].append(("date above", 1))
            if i:
                found[i - 1].append(("date below", 1))
    return found


def _own_traits(line: Line, reason: str | None) -> list[Trait]:
    words, read = _size_class(line.words), line.text[:_READ]
    kind = _KINDS.get(reason, reason) if reason else "none"
    found: list[Trait] = [
        ("kind", kind),
        ("words", words),
        ("first", _first_letter_class(read[0])),
        ("last", _last_letter_class(read[-1])),
    ]
    if line.ended:
        found.append(("ended", words))
    if line.prose:
        found.append(("prose", "text" if reason is None else "furniture"))
    if line.title_like:
        found.append(("title", 1))
    found += _letter_traits(read, words)
    if "..." in read or "…" in read:
        found.append(("dots", 1))
    return found


def _letter_traits(read: str, size: int) -> list[Trait]:
    words = _WORD.findall(read)
    count = len(words)
    figures = len(_DIGIT.findall(read)) / len(read)
    found: list[Trait] = [("figures", 1 + bisect_right(_FIGURES, figures) if figures else 0)]
    if figures and _DATE.search(read):
        found.append(("date", min(size, 39)))
    if not _READER.isdisjoint(words):
        found.append(("reader", 1))
    if not _SELF.isdisjoint(words):
        found.append(("self", 1))
    if commas := read.count(","):
        found.append(("commas", min(3, commas)))
    if count >= 3:
        found += _case_traits(words)
    return found


def _case_traits(words: Sequence[str]) -> list[Trait]:
    capitals = sum([1 for word in words if word[0].isupper()])
    small = sum([1 for word in words if len(word) <= 3 and word[0].islower()])
    return [
        ("capitals", min(9, capitals * 10 // len(words))),
        ("small words", min(6, small * 10 // len(words))),
    ]


def _size_class(words: int) -> int:
    return _SIZES[words] if words < len(_SIZES) else 99


def _first_letter_class(letter: str) -> str:
    if letter.isalpha():
        return "lower" if letter.islower() else "upper"
    return "digit" if letter.isdigit() else "quote" if letter in _QUOTES else "other"


def _last_letter_class(letter: str) -> str:
    return letter if letter in _ENDS else "digit" if letter.isdigit() else "other"


def _surrounding_traits(text: Sequence[int]) -> list[tuple[Trait, ...]]:
    """How much running text stands above and below each line, near and far; `text` has its words, 0
    for the others.
    """
    above = list(accumulate(text, initial=0))
    total, most = above[-1] or 1, len(text)
    padded = [0] * _FAR + above + [above[-1]] * _FAR
    columns = [
        [
            (name, min(9, (padded[i + stop] - padded[i + start] + 1).bit_length() - 1))
            for i in range(_FAR, _FAR + most)
        ]
        for name, start, stop in _AROUND
    ]
    columns.append([("told", 5 * words // total) for words in above[:-1]])
    columns.append([("told words", _count_doublings(words)) for words in above[:-1]])
    columns.append([("left words", _count_doublings(max(total - words, 0))) for words in above[1:]])
    columns.append([("since text", steps) for steps in _steps_since_text(text)])
    columns.append([("to text", steps) for steps in reversed(_steps_since_text(text[::-1]))])
    return list(zip(*columns, strict=True))


def _count_doublings(words: int) -> int:
    return min(9, (words // 10 + 1).bit_length() - 1)


def _steps_since_text(text: Sequence[int]) -> list[int]:
    """Lines since the last line of text before each; 9 for many."""
    found, gap = [], 99
    for words in text:
        found.append(gap if gap < 7 else 9)
        gap = 1 if words else gap + 1
    return found


def _vocabulary_traits(lines: Sequence[Line], text: Sequence[int]) -> list[list[Trait]]:
    """How much of each line's vocabulary the page's running text has too, and whether the line
    stands twice.
    """
    vocabulary = [set(_CONTENT.findall(line.text[:_READ].lower())) for line in lines]
    said = Counter(
        chain.from_iterable(words for words, own in zip(vocabulary, text, strict=True) if own)
    )
    times = Counter(line.text for line in lines)
    found: list[list[Trait]] = []
    for line, words, own in zip(lines, vocabulary, text, strict=True):
        its: list[Trait] = [("repeated", 1)] if times[line.text] > 1 else []
        if len(words) >= 3:
            once, often = (1, 3) if own else (0, 2)
            its += _share_traits([said[word] for word in words], once, often)
        found.append(its)
    return found


def _share_traits(counts: Sequence[int], once: int, often: int) -> list[Trait]:
    return [
        ("shared", 5 * sum([1 for count in counts if count > once]) // len(counts)),
        ("often", 5 * sum([1 for count in counts if count > often]) // len(counts)),
    ]


def _marker_traits(reasons: Sequence[str | None], text: Sequence[int]) -> list[list[Trait]]:
    """What stood above each line that ends articles: near it, and at all once the text had
    begun.
    """
    last: dict[str, int] = {}
    seen: Counter[str] = Counter()
    found: list[list[Trait]] = []
    told = 0
    for i, (reason, words) in enumerate(zip(reasons, text, strict=True)):
        its: list[Trait] = [
            (f"after {marker}", _gap_class(i - place)) for marker, place in last.items()
        ]
        its += [("over", marker) for marker in ("comments", "copyright") if seen[marker]]
        its.append(("promotions", min(5, seen["promotion"])))
        found.append(its)
        kind = _KINDS.get(reason, reason) if reason else None
        if kind in _MARKERS:
            last[kind] = i
            seen[kind] += told >= BEGUN
        told += words
    return found


def _gap_class(lines: int) -> int:
    return 1 if lines == 1 else 4 if lines <= 4 else 12 if lines <= 12 else 99
