"""Editions in, the pages of an archive out that need no server: by month, by edition, by storyline, search, a feed."""

from briefing.renditions.site.chapters import Chapter, chapter
from briefing.renditions.site.making import pages, sheets
from briefing.renditions.site.remembering import from_plain, to_plain
from briefing.renditions.site.sheets import Sheet, digest, press

__all__ = ["Chapter", "Sheet", "chapter", "digest", "from_plain", "pages", "press", "sheets", "to_plain"]
