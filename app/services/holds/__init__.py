"""Holds: what must not happen to an account for a while."""
