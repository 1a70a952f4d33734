"""Mandates, collections and returns as figures."""
