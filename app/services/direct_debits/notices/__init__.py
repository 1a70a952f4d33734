"""Advance notice of collections."""
