"""A charge was wrong from one day to another: what each week should have been, was, and what puts it right."""
