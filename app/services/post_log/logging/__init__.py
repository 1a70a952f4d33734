"""Logging what arrives: one item, a morning's post, and putting right what was logged."""
