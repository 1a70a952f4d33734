"""Goods received and not invoiced, as at a day: what the book of budgets had of them then, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from app.models.purchase_orders.budgets import Budget, BudgetEntry, CostCentre, SubjectiveCode
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder, WorksOrder
from app.models.purchase_orders.receipts import GoodsReceipt, GoodsReceiptLine
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import BudgetKind, Money
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.budgets.rules import spelt_code
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.receipts import rules
from app.services.purchase_orders.receipts.dto import AccrualRow, Accruals, CodeTotal


def accruals(ctx: Context, on: date) -> Accruals:
    """What was received and not invoiced as at a day, reported in the months up to it: for the accruals of a year's end.

    It reads the book, which nobody changes, so that the list of a day that has gone is always the same.
    """
    found = _owed(ctx, on)
    oldest = _oldest(ctx, found, on)
    shut = access.restricted_accounts(ctx)
    rows = tuple(_row(ctx, row, oldest.get(row.line_id), on, shut=row.account_id in shut) for row in found)
    return Accruals(
        on,
        rows,
        _codes(rows),
        rules.ages([(row.days, row.amount) for row in rows]),
        sum((row.amount for row in rows), Money(0)),
    )


def _owed(ctx: Context, on: date) -> Sequence[Row[*tuple[Any, ...]]]:
    owed = (
        select(BudgetEntry.line_id, BudgetEntry.budget_id, func.sum(BudgetEntry.pence).label("pence"))
        .where(
            BudgetEntry.kind == BudgetKind.ACCRUAL,
            BudgetEntry.accounting_on <= on,
            BudgetEntry.line_id.is_not(None),
        )
        .group_by(BudgetEntry.line_id, BudgetEntry.budget_id)
        .having(func.sum(BudgetEntry.pence) != 0)
        .subquery()
    )
    statement = (
        select(
            owed.c.line_id,
            owed.c.budget_id,
            owed.c.pence,
            OrderLine.description,
            PurchaseOrder,
            Supplier.name.label("supplier"),
            CostCentre.code.label("centre"),
            SubjectiveCode.code.label("subjective"),
            SubjectiveCode.name.label("code_name"),
            WorksOrder.account_id,
        )
        .join(OrderLine, OrderLine.id == owed.c.line_id)
        .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
        .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .join(Budget, Budget.id == owed.c.budget_id)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .outerjoin(WorksOrder, WorksOrder.order_id == PurchaseOrder.id)
        .order_by(CostCentre.code, SubjectiveCode.code, PurchaseOrder.number, OrderLine.place)
    )
    return ctx.session.execute(statement).all()


def _oldest(ctx: Context, found: Sequence[Row[*tuple[Any, ...]]], on: date) -> dict[int, date]:
    """The day of the oldest receipt of what is owed on each line."""
    owed: dict[int, int] = defaultdict(int)
    for row in found:
        owed[row.line_id] += row.pence
    came: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for chunk in in_chunks(sorted(owed)):
        read = (
            select(GoodsReceiptLine.line_id, GoodsReceipt.received_on, GoodsReceiptLine.pence)
            .join(GoodsReceipt, GoodsReceipt.id == GoodsReceiptLine.receipt_id)
            .where(GoodsReceiptLine.line_id.in_(chunk), GoodsReceipt.received_on <= on)
            .order_by(GoodsReceipt.received_on, GoodsReceipt.id)
        )
        for line_id, received_on, pence in ctx.session.execute(read):
            came[line_id].append((received_on, pence))
    days = {line_id: rules.oldest(pence, came[line_id]) for line_id, pence in owed.items()}
    return {line_id: day for line_id, day in days.items() if day is not None}


def _row(ctx: Context, row: Row[*tuple[Any, ...]], received_on: date | None, on: date, *, shut: bool) -> AccrualRow:
    return AccrualRow(
        row.line_id,
        row.budget_id,
        spelt_code(row.centre, row.subjective),
        row.code_name,
        row.PurchaseOrder.id,
        orders.number_of(ctx, row.PurchaseOrder),
        row.supplier or "",
        access.RESTRICTED_NAME if shut else row.description,
        Money(int(row.pence)),
        received_on,
        (on - received_on).days if received_on else 0,
    )


def _codes(rows: Sequence[AccrualRow]) -> tuple[CodeTotal, ...]:
    found: dict[int, CodeTotal] = {}
    for row in rows:
        now = found.get(row.budget_id, CodeTotal(row.budget_id, row.code, row.code_name, 0, Money(0)))
        found[row.budget_id] = CodeTotal(row.budget_id, row.code, row.code_name, now.count + 1, now.amount + row.amount)
    return tuple(found.values())
