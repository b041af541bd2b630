"""The one error a fetch may end in."""

from __future__ import annotations

from typing import Literal

from briefing.errors import BriefingError

Kind = Literal["gone", "later", "refused", "failed"]


class FetchError(BriefingError):
    """A fetch that gave nothing, as a sentence. `kind` says what the next visit should make of it:

    "gone" (410: never ask again), "later" (429, 503: not before `retry_after` seconds), "refused"
    (an address, scheme or robots.txt that forbids it), "failed" (all else: try again, less and less
    often).
    """

    def __init__(
        self,
        message: str,
        *,
        kind: Kind = "failed",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status  # of the server's answer, when there was one
        self.retry_after = retry_after

    def at(self, place: str) -> FetchError:
        """The same, its sentence beginning with where."""
        return FetchError(
            f"{place}: {self}", kind=self.kind, status=self.status, retry_after=self.retry_after
        )
