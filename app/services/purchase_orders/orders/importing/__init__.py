"""Open orders of another system, loaded from a file."""
