"""Suppliers: their records, blocks, bank details and contracts."""
