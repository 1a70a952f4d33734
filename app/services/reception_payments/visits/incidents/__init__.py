"""What happened at the desks: recorded by whoever was there, read by few."""
