"""A copy in which nobody can be found: every text column says what becomes of it, and a new one without a class fails a test."""
