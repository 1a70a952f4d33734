"""Endings of tenancies: notice, keys, the last charges, benefit, and the former tenant's account."""
