"""5. storylines > edition: order, limits, what is new, what was left out and why."""
