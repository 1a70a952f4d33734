"""Monday's debit control: what changed since the sheet before, against the week's charge and the stock, signed by two."""
