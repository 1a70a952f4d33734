"""Loading a landlord from a workbook or a folder of text files: rehearsed whole, loaded whole, reconciled to sign."""
