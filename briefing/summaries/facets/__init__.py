"""What a storyline offers beside its summary."""
