"""Councils' published spending, read and totalled; without a database."""
