"""Voids: why a property stands empty, from when to when, and what it costs."""
