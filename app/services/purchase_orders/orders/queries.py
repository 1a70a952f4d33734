"""Orders as they are listed, opened, looked at before they are asked for, and asked about."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.budgets import Budget
from app.models.purchase_orders.orders import DeliveryPoint, PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory
from app.models.values import Money, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.records import record
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.orders import agreeing, looking, planning, rolling, sending
from app.services.purchase_orders.orders.card import detail, quotations
from app.services.purchase_orders.orders.checking import check
from app.services.purchase_orders.orders.dto import (
    Amend,
    AmendAgreement,
    AmendPreview,
    Choice,
    CodeLeft,
    OrderForm,
    RollPreview,
)
from app.services.purchase_orders.orders.listing import counts, ids, my_drafts, rows, totals
from app.services.purchase_orders.orders.paid import is_paid

__all__ = [
    "check",
    "codes_of",
    "counts",
    "detail",
    "form",
    "goes_as_pdf",
    "ids",
    "is_paid",
    "my_drafts",
    "paper",
    "preview_agreement",
    "preview_amendment",
    "quotations",
    "roll_preview",
    "rows",
    "totals",
]

_YEARS: Final = 2


def form(ctx: Context, year: int | None = None) -> OrderForm:
    """What the sheet of a requisition begins with, for a financial year; None is that of today."""
    now = year_of(ctx.clock.today())
    wanted = now if year is None else year
    categories = select(PurchaseCategory).where(PurchaseCategory.active).order_by(PurchaseCategory.place)
    points = select(DeliveryPoint).where(DeliveryPoint.active).order_by(DeliveryPoint.name)
    codes = ctx.session.scalars(select(Budget.id).where(Budget.year == wanted))
    return OrderForm(
        ctx.clock.today(),
        wanted,
        tuple(range(now, now + _YEARS)),
        tuple(Choice(each.id, each.name, _note(each)) for each in ctx.session.scalars(categories)),
        tuple(Choice(each.id, each.name) for each in ctx.session.scalars(points)),
        looking.codes_left(ctx, dict.fromkeys(codes, 0)),
    )


def codes_of(ctx: Context, order_id: int) -> tuple[CodeLeft, ...]:
    """The codes that the lines of an order may be on: those of its year, and those on which they stand though it was rolled."""
    row = record(ctx, PurchaseOrder, order_id, "order")
    access.open_subject(ctx, Subject.PURCHASE_ORDER, row.id)
    of_year = ctx.session.scalars(select(Budget.id).where(Budget.year == row.year))
    return looking.codes_left(ctx, dict.fromkeys({*of_year, *looking.takes(ctx, row.id)}, 0))


def preview_amendment(ctx: Context, wanted: Amend) -> AmendPreview:
    """What an amendment would do, and whether it needs approval.

    Raises:
        UserErrors: lines have faults, each named.
        UserError: as `planning.plan`.
    """
    row = record(ctx, PurchaseOrder, wanted.order_id, "order")
    access.open_subject(ctx, Subject.PURCHASE_ORDER, row.id)
    found = planning.plan(ctx, row, wanted)
    return AmendPreview(
        Money(found.before),
        Money(found.after),
        found.needs_approval,
        found.why,
        found.changes,
        looking.codes_left(ctx, found.takes),
        found.wanting,
    )


def preview_agreement(ctx: Context, wanted: AmendAgreement) -> AmendPreview:
    """What an amendment of an agreement would do, and whether it needs approval.

    Raises:
        UserError: as `agreeing.plan`.
    """
    row = record(ctx, PurchaseOrder, wanted.order_id, "order")
    access.open_subject(ctx, Subject.PURCHASE_ORDER, row.id)
    found = agreeing.plan(ctx, row, wanted)
    return AmendPreview(
        Money(row.most_pence or 0), found.most, found.rises, found.why, found.changes, (), found.wanting
    )


def roll_preview(ctx: Context, year: int) -> RollPreview:
    """What rolling a financial year's open orders into the next would move, and which codes are missing there."""
    return rolling.preview(ctx, year)


def goes_as_pdf(ctx: Context) -> bool:
    """Whether an order that is e-mailed goes as a PDF too, or as text alone."""
    return sending.goes_as_pdf(ctx)


def paper(ctx: Context, order_id: int, number: int | None = None) -> bytes:
    """The PDF of an order as it was kept, or as it would be; of a version, if one is named.

    Raises:
        UserError: it isn't approved, or has no such version.
    """
    row = record(ctx, PurchaseOrder, order_id, "order")
    access.open_subject(ctx, Subject.PURCHASE_ORDER, row.id)
    return sending.paper(ctx, row, number)


def _note(row: PurchaseCategory) -> str:
    return "works" if row.works else "no order needed" if row.no_order_needed else ""
