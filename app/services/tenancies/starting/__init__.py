"""Starting a tenancy: its people, its account, its charges, and the letters and tasks that follow."""
