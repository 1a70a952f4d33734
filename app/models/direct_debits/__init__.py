"""Direct Debit: mandates, schedules with their collections, runs, and what the bank reports."""

from app.models.direct_debits import cases, mandates, reports, runs, schedules

__all__ = ["cases", "mandates", "reports", "runs", "schedules"]
