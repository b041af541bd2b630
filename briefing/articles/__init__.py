"""2. documents > articles: one report each, cleaned, dated, attributed, in sentences."""

from briefing.articles.deduplication.near_duplicates import Folding, fold_reprints
from briefing.articles.deduplication.versions import fold_versions, pair_versions
from briefing.articles.reading import Reading, extract_articles, extract_with_text, read_documents

__all__ = [
    "Folding",
    "Reading",
    "extract_articles",
    "extract_with_text",
    "fold_reprints",
    "fold_versions",
    "pair_versions",
    "read_documents",
]
