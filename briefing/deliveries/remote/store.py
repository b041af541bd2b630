"""What a remote place must be able to do: a file to bytes, bytes to a new file, bytes in the place
of an old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Store(Protocol):
    """Names are relative paths with slashes. Every method raises BriefingError when the place does
    not do it.
    """

    place: str  # as the user wrote it
    whole: bool  # whether whoever reads a file while it is replaced gets the old one or the new one

    def read(self, name: str) -> bytes | None:
        """None where there is no such file."""

    def create(self, name: str, content: bytes, media_type: str) -> bool:
        """A new file; False, and nothing changed, where the name is taken."""

    def replace(self, name: str, content: bytes, media_type: str) -> None:
        """The file with these bytes, whether there is one or not."""

    def remove(self, names: Sequence[str]) -> None:
        """These files of one folder, as far as they are there; the folder too where it is left
        empty and can go.
        """
