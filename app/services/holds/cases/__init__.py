"""Breathing space and insolvency: whom a case protects, from when until when, and the debts in it."""
