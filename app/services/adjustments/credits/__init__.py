"""Credits that nobody asked for: what was tried to give them back, letters about them, and those that were written on."""
