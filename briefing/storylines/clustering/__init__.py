"""Articles to clusters."""
