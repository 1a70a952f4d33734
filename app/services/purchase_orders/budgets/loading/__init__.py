"""Budgets of a year loaded from a spreadsheet: new ones are given, others are a revision that is asked for."""
