"""Boilerplate removal: what is no text of the article."""
