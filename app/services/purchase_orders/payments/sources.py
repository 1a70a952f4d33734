"""What the finder shows of payments to suppliers: runs by their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.purchase_orders.payments.dto import WAYS, RunRow
from app.services.purchase_orders.payments.queries import run_rows
from app.services.purchase_orders.suppliers.rules import spelt

_NEEDS: Final = frozenset({Permission.PAY_SUPPLIERS, Permission.APPROVE_SUPPLIER_PAYMENTS})


def register() -> None:
    """Plug payment runs into the finder."""
    finding.register(Source(Subject.SUPPLIER_RUN, "Payment runs", _found, order=64, needs=_NEEDS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    by_id = {row.run_id: row for row in run_rows(ctx, ids)}
    return tuple(_line(by_id[each]) for each in ids if each in by_id)


def _line(row: RunRow) -> Found:
    suppliers = f"{row.count:,} {'supplier' if row.count == 1 else 'suppliers'}"
    detail = f"{row.words}  {WAYS[row.by]}  {spelt(row.pay_on)}  {suppliers}"
    return Found(Subject.SUPPLIER_RUN, row.run_id, f"Payment run {row.number}", detail, row.total)
