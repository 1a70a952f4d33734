"""Tenancies: how they start, change and end, and Monday's control of the debit."""
