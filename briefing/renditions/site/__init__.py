"""Editions in, the pages of an archive out that need no server: by month, by edition, by storyline,
search, a feed.
"""

from briefing.renditions.site.cache import dump_chapter, load_chapter
from briefing.renditions.site.entries import Chapter, parse_chapter
from briefing.renditions.site.page_inputs import Sheet, digest_inputs, digest_program
from briefing.renditions.site.rendering import plan_sheets, render_pages

__all__ = [
    "Chapter",
    "Sheet",
    "digest_inputs",
    "digest_program",
    "dump_chapter",
    "load_chapter",
    "parse_chapter",
    "plan_sheets",
    "render_pages",
]
