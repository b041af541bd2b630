"""2. documents > articles: one report each, cleaned, dated, attributed, in sentences."""

from briefing.articles.deduplication.near_duplicates import Folding, fold
from briefing.articles.deduplication.versions import newest, paired
from briefing.articles.reading import Reading, decoded, read, read_all

__all__ = ["Folding", "Reading", "decoded", "fold", "newest", "paired", "read", "read_all"]
