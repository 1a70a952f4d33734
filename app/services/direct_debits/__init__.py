"""Direct Debit: mandates, schedules, notices, runs, what comes back, and cases."""
