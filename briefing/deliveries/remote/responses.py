"""A request to its answer, which may be no larger than a file of an edition ever is, whatever a
server sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError

if TYPE_CHECKING:
    import httpx

LARGEST = 256_000_000  # bytes, unpacked; a pack of 2,000 pages has 30 million


def send_request(
    client: httpx.Client, method: str, url: str, *, most: int = LARGEST, **more: Any
) -> httpx.Response:
    """Its status and its bytes; nothing else of it is of use here. Raises BriefingError for one
    that is too large.
    """
    import httpx

    chunks, size = [], 0
    with client.stream(method, url, **more) as coming:
        for chunk in coming.iter_bytes():
            size += len(chunk)
            if size > most:
                raise BriefingError(
                    f"{coming.url}: the server sends more than {most / 1e6:g} MB; "
                    "nothing of it was used"
                )
            chunks.append(chunk)
        return httpx.Response(coming.status_code, content=b"".join(chunks), request=coming.request)
