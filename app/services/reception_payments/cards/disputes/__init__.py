"""Card payments that payers challenged at their bank."""
