"""Refunds: the credits of the office, and the gate that each passes before it is approved and paid back."""
