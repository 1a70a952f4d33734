"""Statements: of one account, or in a run of many, kept as they were sent."""
