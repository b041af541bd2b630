"""Renditions read again."""
