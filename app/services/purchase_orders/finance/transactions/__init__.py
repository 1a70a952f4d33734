"""Transactions of the finance system: loaded, matched with the book, and a period of them reconciled by two."""
