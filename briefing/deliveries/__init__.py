"""7. renditions > deliveries: by mail, to a shared folder, into a folder or to standard output."""

from __future__ import annotations

from collections.abc import Callable

from briefing.deliveries.folder import into_folder
from briefing.deliveries.stdout import to_stdout
from briefing.model import Delivery

__all__ = ["CHANNELS", "into_folder", "to_stdout"]

CHANNELS: dict[str, Callable[..., Delivery]] = {"folder": into_folder, "stdout": to_stdout}
