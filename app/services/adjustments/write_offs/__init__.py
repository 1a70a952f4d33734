"""Debts that are not pursued: the case with what was found, the schedule for approval, and what comes back."""
