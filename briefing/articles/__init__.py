"""2. documents > articles: one report each, cleaned, dated, attributed, in sentences."""

from briefing.articles.copies import Folding, fold
from briefing.articles.reading import Reading, decoded, read, read_all
from briefing.articles.versions import newest, paired

__all__ = ["Folding", "Reading", "decoded", "fold", "newest", "paired", "read", "read_all"]
