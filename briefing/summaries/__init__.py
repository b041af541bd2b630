"""3. articles > summaries: which sentences to keep; ranks, never writes."""
