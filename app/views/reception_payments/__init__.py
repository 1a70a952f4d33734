"""The Reception tab."""
