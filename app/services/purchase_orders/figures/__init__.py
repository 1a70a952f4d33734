"""Purchasing as figures: time to pay, spending, commitments."""
