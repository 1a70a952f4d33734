"""Who had a part in an order: whoever asks for one doesn't approve it, and neither of them says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.orders import OrderStep, PurchaseOrder
from app.models.values import OrderEvent
from app.services.approvals.kinds import Took
from app.services.core.context import Context

_ASKING: Final = (OrderEvent.DRAFTED, OrderEvent.CHANGED, OrderEvent.ASKED)
_ALWAYS: Final = frozenset({OrderEvent.DRAFTED, OrderEvent.ASKED, OrderEvent.AMENDED})


def asking(order_ids: Sequence[int]) -> Took:
    """Who drafted, changed or asked for requisitions: (order, officer)."""
    return select(OrderStep.order_id, OrderStep.officer_id).where(
        OrderStep.order_id.in_(order_ids), OrderStep.event.in_(_ASKING)
    )


def part(ctx: Context, row: PurchaseOrder) -> str:
    """What the officer did of an order that keeps them from saying what came of it: "asked for", "approved" or nothing.

    Whoever drafted it, changed it before it was approved, asked for it or amended it asked for it. Nothing keeps anybody from
    it where policy purchasing.receiver_not_orderer says no, as an office of two has to.
    """
    if ctx.policy.value("purchasing.receiver_not_orderer", ctx.clock.today()) != "yes":
        return ""
    steps = ctx.session.execute(
        select(OrderStep.event, OrderStep.officer_id).where(OrderStep.order_id == row.id).order_by(OrderStep.id)
    ).all()
    first = next((at for at, (event, _) in enumerate(steps) if event is OrderEvent.APPROVED), 0)
    asked = {row.made_by, *(officer_id for event, officer_id in steps if event in _ALWAYS)}
    asked |= {officer_id for event, officer_id in steps[:first] if event is OrderEvent.CHANGED}
    approved = {row.approved_by, *(officer_id for event, officer_id in steps if event is OrderEvent.APPROVED)}
    if ctx.officer.id in asked:
        return "asked for"
    return "approved" if ctx.officer.id in approved else ""
