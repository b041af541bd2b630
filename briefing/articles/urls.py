"""A web address as found in, the same checked and without tracking out; None for anything but http
and https.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"]")
_TRACKING = re.compile(
    r"(?i)^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ns_\w+|at_\w+|cmp|cmpid|cid|ito|ref|ref_src|source|src|"
    r"xtor|wt_mc|_ga|_hsenc|_hsmi|mkt_tok|yclid|spm|smid|partner|ocid|guccounter|sh|share|amp|outputtype|rss|feature)$"
)


def clean_url(address: str | None, base: str | None = None) -> str | None:
    """Host in lower case, fragment and tracking parameters cut, the rest as it was."""
    if not address or len(address) > 2000 or _UNSAFE.search(address.strip()):
        return None
    try:
        parts = urlsplit(urljoin(base or "", address.strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(key, value) for key, value in pairs if not _TRACKING.match(key)])
    where = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (parts.scheme.lower(), where + (f":{port}" if port else ""), parts.path or "/", query, "")
    )


def url_host(address: str | None) -> str | None:
    """The host of an address, None where there is none (or it is no address at all)."""
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None
