"""Rent years and their rent-free weeks, office closures, and the calendars that deadlines are counted in."""
