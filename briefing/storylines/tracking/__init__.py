"""Storylines followed from day to day."""
