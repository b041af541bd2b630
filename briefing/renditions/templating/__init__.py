"""Jinja: environments, filters, escaping."""
