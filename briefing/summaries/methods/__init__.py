"""Ways to rank sentences."""
