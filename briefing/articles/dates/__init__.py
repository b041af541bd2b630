"""Dates and times as texts write them."""
