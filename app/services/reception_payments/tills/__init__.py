"""Tills from float to cash-up, and what goes to the bank."""
