"""Everything in open formats, for the day on which the council leaves Rentbook or has to hand its records over."""
