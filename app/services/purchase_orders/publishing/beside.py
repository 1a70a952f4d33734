"""What is told of an order beside itself: who ordered it, the VAT that is lost, how many quotations were given."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import false, func, select

from app.models.purchase_orders.budgets import Budget, CostCentre
from app.models.purchase_orders.orders import OrderLine, OrderSplit, Quotation
from app.services.core.chunks import in_chunks
from app.services.core.context import Context


def departments(ctx: Context, ids: Sequence[int]) -> dict[int, str]:
    """The cost centre that bears the most of each order."""
    found: dict[int, tuple[int, str]] = {}
    for chunk in in_chunks(ids):
        rows = (
            select(OrderLine.order_id, CostCentre.name, func.sum(OrderSplit.pence).label("pence"))
            .join(OrderSplit, OrderSplit.line_id == OrderLine.id)
            .join(Budget, Budget.id == OrderSplit.budget_id)
            .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
            .where(OrderLine.order_id.in_(chunk))
            .group_by(OrderLine.order_id, CostCentre.name)
            .order_by(OrderLine.order_id, CostCentre.name)
        )
        for row in ctx.session.execute(rows):
            if row.order_id not in found or row.pence > found[row.order_id][0]:
                found[row.order_id] = (row.pence, row.name)
    return {order: name for order, (_, name) in found.items()}


def lost_vat(ctx: Context, ids: Sequence[int]) -> dict[int, int]:
    """The VAT of each order that can't be got back."""
    found: dict[int, int] = {}
    for chunk in in_chunks(ids):
        rows = (
            select(OrderLine.order_id, func.sum(OrderLine.vat_pence).label("pence"))
            .where(OrderLine.order_id.in_(chunk), OrderLine.vat_recovered == false())
            .group_by(OrderLine.order_id)
        )
        found.update({row.order_id: row.pence for row in ctx.session.execute(rows)})
    return found


def quotations(ctx: Context, ids: Sequence[int]) -> dict[int, int]:
    """How many quotations were given for each order."""
    found: dict[int, int] = {}
    for chunk in in_chunks(ids):
        rows = (
            select(Quotation.order_id, func.count().label("given"))
            .where(Quotation.order_id.in_(chunk), Quotation.given_on.is_not(None))
            .group_by(Quotation.order_id)
        )
        found.update({row.order_id: row.given for row in ctx.session.execute(rows)})
    return found
