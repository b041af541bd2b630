"""An editor's decisions."""
