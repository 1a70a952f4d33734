"""Shared servers: where one is, whether it can be reached, and the databases on it."""
