"""Main-content extraction: the article of a page, from its markup or from its lines."""
