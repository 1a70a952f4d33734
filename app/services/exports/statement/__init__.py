"""The statement of an account: on paper, in large print, as plain text and as a workbook."""
