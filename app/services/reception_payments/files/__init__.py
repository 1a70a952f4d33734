"""Receipts from outside: files of cash, benefits and standing orders, read by profiles, posted once."""
