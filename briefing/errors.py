"""What can go wrong that the user can put right. Anything else is a bug and stays a traceback."""

from __future__ import annotations


class BriefingError(Exception):
    """A sentence that says what was found, where, and what to do; `exit_code` for the shell."""

    exit_code = 1


class ConfigError(BriefingError):
    """All faults of a configuration at once, one a line."""

    exit_code = 78


class UsageError(BriefingError):
    """The command was asked for something that cannot be."""

    exit_code = 64


class UnreadableError(BriefingError):
    """A document holds no news that can be read; it is set aside with this as its reason."""


class VerificationError(BriefingError):
    """A sentence of an edition is not found, word for word, at its place in its source."""
