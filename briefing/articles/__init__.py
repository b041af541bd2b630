"""2. documents > articles: one report each, cleaned, dated, attributed, in sentences."""

from briefing.articles.copies import Folding, fold
from briefing.articles.reading import Reading, decoded, read, read_all

__all__ = ["Folding", "Reading", "decoded", "fold", "read", "read_all"]
