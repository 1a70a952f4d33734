"""The diary of accounts: what officers note."""
