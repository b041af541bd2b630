"""7. renditions > deliveries: by mail, to a shared folder, into a folder or to standard output."""

from __future__ import annotations

from collections.abc import Callable

from briefing.deliveries.folder import deliver_to_folder
from briefing.deliveries.stdout import deliver_to_stdout
from briefing.model import Delivery

__all__ = ["CHANNELS", "deliver_to_folder", "deliver_to_stdout"]

CHANNELS: dict[str, Callable[..., Delivery]] = {
    "folder": deliver_to_folder,
    "stdout": deliver_to_stdout,
}
