"""Scheduled work: what is done by itself, when, by whom, and how it went."""
