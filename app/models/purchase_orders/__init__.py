"""Purchasing: suppliers, budgets, orders, receipts, invoices, payments, and what is held against the finance system."""

from app.models.purchase_orders import budgets, coding, finance, invoices, meters, orders, payments, receipts, suppliers

__all__ = ["budgets", "coding", "finance", "invoices", "meters", "orders", "payments", "receipts", "suppliers"]
