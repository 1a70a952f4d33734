"""The figures and lists of the home page."""
