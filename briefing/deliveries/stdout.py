"""A rendition to standard output, byte for byte."""

from __future__ import annotations

import sys

from briefing.model import Delivery, Rendition


def deliver_to_stdout(rendition: Rendition, /) -> Delivery:
    sys.stdout.buffer.write(rendition.content)
    sys.stdout.buffer.flush()
    return Delivery(rendition.name, "stdout", "-", "delivered")
