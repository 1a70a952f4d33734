"""What the window keeps for an officer: drafts, presence, saved filters."""
