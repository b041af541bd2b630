"""2. documents > articles: one report each, cleaned, dated, attributed, in sentences."""
