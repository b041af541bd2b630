"""A site's robots.txt to what may be fetched there (RFC 9309)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing.sources.faults import FetchError
from briefing.sources.web.answers import Answer

if TYPE_CHECKING:
    from protego import Protego

LONGEST_PAUSE = 10.0  # seconds; a Crawl-delay of a minute would take an hour for a front page


class Robots:
    """Asked once a site and kept for as long as this object lives. `fetch` answers a robots.txt."""

    def __init__(self, fetch: Callable[[str], Answer], agent: str) -> None:
        self._fetch = fetch
        self._agent = agent
        self._lock = threading.Lock()
        self._sites: dict[str, Protego | None] = {}

    def allows(self, url: str, site: str) -> bool:
        """Whether `url` may be fetched from `site` (scheme, host, port); never while its rules
        cannot be had.
        """
        rules = self._rules(site)
        return rules is not None and bool(rules.can_fetch(url, self._agent))

    def pause(self, site: str) -> float:
        """Seconds that the site wants between two requests, at most ten."""
        rules = self._sites.get(site)
        stated = rules.crawl_delay(self._agent) if rules else None
        return min(LONGEST_PAUSE, float(stated)) if stated else 0.0

    def _rules(self, site: str) -> Protego | None:
        with self._lock:
            if site in self._sites:
                return self._sites[site]
        rules = self._asked(site)
        with self._lock:
            return self._sites.setdefault(site, rules)

    def _asked(self, site: str) -> Protego | None:
        """No robots.txt (4xx) forbids nothing; an unreachable one (5xx, no answer) forbids
        everything.
        """
        from protego import Protego

        try:
            text = self._fetch(f"{site}/robots.txt").content.decode("utf-8", "replace")
        except FetchError as error:
            if error.status is None or error.status >= 500 or error.status == 429:
                return None
            text = ""
        return Protego.parse(text)
