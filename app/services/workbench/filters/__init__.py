"""Saved filters: what a table shows, kept under a name, for oneself or for the office."""
