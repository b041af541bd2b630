"""An edition's renditions to a shared folder: whole under a lasting name, or not there.

A folder that is mounted from elsewhere may be missing, full, read-only, slow, or another one than
yesterday; people read from it while it is written, and some hold its files open. So an edition is
written beside its place under a temporary name, synced, read back and renamed; names never change
their content; only the pointer to the newest moves.
"""

from briefing.deliveries.share.marker import mark_target
from briefing.deliveries.share.publishing import Published, Share, publish
from briefing.deliveries.share.verifying import verify_target

__all__ = ["Published", "Share", "mark_target", "publish", "verify_target"]
