"""Files of invoices: read whole, each fault with its row, and logged all together or not at all."""
