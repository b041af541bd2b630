"""Novelty detection and redundancy."""
