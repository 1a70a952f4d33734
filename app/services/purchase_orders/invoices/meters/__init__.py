"""Meters of utilities: the register, what bills say of them, and what is odd about it."""
