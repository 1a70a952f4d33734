"""The desks that take payments, and what the council takes besides rent."""
