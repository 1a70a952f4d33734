"""The ledger: double entry, append only, one writer."""
