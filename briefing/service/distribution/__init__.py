"""Editions to their readers."""
