"""An edition's renditions to a place that is not mounted: S3, SFTP, WebDAV. Whole once its manifest is there.

Such places cannot rename a folder in one step. So files go under names that never change, each is read back, the
manifest is written after the last of them, and only then the pointer to the newest moves; what was cut off is resumed.
"""

from briefing.deliveries.remote.keeping import copy_newest, expire
from briefing.deliveries.remote.opening import is_remote, opened
from briefing.deliveries.remote.pages import put as put_pages
from briefing.deliveries.remote.publishing import mark, publish, verify

__all__ = ["copy_newest", "expire", "is_remote", "mark", "opened", "publish", "put_pages", "verify"]
