"""Budgets: codes, the book of what is given, bound, owed and spent, and changes of budgets."""
