"""What the finder shows of receipts: by their number, their slip, their cheque."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.reception_payments.receipts import rules
from app.services.reception_payments.receipts.dto.shown import STATES, ReceiptRow
from app.services.reception_payments.receipts.listing import rows

_NEEDS: Final = frozenset(
    {
        Permission.TAKE_PAYMENTS,
        Permission.APPROVE_RECEIPTS,
        Permission.SIGN_BANKING,
        Permission.LOAD_RECEIPTS,
        Permission.CLEAR_SUSPENSE,
        Permission.APPROVE_SUSPENSE,
        Permission.KEEP_RECEPTION,
    }
)


def register() -> None:
    """Plug receipts into the finder."""
    finding.register(Source(Subject.RECEIPT, "Receipts", _found, order=58, needs=_NEEDS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The receipts, for whoever works with them; not those of restricted accounts that they may not open."""
    by_id = {row.receipt_id: row for row in rows(ctx, ids)}
    return tuple(_line(by_id[each]) for each in ids if each in by_id and not by_id[each].shut)


def _line(row: ReceiptRow) -> Found:
    detail = f"{rules.METHODS[row.taken_by]}, {rules.spelt(row.taken_on)}  {STATES[row.state]}  {row.reference}".strip()
    return Found(Subject.RECEIPT, row.receipt_id, f"Receipt {row.number}  {row.amount}", detail)
