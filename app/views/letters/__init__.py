"""The Letters page."""
