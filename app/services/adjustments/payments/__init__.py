"""Approved refunds sent for payment: to finance, as a list of cheques or as a Bacs file; and those that come back."""
