"""Mandates in force in another system, loaded from a spreadsheet: read, looked through, kept whole or not at all."""
