"""Files of receipts, read by a layout: every fault with its line, nothing guessed."""
