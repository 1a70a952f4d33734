"""From works to the recharge of whoever caused them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, true

from app.models.accounts import Account
from app.models.purchase_orders.orders import PurchaseOrder, WorksOrder
from app.models.recharges import Recharge, RechargeItem
from app.models.values import Money, RechargeState, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.evidence import links_of
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.orders.rules import part
from app.services.purchase_orders.works import rules
from app.services.purchase_orders.works.dto import ToRecharge
from app.services.recharges.dto import NewRecharge

_LONGEST = 200
_BY_COST: Final = "other"
"""The line of the price list that has no price of its own."""
NOTHING = (RechargeState.REFUSED, RechargeState.WITHDRAWN, RechargeState.CREDITED)
"""The states of a recharge that came to nothing."""


def begin(ctx: Context, row: PurchaseOrder, works: WorksOrder) -> ToRecharge:
    """What a recharge of works begins with: what they cost before VAT, by the approved invoices if all of it is invoiced.

    The work is the line of the price list that has the words of the order, else other work by its cost.

    Raises:
        UserError: they aren't done, nobody lived there when they were ordered, or they were recharged before.
    """
    number = orders.number_of(ctx, row)
    if works.completed_on is None:
        raise UserError(f"{number} isn't done yet.", "Complete it, then recharge it.")
    if works.recharge_id is not None and not taken_back(ctx, works.recharge_id):
        raise UserError(f"{number} was recharged already.", "Take that recharge back by a credit note first.")
    if works.account_id is None:
        raise UserError(f"Nobody had the property when {number} was raised.", "There is nobody to recharge.")
    access.touch(ctx, (works.account_id,))
    reference = ctx.session.scalar(select(Account.payment_reference).where(Account.id == works.account_id)) or ""
    lines = orders.lines(ctx, row.id)
    invoiced = all(line.invoiced >= line.quantity - line.cancelled for line in lines)
    done = sum(part(line.net_pence, line.quantity - line.cancelled, line.quantity) for line in lines)
    pence = sum(line.invoiced_pence for line in lines) if invoiced else done
    key = f"works:{row.id}" if works.recharge_id is None else f"works:{row.id}:after:{works.recharge_id}"
    new = NewRecharge(
        key,
        works.account_id,
        item=_item(ctx, f"{row.title} {works.trade}"),
        evidence=links_of(ctx, Subject.PURCHASE_ORDER, row.id),
        done_on=works.completed_on,
        net=Money(pence),
        description=row.title[:_LONGEST],
        job=number,
        note=f"Works order {number}, {works.trade}".strip(", "),
    )
    return ToRecharge(row.id, number, works.account_id, reference, new)


def _item(ctx: Context, said: str) -> str:
    """The line of the price list that fits what was said of works, else the one for other work; empty where there is neither."""
    read = select(RechargeItem.key, RechargeItem.title).where(RechargeItem.active == true())
    titles = {row.key: row.title for row in ctx.session.execute(read.order_by(RechargeItem.place))}
    fits = rules.fitting(said, {key: title for key, title in titles.items() if key != _BY_COST})
    return fits or (_BY_COST if _BY_COST in titles else "")


def taken_back(ctx: Context, recharge_id: int) -> bool:
    """Whether a recharge came to nothing: refused or withdrawn, or credited whole."""
    return ctx.session.get_one(Recharge, recharge_id).state in NOTHING


def accounts(ctx: Context, works: WorksOrder) -> frozenset[int]:
    """The accounts of the tenancy that works may be recharged to."""
    if works.account_id is None:
        return frozenset()
    tenancy = select(Account.tenancy_id).where(Account.id == works.account_id)
    found = ctx.session.scalars(select(Account.id).where(Account.tenancy_id.in_(tenancy)))
    return frozenset({works.account_id, *found})
