"""Whether an account number can belong to a sort code, by the rules and tables that Pay.UK publishes (bacs.md 3)."""
