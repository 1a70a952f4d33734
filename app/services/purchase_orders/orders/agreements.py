"""What is called off an agreement stays within it, when it is asked for and when it is amended."""

from __future__ import annotations

from app.models.purchase_orders.orders import PurchaseOrder
from app.models.values import Money, OrderKind, OrderState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import keeping
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import spelt


def refuse_beyond(ctx: Context, row: PurchaseOrder, net: int) -> None:
    """Refuse a call-off that comes to so many pence before VAT, where its agreement doesn't cover that; no other order.

    Raises:
        UserError: the agreement is over, is with another supplier, or has less left.
    """
    if row.kind is not OrderKind.CALL_OFF:
        return
    agreement = ctx.session.get_one(PurchaseOrder, row.from_id)
    number = keeping.number_of(ctx, agreement)
    if agreement.state is not OrderState.OPEN:
        raise UserError(f"Agreement {number} is {agreement.state.value}.", "Order it by itself, or agree anew.")
    if agreement.until_on is not None and ctx.clock.today() > agreement.until_on:
        raise UserError(
            f"Agreement {number} ended on {spelt(agreement.until_on)}.", "Order it by itself, or agree anew."
        )
    refuse_other_supplier(ctx, row, row.supplier_id)
    left = (agreement.most_pence or 0) - keeping.called_off(ctx, agreement.id, but=row.id)
    if net > left:
        raise UserError(
            f"Agreement {number} has {Money(max(left, 0))} left of {Money(agreement.most_pence or 0)}; "
            f"this call-off comes to {Money(net)}.",
            "Lower it, or make a new agreement.",
            "lines",
        )


def refuse_other_supplier(ctx: Context, row: PurchaseOrder, supplier_id: int | None) -> None:
    """Refuse that a call-off goes to another supplier than its agreement is with.

    Raises:
        UserError: it would.
    """
    if row.kind is not OrderKind.CALL_OFF:
        return
    agreement = ctx.session.get_one(PurchaseOrder, row.from_id)
    if supplier_id != agreement.supplier_id:
        name = suppliers.supplier(ctx, agreement.supplier_id or 0).name
        raise UserError(
            f"Agreement {keeping.number_of(ctx, agreement)} is with {name}.",
            f"Call it off from {name}, or order it by itself.",
            "supplier",
        )
