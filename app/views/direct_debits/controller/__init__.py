"""What the Direct Debits tab does."""
