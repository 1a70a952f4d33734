"""Reception and payments: desks, receipts, cards, tills, files from outside, bank statements, suspense, visits."""

from app.models.reception_payments import desks, receipts, suspense

__all__ = ["desks", "receipts", "suspense"]
