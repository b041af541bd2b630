"""What a reader could not follow."""
