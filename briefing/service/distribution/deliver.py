"""Stored editions to the output folder, the share and the readers, as far as they are not there
yet.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from briefing.archive.store import editions, outbox, publications, recipients
from briefing.archive.store.editions import Stored
from briefing.deliveries import deliver_to_folder
from briefing.deliveries.mail.outbox_run import Account
from briefing.errors import BriefingError
from briefing.service.distribution import mail, publish
from briefing.service.run import Run

Due = Callable[[date], datetime]


def undelivered_editions(run: Run, due: Due) -> tuple[Stored, ...]:
    """Editions with something left to do, oldest first: not in the output folder, not published,
    not mailed.
    """
    recent = editions.latest_editions(
        run.db, profile=run.config.profile, limit=run.config.schedule.catch_up + 1
    )
    return tuple(
        sorted((one for one in recent if _is_undelivered(run, one, due)), key=lambda one: one.date)
    )


def _is_undelivered(run: Run, stored: Stored, due: Due) -> bool:
    return (
        not _is_kept(run, stored) or not _is_published(run, stored) or _may_mail(run, stored, due)
    )


def deliver_edition(run: Run, stored: Stored, due: Due) -> None:
    """The edition on each of its ways; one that is blocked does not block the others."""
    ways: tuple[tuple[bool, Callable[[Run, Stored], None]], ...] = (
        (not _is_kept(run, stored), _write_to_output),
        (not _is_published(run, stored), _publish_edition),
        (_may_mail(run, stored, due), _mail_edition),
    )
    for wanted, way in ways:
        try:
            if wanted:
                way(run, stored)
        except BriefingError as error:
            run.report.troubles.append(f"{stored.id}: {error}")


def _is_kept(run: Run, stored: Stored) -> bool:
    return (_edition_folder(run, stored) / editions.RECORD).exists()


def _edition_folder(run: Run, stored: Stored) -> Path:
    return Path(run.config.output) / stored.id


def _write_to_output(run: Run, stored: Stored) -> None:
    """The files in the output folder; edition.json last, as its presence says that they are all
    there.
    """
    for rendition in sorted(
        editions.load_renditions(run.db, stored.id), key=lambda one: one.name == editions.RECORD
    ):
        deliver_to_folder(rendition, folder=str(_edition_folder(run, stored)))


def _is_published(run: Run, stored: Stored) -> bool:
    target = run.config.share.target
    if not target:
        return True
    found = publications.find_publication(run.db, stored.id, target)
    return found is not None and found.state == "published"


def _publish_edition(run: Run, stored: Stored) -> None:
    published = publish.publish_edition(run.db, run.config, stored.id, now=run.clock())
    if published.new:
        run.report.published.append(published.place)
    run.report.notes.extend(published.warnings)


def restore_published(run: Run) -> None:
    """Put back what was published to the shared folder and is gone from it; each is a note.

    A share that cannot be used is not told here: whatever is to be published tells it.
    """
    if not run.config.share.target or not run.config.share.restore:
        return
    with contextlib.suppress(BriefingError):
        for edition in publish.missing_editions(run.db, run.config):
            published = publish.publish_edition(run.db, run.config, edition, now=run.clock())
            run.report.notes.append(f"{published.place}: it was gone from the share, put back")
            run.report.notes.extend(published.warnings)


def _may_mail(run: Run, stored: Stored, due: Due) -> bool:
    """Whether a message may be sent now. An edition that was due too long ago is published, and
    mailed to nobody.
    """
    settings = run.config.mail
    configured = settings.server or settings.transport == "sendmail"
    now = run.clock()
    if not configured or now - due(stored.date) > timedelta(hours=settings.expires):
        return False
    if not outbox.is_audience_frozen(run.db, stored.id):
        return bool(recipients.load_recipients(run.db, run.config.profile))
    waiting = outbox.due_messages(run.db, stored.id, resend=settings.doubt == "resend", now=now)
    return bool(waiting) or outbox.has_interrupted_message(run.db, stored.id)


def _mail_edition(run: Run, stored: Stored) -> None:
    account = mail.mail_edition(run.db, run.config, stored.id, clock=run.clock)
    _report_account(run, account)


def _report_account(run: Run, account: Account) -> None:
    report = run.report
    for state, count in account.states.items():
        report.sent[state] = report.sent.get(state, 0) + count
    report.troubles.extend(f"{account.edition}: not sent to {line}" for line in account.failed)
    report.troubles.extend(f"{account.edition}: {line}" for line in account.put_off)
    report.troubles.extend(
        f"{account.edition}: in doubt, may have two copies: {one}" for one in account.doubtful
    )
    if account.reaches_nobody:
        report.troubles.append(
            f"{account.edition}: mailed to nobody: all {sum(account.states.values())} recipients "
            "are suppressed; see briefing recipients list"
        )
    if account.mostly_failed:
        report.troubles.append(
            f"{account.edition}: refused to most of its readers ({len(account.failed)}); "
            "look at the mail server and its answers"
        )
