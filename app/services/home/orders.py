"""The cards of purchase orders: one's drafts, what waits for approval or is to be sent, what is overdue, late works."""

from __future__ import annotations

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.home.dto import CardLine, Opens, Tone
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import OrderFilter, OrderView


def lines(ctx: Context) -> tuple[CardLine, ...]:
    """What of orders waits for somebody; nothing for whoever neither raises nor approves them."""
    if not ctx.officer.permissions & {Permission.RAISE_ORDERS, Permission.APPROVE_ORDERS}:
        return ()
    found = queries.counts(ctx)
    drafts = queries.my_drafts(ctx)
    shown = (
        ("My requisitions, not asked for", drafts, Tone.PLAIN, OrderView.MINE),
        ("Awaiting approval", found[OrderView.AWAITING_APPROVAL], Tone.WARNING, OrderView.AWAITING_APPROVAL),
        ("Approved, to send", found[OrderView.TO_SEND], Tone.WARNING, OrderView.TO_SEND),
        ("Overdue", found[OrderView.OVERDUE], Tone.BAD, OrderView.OVERDUE),
        ("Works past their target", found[OrderView.LATE_WORKS], Tone.BAD, OrderView.LATE_WORKS),
    )
    return tuple(
        CardLine(title, f"{count:,}", tone, Opens("purchase_orders", OrderFilter(view=view)))
        for title, count, tone, view in shown
        if count
    )
