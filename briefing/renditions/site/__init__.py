"""Editions in, the pages of an archive out that need no server: by month, by edition, by storyline, search, a feed."""

from briefing.renditions.site.cache import from_plain, to_plain
from briefing.renditions.site.entries import Chapter, chapter
from briefing.renditions.site.page_inputs import Sheet, digest, press
from briefing.renditions.site.rendering import pages, sheets

__all__ = ["Chapter", "Sheet", "chapter", "digest", "from_plain", "pages", "press", "sheets", "to_plain"]
