"""What a desk puts around its editions, of its own accord: who sends them, where to unsubscribe, a
note to readers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """The operator's own particulars. Everything may stay empty; nothing here comes from a
    source.
    """

    sender: str = (
        ""  # `Desk <desk@example.org>`; empty: an address that can receive nothing (RFC 2606)
    )
    recipient: str = ""
    list_id: str = ""  # `briefing.example.org`
    unsubscribe: tuple[str, ...] = ()  # https and mailto addresses
    web: str = ""  # where the web edition is published
    note: str = ""  # the editor's note, in Markdown
