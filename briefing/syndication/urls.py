"""An address as a feed writes it to an absolute one of the web, or none."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def web_address(text: object, base: str | None = None) -> str | None:
    """`text` as http(s) address; None for every other scheme (javascript:, data:), and for what is
    no address.
    """
    if not isinstance(text, str) or not text.strip() or len(text) > 4096:
        return None
    try:
        whole = urljoin(base, text.strip()) if base else text.strip()
        parts = urlsplit(whole)
        host = parts.hostname
    except ValueError:
        return None
    well = (
        parts.scheme in {"http", "https"}
        and host
        and not any(letter.isspace() or letter < " " for letter in whole)
    )
    return whole if well else None
