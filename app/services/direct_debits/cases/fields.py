"""The fields of letters about a case, beside those of its mandate."""

from __future__ import annotations

from typing import Final

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate
from app.models.values import Money
from app.services.core.context import Context
from app.services.direct_debits.mandates.fields import of_mandate
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group

_FIELDS: Final = (
    ("number", "Number of the case", "12"),
    ("amount", "Amount in question", "£112.40"),
    ("bank_reference", "Reference of the paying bank", "EX-2026-118"),
)


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup("debit_case", "Direct Debit case", _FIELDS))


def of_case(ctx: Context, case: DebitCase, mandate: Mandate) -> dict[str, str]:
    """What the fields stand for, those of the mandate among them."""
    values = {"number": str(case.number), "amount": str(Money(case.pence)), "bank_reference": case.bank_reference}
    return {**of_mandate(ctx, mandate), **{f"debit_case.{key}": value for key, value in values.items()}}
