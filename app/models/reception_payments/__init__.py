"""Reception and payments: desks, receipts, cards, tills, files from outside, bank statements, suspense, visits."""

from app.models.reception_payments import bank, cards, desks, files, pay_cards, receipts, suspense, tills, visits

__all__ = ["bank", "cards", "desks", "files", "pay_cards", "receipts", "suspense", "tills", "visits"]
