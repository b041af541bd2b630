"""Editions in, the pages of an archive out that need no server: by month, by edition, by storyline, search, a feed."""

from briefing.renditions.site.chapters import Chapter, chapter
from briefing.renditions.site.making import pages

__all__ = ["Chapter", "chapter", "pages"]
