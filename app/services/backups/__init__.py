"""Backups of a local database file: made by themselves, tried by restoring them, kept so many, and put back after a rehearsal."""
