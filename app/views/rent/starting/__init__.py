"""Starting a tenancy: its sheet, the field of its tenants, and the sheet of a new person."""
