"""1. sources > documents: bytes as they were received, with where they came from."""
