"""Where the finance system is the master: suppliers, requisitions and receipts handed over to it, and its replies read."""
