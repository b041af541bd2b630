"""What the steps of one run share: the archive, the settings, the time, and the report they
fill.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from briefing.config import Config
from briefing.service.report import Report


@dataclass(frozen=True, slots=True)
class Run:
    """`db` is a durable connection, and whoever has this holds the profile's lock."""

    db: sqlite3.Connection
    config: Config
    clock: Callable[[], datetime]
    report: Report
