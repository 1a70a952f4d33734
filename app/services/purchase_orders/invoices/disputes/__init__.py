"""Disputes of invoices: opened, told to the supplier, settled."""
