"""A stored edition and the mail settings to messages sent, and the account of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, cast

from briefing.archive.store import editions, outbox, recipients
from briefing.archive.store.outbox import Message
from briefing.config import Config
from briefing.deliveries.mail import dkim, envelope, outbox_run, smtp, unsubscribe_tokens
from briefing.deliveries.mail.dkim import Signer
from briefing.deliveries.mail.envelope import Letter, Letterhead
from briefing.deliveries.mail.outbox_run import Account, Policy
from briefing.deliveries.mail.sendmail import PROGRAM, SendmailSession
from briefing.deliveries.mail.session import Answer, Outgoing, Session
from briefing.deliveries.mail.smtp import Server, ServerError
from briefing.errors import BriefingError, ConfigError
from briefing.secret import load_secret
from briefing.settings import MailSettings

MAIL, PDF = "edition.eml", "edition.pdf"


def mail_edition(
    db: sqlite3.Connection, config: Config, edition: str, *, clock: Callable[[], datetime]
) -> Account:
    """Send the edition to the profile's recipients, as far as it was not sent before. `db` is
    durable.

    Raises ConfigError for settings that are missing, ServerError when the server cannot be used.
    """
    head = build_letterhead(config)
    frozen = outbox.freeze_audience(
        db,
        edition,
        config.profile,
        domain=head.domain,
        key=head.key,
        now=clock(),
        hours=config.mail.expires,
    )
    text = _load_letter(db, config, edition)
    compose = partial(
        _compose_message,
        text,
        head=head,
        signers=load_signers(config, head),
        profile=config.profile,
        date=frozen,
    )
    return outbox_run.send_due(
        db,
        edition,
        config.profile,
        connect=session_opener(config.mail),
        compose=compose,
        sender=head.address,
        policy=_sending_policy(config.mail),
        clock=clock,
    )


def _compose_message(
    text: Letter,
    message: Message,
    *,
    head: Letterhead,
    signers: Sequence[Signer],
    profile: str,
    date: datetime,
) -> Outgoing:
    return dkim.sign_message(
        envelope.address_letter(text, message, head, profile=profile, date=date), signers
    )


def load_signers(config: Config, head: Letterhead) -> tuple[Signer, ...]:
    """Who signs the messages: a signer for each key that is named."""
    mail = config.mail
    named = (
        ("dkim_key", mail.dkim_key, mail.dkim_selector),
        ("dkim_ed25519_key", mail.dkim_ed25519_key, mail.dkim_ed25519_selector),
    )
    return tuple(
        dkim.load_signer(path, domain=head.domain, selector=selector, setting=setting)
        for setting, path, selector in named
        if path
    )


def build_letterhead(config: Config) -> Letterhead:
    settings = config.mail
    if not settings.sender:
        raise ConfigError(
            "mail: sender: nothing is set; write it as in sender = 'Desk <desk@example.org>'"
        )
    recipients.parse_recipient(settings.sender)
    key = unsubscribe_tokens.load_key(Path(config.state))
    return Letterhead(settings.sender, settings.list_id or "", settings.unsubscribe, key)


def _load_letter(db: sqlite3.Connection, config: Config, edition: str) -> Letter:
    """The edition's message. Raises BriefingError when it was made without one."""
    files = {one.name: one.content for one in editions.load_renditions(db, edition)}
    if MAIL not in files:
        raise BriefingError(
            f"{edition}: it was made without {MAIL}; put 'email' into formats and make it again"
        )
    attachment = (f"{edition}.pdf", files[PDF]) if config.mail.attach_pdf and PDF in files else None
    return envelope.parse_letter(files[MAIL], attachment=attachment)


def session_opener(settings: MailSettings) -> Callable[[], Session]:
    """How to reach the mail system; the password is looked up once, when it is first needed."""
    if settings.transport == "sendmail":
        return partial(SendmailSession, settings.server or PROGRAM, settings.timeout)
    if not settings.server:
        raise ConfigError(
            "mail: server: nothing is set; name the mail server, or set transport = 'sendmail'"
        )
    password = load_secret(settings.password, whose="mail: password") if settings.password else None
    server = Server(
        settings.server,
        settings.port,
        cast("Literal['smtp', 'lmtp']", settings.transport),
        settings.security,
        settings.ca_file,
        settings.user,
        password,
        settings.timeout,
    )
    return partial(smtp.connect, server)


def _sending_policy(settings: MailSettings) -> Policy:
    return Policy(
        resend=settings.doubt == "resend",
        suppress_after=settings.suppress_after,
        per_minute=settings.per_minute,
        per_connection=settings.per_connection,
    )


def send_sample(
    db: sqlite3.Connection, config: Config, edition: str, address: str, *, now: datetime
) -> Answer:
    """The edition to one address, beside the outbox: for a look before the readers get it."""
    head, to = build_letterhead(config), recipients.parse_recipient(address)
    identity = outbox.derive_message_id(
        f"{edition}.test-{now:%Y%m%d%H%M%S}", to.address, head.domain, head.key
    )
    message = Message(edition, to.address, to.name, identity, "queued", 0, 0, None, None)
    text = _load_letter(db, config, edition)
    content = _compose_message(
        text,
        message,
        head=head,
        signers=load_signers(config, head),
        profile=config.profile,
        date=now,
    )
    session = session_opener(config.mail)()
    try:
        answer = session.send(head.address, to.address, content)
    finally:
        session.close()
    if not 200 <= answer.code < 300:
        raise ServerError(f"{to.address}: it was not taken ({answer.code} {answer.text})")
    return answer


def rehearse_mailing(
    db: sqlite3.Connection, config: Config, edition: str, folder: Path, *, now: datetime
) -> tuple[Path, ...]:
    """Every message as it would be sent, one .eml a recipient; the outbox is neither read nor
    written.
    """
    head, text = build_letterhead(config), _load_letter(db, config, edition)
    keys = load_signers(config, head)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for to in recipients.load_recipients(db, config.profile):
        if to.suppressed:
            continue
        identity = outbox.derive_message_id(edition, to.address, head.domain, head.key)
        message = Message(edition, to.address, to.name, identity, "queued", 0, 0, None, None)
        path = folder / f"{edition}.{identity.partition('.')[2].partition('@')[0]}.eml"
        content = _compose_message(
            text, message, head=head, signers=keys, profile=config.profile, date=now
        )
        path.write_bytes(bytes(content))
        made.append(path)
    return tuple(made)
