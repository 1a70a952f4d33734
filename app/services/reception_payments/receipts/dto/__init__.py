"""What is asked of receipts, and what they show."""
