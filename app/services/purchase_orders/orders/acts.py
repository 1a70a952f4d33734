"""What may be done with an order next, by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.models.purchase_orders.orders import OrderLine, PurchaseOrder, WorksOrder
from app.models.values import OrderKind, OrderState
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.purchase_orders.orders import ending, keeping, planning, requests, separation
from app.services.purchase_orders.orders.dto import Act
from app.services.purchase_orders.works import recharging

_RECEIVES: Final = frozenset({Act.RECEIVE, Act.COMPLETE})


def of(ctx: Context, row: PurchaseOrder, lines: Sequence[OrderLine]) -> tuple[frozenset[Act], dict[Act, str]]:
    """What this officer may do with an order now, and why something that is done later, or by others, isn't."""
    may = set(_next(ctx, row, lines))
    why_not = dict(_why_not(ctx, row, may))
    allowed = ctx.officer.permissions
    if Permission.RAISE_ORDERS not in allowed:
        may &= _RECEIVES | {Act.RECHARGE}
    if Permission.RECEIVE_GOODS not in allowed:
        may -= _RECEIVES
    if Permission.RAISE_RECHARGES not in allowed:
        may -= {Act.RECHARGE}
    return frozenset(may) - why_not.keys(), {act: words for act, words in why_not.items() if act in may}


def _next(ctx: Context, row: PurchaseOrder, lines: Sequence[OrderLine]) -> Iterator[Act]:
    if row.kind is not OrderKind.WORKS:
        yield Act.COPY
    if row.state is OrderState.DRAFT or requests.returned(ctx, row):
        yield from (Act.CHANGE, Act.QUOTE, Act.WAIVE, Act.ASK)
    if row.state in {OrderState.DRAFT, OrderState.WAITING}:
        yield Act.WITHDRAW
    if row.kind is OrderKind.WORKS:
        yield from _works(ctx, row)
    if row.state is not OrderState.OPEN:
        return
    yield Act.CANCEL_REST
    if ending.closes(row, lines):
        yield Act.CLOSE
    if row.kind is OrderKind.AGREEMENT:
        yield from (Act.CALL_OFF, Act.AMEND, Act.QUOTE, Act.WAIVE)
    if row.kind in keeping.NOT_BOUND:
        return
    yield from (Act.SEND, Act.AMEND, Act.QUOTE, Act.WAIVE)
    if any(line.quantity - line.cancelled > line.received for line in lines):
        yield Act.RECEIVE


def _works(ctx: Context, row: PurchaseOrder) -> Iterator[Act]:
    works = ctx.session.get(WorksOrder, row.id)
    if works is None or row.state not in {OrderState.OPEN, OrderState.CLOSED}:
        return
    if works.completed_on is None:
        yield Act.COMPLETE
    elif works.account_id is not None and (works.recharge_id is None or recharging.taken_back(ctx, works.recharge_id)):
        yield Act.RECHARGE


def _why_not(ctx: Context, row: PurchaseOrder, may: set[Act]) -> Iterator[tuple[Act, str]]:
    if Act.ASK in may and row.kind is OrderKind.TEMPLATE:
        yield Act.ASK, "A template isn't ordered: draft a requisition from it."
    if may & {Act.AMEND, Act.CANCEL_REST, Act.CLOSE} and planning.waiting(ctx, row.id) is not None:
        for act in (Act.AMEND, Act.CANCEL_REST, Act.CLOSE, Act.QUOTE, Act.WAIVE):
            yield act, "An amendment of it waits for approval."
    if Act.WITHDRAW in may and row.state is OrderState.WAITING and requests.asked_by(ctx, row) != ctx.officer.id:
        yield Act.WITHDRAW, "Somebody else asked for it."
    receives = may & _RECEIVES
    if receives and (part := separation.part(ctx, row)):
        for act in receives:
            yield act, f"You {part} this order: somebody else says what came of it."
