"""Accounts as officers meet them: found by anything, with who, where, and every linked account."""
