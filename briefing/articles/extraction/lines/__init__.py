"""Main-content extraction from a page that was flattened to text."""
