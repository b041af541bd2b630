"""Addresses to bytes: one careful HTTP client for everything that is fetched."""

from __future__ import annotations

from briefing.sources.faults import FetchError
from briefing.sources.web.answers import Answer
from briefing.sources.web.client import Client
from briefing.sources.web.limits import Limits

__all__ = ["Answer", "Client", "FetchError", "Limits"]
