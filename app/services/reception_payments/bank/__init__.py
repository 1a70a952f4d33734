"""The council's bank accounts: their statements, and what each line of one is."""
