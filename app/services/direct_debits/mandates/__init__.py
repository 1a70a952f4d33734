"""Mandates: set up, lodged, changed, suspended, cancelled; their history."""
