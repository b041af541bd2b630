"""Headline, outlet, author and dates that a document states."""
