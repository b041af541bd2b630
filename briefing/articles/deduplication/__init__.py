"""Near-duplicate detection: reprints, versions, forms filled in again."""
