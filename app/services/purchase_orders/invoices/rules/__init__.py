"""What is decided about invoices without a database: the time to pay, the match, copies, CIS, and meters."""
