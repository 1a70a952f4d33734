"""Payments to suppliers: runs, remittance advice, interest for late ones."""
