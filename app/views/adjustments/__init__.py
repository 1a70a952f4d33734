"""The Adjustments tab."""
