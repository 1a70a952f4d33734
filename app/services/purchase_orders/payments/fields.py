"""The fields of remittance advices: they come with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from app.models.values import ZERO, Money
from app.services.exports.statement.dto import long_date
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group
from app.services.purchase_orders.payments.dto import PaidLine, PaymentRow

GROUP: Final = "remittance"
_FIELDS: Final = (
    ("reference", "Reference of the payment", "PR00012-003"),
    ("total", "Total paid", "£1,180.00"),
    ("pay_on", "Day on which the supplier has the money", "4 December 2026"),
    ("bank", "Account that it goes to, two digits of it", "account ending 34"),
    ("lines", "What it pays, a row for each", "Invoice A-417 of 2 November 2026 | £1,200.00"),
    ("cis", "Deducted under CIS, if anything is", "£20.00"),
    ("retention", "Kept back as retention, if anything is", "£50.00"),
)


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup(GROUP, "Remittance advice", _FIELDS))


def of(payment: PaymentRow, pay_on: date, last_two: str) -> dict[str, str]:
    """What the fields stand for in one remittance advice, by field key."""
    cis = sum((line.cis for line in payment.lines), ZERO)
    retention = sum((line.retention for line in payment.lines), ZERO)
    values = {
        "reference": payment.reference,
        "total": str(payment.amount),
        "pay_on": long_date(pay_on),
        "bank": f"account ending {last_two}" if last_two else "",
        "lines": "\n".join(_rows(payment.lines)),
        "cis": str(cis) if cis else "",
        "retention": str(retention) if retention else "",
    }
    return {f"{GROUP}.{key}": value for key, value in values.items()}


def _rows(lines: Iterable[PaidLine]) -> Iterator[str]:
    """A row for each thing that is paid, and one for each deduction of it."""
    for line in lines:
        number = _plain(line.supplier_number) or line.number
        yield f"{line.words} {number} of {long_date(line.invoice_on)} | {_signed(line.gross or line.amount)}"
        if line.cis:
            yield f"CIS deducted from {number} | {_signed(-line.cis)}"
        if line.retention:
            yield f"Retention kept back from {number} | {_signed(-line.retention)}"


def _plain(text: str) -> str:
    """A supplier's own number without what a row of a letter would be parted or made bold by."""
    return " ".join(text.replace("|", " ").replace("*", " ").split())


def _signed(amount: Money) -> str:
    return f"less {-amount}" if amount < ZERO else str(amount)
