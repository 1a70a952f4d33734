"""How much post came in, and how much of it was acknowledged and answered in time."""
