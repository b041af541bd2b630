"""Measurements on labelled sets: not part of the program, not installed with it."""
