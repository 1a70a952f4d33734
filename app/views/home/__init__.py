"""Home: what the day asks of the officer."""
