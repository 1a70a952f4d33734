"""The Direct Debits tab: mandates, their schedules, runs to the bank, and what comes back."""
