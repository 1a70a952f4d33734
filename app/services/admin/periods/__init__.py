"""Closing and reopening accounting periods: asked for with a reconciliation, approved by a second officer."""
