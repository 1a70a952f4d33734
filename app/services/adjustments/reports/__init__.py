"""The figures of what was adjusted, recharged, refunded and written off: by kind, reason, officer and month."""
