"""Recharges and court costs: the price list, invoices on a sub-account, credit notes."""
