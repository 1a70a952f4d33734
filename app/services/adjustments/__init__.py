"""Adjustments: debits, credits and transfers by officers, recalculations, batches, refunds and write-offs."""
