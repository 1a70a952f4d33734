"""Orders of the made-up landlord raised, approved, sent and received, each as far as it has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import Money, OrderKind, OrderSent
from app.services.approvals import commands as approvals
from app.services.core.context import Context
from app.services.demonstration.purchasing_bills import Buyers, log_invoice
from app.services.demonstration.purchasing_plan import Bought, Come
from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.orders.dto import (
    CancelRest,
    NewLine,
    NewQuotation,
    NewRequisition,
    NewSplit,
    Saved,
    Send,
)
from app.services.purchase_orders.receipts import commands as receipts
from app.services.purchase_orders.receipts.dto import LineQuantity, NewReceipt

_RECEIVED: Final = frozenset({Come.PART, Come.RECEIVED, Come.INVOICED, Come.PAYABLE, Come.DISPUTED})
_INVOICED: Final = frozenset({Come.INVOICED, Come.PAYABLE, Come.DISPUTED})


def order(now: Buyers, key: str, shown: Bought, sellers: Sequence[int], codes: Sequence[int]) -> int:
    """Raise an order, and bring it as far as it has come; its id."""
    office = now.days_ago(shown.ago)
    ctx = office.asker
    category = ctx.session.scalars(select(Supplier.category_id).where(Supplier.id == sellers[shown.seller])).one()
    agreement = shown.kind is OrderKind.AGREEMENT
    lines = tuple(
        NewLine(what, many * 1_000, pence * 1_000, (NewSplit(codes[code]),), unit, shown.vat)
        for what, many, unit, pence, code in shown.lines
    )
    new = NewRequisition(
        key,
        shown.title,
        category,
        lines,
        shown.kind,
        supplier_id=sellers[shown.seller],
        wanted_on=None if agreement else ctx.clock.today() + timedelta(days=shown.wanted),
        reason="Needed for the work in hand",
        most=Money(4_500_00) if agreement else None,
        until_on=now.asker.clock.today() + timedelta(days=120) if agreement else None,
    )
    saved = orders.draft(ctx, new)
    if shown.come is Come.DRAFT:
        return saved.order_id
    net = sum(many * pence for _, many, _, pence, _ in shown.lines)
    quoted = NewQuotation(
        saved.order_id, supplier_id=sellers[shown.seller], written=False, given_on=ctx.clock.today(), net=Money(net)
    )
    saved = orders.quote(ctx, quoted)
    saved = orders.ask(ctx, saved.order_id, saved.version)
    if shown.come is not Come.WAITING:
        _decide(office, shown, saved)
        _follow(office, now, shown, saved.order_id, key)
    return saved.order_id


def _decide(office: Buyers, shown: Bought, saved: Saved) -> None:
    assert saved.request_id is not None
    if shown.come is Come.REFUSED:
        approvals.refuse(office.approver, [saved.request_id], "Use those of the closed office first")
    else:
        approvals.approve(office.approver, [saved.request_id])


def _follow(office: Buyers, now: Buyers, shown: Bought, order_id: int, key: str) -> None:
    """What became of an order that was approved."""
    if shown.come in {Come.REFUSED, Come.APPROVED}:
        return
    version = version_of(office.asker, order_id)
    version = orders.send(office.asker, Send(order_id, version, OrderSent.PRINTED)).version
    if shown.come is Come.CANCELLED:
        orders.cancel_rest(office.asker, CancelRest(order_id, version, "The tenant cleared it themselves"))
    if shown.come not in _RECEIVED:
        return
    later = now.days_ago(max(0, shown.ago - 7))
    came = _half(office.asker, order_id) if shown.come is Come.PART else ()
    today = later.receiver.clock.today()
    receipts.receive(
        later.receiver,
        NewReceipt(key, order_id, version_of(office.asker, order_id), today, came, f"DN-{order_id:04}"),
    )
    if shown.come in _INVOICED:
        log_invoice(now.days_ago(max(0, shown.ago - 9)), shown, order_id, key)


def _half(ctx: Context, order_id: int) -> tuple[LineQuantity, ...]:
    """Half of the first lines of an order, and nothing of the last."""
    rows = ctx.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.place)).all()
    return tuple(LineQuantity(each.id, each.quantity // 2_000 * 1_000) for each in rows[:-1])


def version_of(ctx: Context, order_id: int) -> int:
    """The version of an order, as it stands."""
    return ctx.session.get_one(PurchaseOrder, order_id).version
