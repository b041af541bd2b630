"""One scheduled run."""
