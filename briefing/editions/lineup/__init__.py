"""Which storylines lead, which are briefs."""
