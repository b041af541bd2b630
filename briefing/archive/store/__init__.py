"""Rows of each kind."""
