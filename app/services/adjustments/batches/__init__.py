"""Batches of adjustments: many lines, keyed or loaded from a file, declared first, then posted and taken back as one."""
