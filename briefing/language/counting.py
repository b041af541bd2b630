"""Count the words of a text, also of scripts that write them without spaces between.

In Chinese, Japanese, Thai, Lao, Khmer and Burmese two characters count as one word: a word of the
news has 1.5 to 2.5 of them. Korean, Hindi, Arabic, Hebrew and Persian have spaces, as English has.
"""

from __future__ import annotations

import re

CHARACTERS = 2  # of a script without spaces, for one word
UNSPACED = re.compile(
    r"[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[\U00020000-\U0003ffff]"
)
_FULL_MARKS = re.compile(r"[\u3001-\u3003\u3008-\u301f\uff01-\uff0f\uff1a-\uff20\u201c\u201d]")


def count_words(text: str) -> int:
    """The number of words.

    >>> [count_words(each) for each in ("Dockers strike at Halden", "港口委员会批准购买新吊车")]
    [4, 6]
    """
    if text.isascii() or not (found := len(UNSPACED.findall(text))):
        return len(text.split())
    others = _FULL_MARKS.sub(" ", UNSPACED.sub(" ", text)).split()
    return -(-found // CHARACTERS) + sum(any(map(str.isalnum, each)) for each in others)
