"""A question that may be put again to its answer: a server that is busy or hangs up is asked again,
with pauses.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
Sleep = Callable[[float], None]

PAUSES = (
    0.2,
    0.4,
    0.8,
    1.6,
)  # seconds before each further try: 3 in all; a server's own race is over in milliseconds
BUSY = frozenset(
    {408, 423, 425, 429, 500, 502, 503, 504}
)  # answers of HTTP that may be others a moment later


def ask_with_retry(
    ask: Callable[[], Answer],
    *,
    again: Callable[[Answer], bool],
    broken: tuple[type[Exception], ...] = (),
    sleep: Sleep = time.sleep,
) -> Answer:
    """The first answer that is not to be asked for `again`, or the last one, whatever it is.

    What is asked must be safe to repeat. An exception in `broken` counts as no answer; that of the
    last try is raised.
    """
    for pause in PAUSES:
        try:
            answer = ask()
        except broken:
            sleep(pause)
            continue
        if not again(answer):
            return answer
        sleep(pause)
    return ask()
