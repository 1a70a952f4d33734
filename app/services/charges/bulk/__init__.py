"""Bulk changes of charges: by a spreadsheet or a rule, rehearsed, given notice of, approved and applied."""
