"""Suppliers loaded from a spreadsheet, as the finance system has them: those that are there are left as they are."""
