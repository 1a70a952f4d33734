"""Reception: payments taken, receipts from outside, suspense, the till, and whoever calls."""
