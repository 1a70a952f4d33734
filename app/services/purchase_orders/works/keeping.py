"""Works orders for the commands that change them. Nothing here asks for a permission."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from app.models.properties import Property
from app.models.purchase_orders.orders import PurchaseOrder, WorksOrder
from app.models.tenancies import Tenancy
from app.models.values import OrderEvent, OrderKind, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.works import rules
from app.services.purchase_orders.works.dto import PRIORITIES
from app.services.tenancies import keeping as tenancies


def works(ctx: Context, order_id: int) -> WorksOrder:
    """What an order of works has besides.

    Raises:
        UserError: there is no such order, or it isn't one of works.
    """
    found = ctx.session.get(WorksOrder, order_id)
    if found is None:
        raise UserError("That isn't a works order.", "Look at the list again.")
    return found


def changing(ctx: Context, order_id: int, version: int) -> tuple[PurchaseOrder, WorksOrder]:
    """A works order that a step changes; its version moves.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        UserError: it isn't one of works, or is about an account that the officer may not work on.
    """
    row = orders.changing(ctx, order_id, version)
    if row.kind is not OrderKind.WORKS:
        raise UserError(f"{orders.number_of(ctx, row)} isn't a works order.", "Look at the list again.")
    return row, works(ctx, order_id)


def account_of(ctx: Context, property_id: int, on: date) -> int | None:
    """The main account of whoever has a property on a day; None of one that isn't let then."""
    let = (
        select(Tenancy.id)
        .where(
            Tenancy.property_id == property_id,
            Tenancy.start_on <= on,
            or_(Tenancy.end_on.is_(None), Tenancy.end_on >= on),
        )
        .order_by(Tenancy.start_on.desc(), Tenancy.id.desc())
        .limit(1)
    )
    tenancy_id = ctx.session.scalar(let)
    return tenancies.main_account(ctx, tenancy_id).id if tenancy_id is not None else None


def place(ctx: Context, property_id: int) -> Property:
    """A property that works are ordered for, if the officer may work on whoever lives there.

    Raises:
        UserError: there is none, or they may not.
    """
    found = record(ctx, Property, property_id, "property")
    access.touch_subject(ctx, Subject.PROPERTY, found.id)
    return found


def target_days(ctx: Context, priority: str, on: date) -> int:
    """The days of a priority, by the day on which works were reported.

    Raises:
        UserError: there is no such priority.
    """
    if priority not in PRIORITIES:
        raise UserError("How soon is it to be done?", "Choose a priority.", "priority")
    return ctx.policy.number("purchasing.target_days", on, f"priority:{priority}")


def completed(ctx: Context, order_id: int, on: date, words: str = "") -> None:
    """Works of which everything was received are done; what was recorded as done before stays as it is."""
    found = ctx.session.get(WorksOrder, order_id)
    if found is None or found.completed_on is not None:
        return
    found.completed_on, found.completed_by, found.completion = on, ctx.officer.id, words
    orders.step(ctx, order_id, OrderEvent.COMPLETED, words or rules.words(found.target_on, None, on, on))


def recharged(ctx: Context, order_id: int, recharge_id: int) -> None:
    """Keep which recharge was raised from works."""
    works(ctx, order_id).recharge_id = recharge_id
    ctx.session.flush()
