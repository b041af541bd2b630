"""A web address in, the two letters of its country out, for dates such as 03/04/2025."""

from __future__ import annotations

from briefing.articles import urls


def address_country(address: str) -> str | None:
    """The country of a national domain; None for .com and for what is no address."""
    host = urls.url_host(address) or "" if "://" in address else ""
    ending = host.rsplit(".", 1)[-1].lower()
    if ending in {"gov", "mil", "edu"}:
        return "us"
    return (
        ending if len(ending) == 2 and ending not in {"tv", "io", "co", "me", "ai", "eu"} else None
    )
