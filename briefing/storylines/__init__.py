"""4. summaries > storylines: articles grouped by topic, and yesterday's storylines followed."""
