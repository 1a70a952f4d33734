"""Goods receipts: what came of an order and what went back."""
