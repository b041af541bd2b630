"""A run's beginning and end to those who watch: a dead man's switch, the operator's mailbox, files
for monitors.
"""

from __future__ import annotations

import http.client
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from briefing.archive.store import recipients
from briefing.config import Config
from briefing.deliveries.mail.session import Outgoing
from briefing.errors import BriefingError
from briefing.service import report
from briefing.service.distribution import mail as mailing
from briefing.service.report import Report

PING_SECONDS = 10.0


class Watchers:
    """Those told of one run. None of them can fail it: what goes wrong here becomes a note of the
    report.
    """

    def __init__(self, config: Config, told: Report) -> None:
        self._config, self._report = config, told
        self._run = uuid.uuid4()  # pairs a start with its end

    def begin(self, now: datetime) -> None:
        self._ping("/start")
        self._event("begun", now)

    def end(self, now: datetime, seconds: float, *, mail: bool) -> None:
        """`mail` when there is trouble that the operator does not know of yet."""
        self._ping(f"/{self._report.exit}")
        told = self._report
        self._event(
            "ended",
            now,
            exit=told.exit,
            seconds=round(seconds, 3),
            counts=told.counts,
            troubles=told.troubles,
        )
        self._metrics(now, seconds)
        if mail and self._config.schedule.operator:
            self._mail(now)

    def _event(self, name: str, now: datetime, **values: object) -> None:
        place = self._config.schedule.log
        if place:
            with self._noting(place):
                report.log_event(
                    Path(place),
                    name,
                    now=now,
                    profile=self._config.profile,
                    run=self._run,
                    **values,
                )

    def _metrics(self, now: datetime, seconds: float) -> None:
        place = self._config.schedule.metrics
        if place:
            with self._noting(place):
                last = report.last_success(Path(place), self._config.profile)
                report.write_metrics(
                    Path(place),
                    report.format_metrics(self._report, finished=now, seconds=seconds, last=last),
                )

    def _ping(self, path: str) -> None:
        """As healthchecks.io reads it: /start, then the exit code; the run's id pairs them."""
        place = self._config.schedule.ping
        if place:
            with self._noting(place):
                _ping_address(f"{place.rstrip('/')}{path}?rid={self._run}")

    def _mail(self, now: datetime) -> None:
        with self._noting("mail to the operator"):
            settings = self._config.mail
            head = mailing.build_letterhead(self._config)
            to = recipients.parse_recipient(self._config.schedule.operator or "").address
            session = mailing.session_opener(settings)()
            try:
                told = _compose_trouble_mail(
                    self._report, head.sender, to, now=now, run=str(self._run)
                )
                session.send(head.address, to, Outgoing(b"", told))
            finally:
                session.close()

    @contextmanager
    def _noting(self, place: str) -> Iterator[None]:
        try:
            yield
        except (OSError, BriefingError, http.client.HTTPException, ValueError) as error:
            self._report.notes.append(f"{place}: it could not be told ({error})")


def _ping_address(address: str) -> None:
    """Ask an http or https address and forget the answer. Raises OSError, HTTPException or
    ValueError.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"'{address}' is no http address")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=PING_SECONDS)
    try:
        connection.request("GET", f"{parts.path or '/'}?{parts.query}")
        connection.getresponse().read(1000)
    finally:
        connection.close()


def _compose_trouble_mail(told: Report, sender: str, to: str, *, now: datetime, run: str) -> bytes:
    """A short plain message with every trouble of the run."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, to
    message["Subject"] = f"{told.profile}: {len(told.troubles)} troubles in today's run"
    message["Date"], message["Message-ID"] = format_datetime(now), f"<run.{run}@briefing.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    lines = [
        *told.troubles,
        "",
        f"editions: {', '.join(told.editions) or 'none'}",
        f"exit code: {told.exit}",
    ]
    message.set_content("\n".join(lines) + "\n")
    return message.as_bytes()
