"""Monday's debit control: its page, its tables and the sheet by which it is signed."""
