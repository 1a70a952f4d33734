"""What states, ways and reasons of payments are called, and how numbers are written."""

from __future__ import annotations

from typing import Final

from app.models.values import NotPaid, PaidBy, PaidPart, SupplierRunState

STATES: Final = {
    SupplierRunState.WAITING: "Waits for a second officer",
    SupplierRunState.MADE: "File made, to be sent",
    SupplierRunState.SENT: "Sent",
    SupplierRunState.PAID: "Paid",
    SupplierRunState.REFUSED: "Refused",
    SupplierRunState.CANCELLED: "Cancelled",
    SupplierRunState.WITHDRAWN: "Withdrawn",
}
WAYS: Final = {PaidBy.BACS: "Bacs file", PaidBy.FINANCE: "Finance system"}
PARTS: Final = {
    PaidPart.INVOICE: "Invoice",
    PaidPart.CREDIT_PART: "Part of a credit note",
    PaidPart.RETENTION: "Retention",
    PaidPart.INTEREST: "Late payment interest",
    PaidPart.COMPENSATION: "Compensation for late payment",
}
REASONS: Final = {
    NotPaid.BLOCKED: ("Blocked for payments", "Release the supplier, or leave it for another run."),
    NotPaid.NO_BANK: ("No bank details in force", "Add bank details to the supplier and have them approved."),
    NotPaid.BANK_NEW: ("New bank details", "Wait until the days of the policy are over."),
    NotPaid.DISPUTED: ("Disputed", "Settle the dispute first."),
    NotPaid.NOT_APPROVED: ("Not approved", "Match it and have it approved: its day to pay has come."),
    NotPaid.NOTHING: ("Left of credit notes", "It is taken off the next invoices."),
    NotPaid.IN_RUN: ("In another run", "It is paid there."),
    NotPaid.NO_RATE: ("No base rate", "Enter it in Admin, Policy values, and have it approved."),
}
"""Why something isn't paid, in few words, and what to do about it."""
OPEN: Final = frozenset({SupplierRunState.WAITING, SupplierRunState.MADE, SupplierRunState.SENT})


def part_words(part: PaidPart, *, credit: bool) -> str:
    """What is paid by a line, in words."""
    return "Credit note" if credit and part is PaidPart.INVOICE else PARTS[part]


def run_number(number: int) -> str:
    """A payment run's number as it is written: PR00012."""
    return f"PR{number:05}"


def invoice_number(number: int) -> str:
    """An invoice's own number of ours as it is written: IN00012."""
    return f"IN{number:05}"


def supplier_number(number: int) -> str:
    """A supplier's number as it is written: S00012."""
    return f"S{number:05}"
