"""Receipts: payments taken at a desk or by telephone, posted and numbered, and taken back."""
