"""What the finder shows of bankings: by the number of the bag, or of the paying-in slip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.reception_payments.tills import Banking
from app.models.values import Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.reception_payments.tills.dto import BANKING_STATES, BankingRow
from app.services.reception_payments.tills.queries import banking_rows

_NEEDS: Final = frozenset(
    {Permission.TAKE_PAYMENTS, Permission.SIGN_BANKING, Permission.LOAD_RECEIPTS, Permission.KEEP_RECEPTION}
)


def register() -> None:
    """Plug bankings into the finder."""
    finding.register(Source(Subject.BANKING, "Bankings", _found, order=59, needs=_NEEDS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    by_id = {row.banking_id: row for row in banking_rows(ctx, Banking.id.in_(list(ids)))}
    return tuple(_line(by_id[each]) for each in ids if each in by_id)


def _line(row: BankingRow) -> Found:
    detail = f"Bag {row.bag}  {row.desk}  {BANKING_STATES[row.state]}"
    return Found(Subject.BANKING, row.banking_id, f"Banking {row.number}  {row.total}", detail)
