"""Whoever calls: found, asked who they are, and what is owed on every account that they pay."""
