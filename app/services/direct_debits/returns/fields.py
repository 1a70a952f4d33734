"""The fields of letters about a Direct Debit that came back or was stopped at the bank: they come with each letter."""

from __future__ import annotations

from typing import Final

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.reports import BankReportItem
from app.models.direct_debits.schedules import Collection
from app.models.values import Money
from app.services.exports.statement.dto import long_date
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group

GROUP: Final = "returned"
_FIELDS: Final = (
    ("reference", "Reference of the Direct Debit", "0012447103"),
    ("amount", "Amount that came back", "£441.66"),
    ("day", "Day of the report", "4 December 2026"),
    ("reason", "What the bank says", "refer to payer"),
    ("again_on", "Day on which it is collected again, if it is", "18 December 2026"),
    ("again_amount", "Amount that is collected again", "£441.66"),
)


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup(GROUP, "Direct Debit that came back", _FIELDS))


def of(item: BankReportItem, mandate: Mandate, again: Collection | None) -> dict[str, str]:
    """What the fields stand for in one letter, by field key."""
    values = {
        "reference": mandate.reference,
        "amount": str(Money(item.pence)) if item.pence else "",
        "day": long_date(item.effective_on) if item.effective_on is not None else "",
        "reason": item.words[:1].lower() + item.words[1:],
        "again_on": long_date(again.due_on) if again is not None else "",
        "again_amount": str(Money(again.pence)) if again is not None else "",
    }
    return {f"{GROUP}.{key}": value for key, value in values.items()}
