"""The context that templates are given."""
