"""Profiles of files of receipts: made on screen, shared, kept by editions."""
