"""The documents that lines of the book follow from, as their numbers are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import select

from app.models.purchase_orders.budgets import BudgetMove
from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt
from app.models.values import Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context

_NUMBERED: Final[dict[Subject, tuple[Any, str]]] = {
    Subject.PURCHASE_ORDER: (PurchaseOrder, "PO"),
    Subject.GOODS_RECEIPT: (GoodsReceipt, "GR"),
    Subject.SUPPLIER_INVOICE: (SupplierInvoice, "IN"),
    Subject.BUDGET_MOVE: (BudgetMove, "BM"),
    Subject.CODE_TRANSFER: (CodeTransfer, "JT"),
}


def numbers(ctx: Context, about: Collection[tuple[Subject, int]]) -> dict[tuple[Subject, int], str]:
    """The number of each document, such as `PO00012`; those without one are not in it."""
    ids: dict[Subject, list[int]] = defaultdict(list)
    for subject, subject_id in sorted(about):
        if subject in _NUMBERED:
            ids[subject].append(subject_id)
    found: dict[tuple[Subject, int], str] = {}
    for subject, wanted in ids.items():
        table, letters = _NUMBERED[subject]
        if subject is Subject.PURCHASE_ORDER:
            letters = ctx.policy.value("purchasing.order_number_prefix", ctx.clock.today())
        for chunk in in_chunks(wanted):
            for row in ctx.session.execute(select(table.id, table.number).where(table.id.in_(chunk))):
                if row.number is not None:
                    found[subject, row.id] = f"{letters}{row.number:05}"
    return found
