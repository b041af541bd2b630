"""An edition's renditions to a place that is not mounted: S3, SFTP, WebDAV. Whole once its manifest
is there.

Such places cannot rename a folder in one step. So files go under names that never change, each is
read back, the manifest is written after the last of them, and only then the pointer to the newest
moves; what was cut off is resumed.
"""

from briefing.deliveries.remote.open_store import is_remote, open_target
from briefing.deliveries.remote.pages import update_pages as put_pages
from briefing.deliveries.remote.publishing import mark_target, publish, verify_editions
from briefing.deliveries.remote.retention import copy_newest, expire_editions

__all__ = [
    "copy_newest",
    "expire_editions",
    "is_remote",
    "mark_target",
    "open_target",
    "publish",
    "put_pages",
    "verify_editions",
]
