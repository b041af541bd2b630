"""What one reader wants."""
