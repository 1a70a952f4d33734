"""Purchasing: from a requisition to a supplier paid in time, inside standing orders and budget."""
