"""What the office's policy says of recharges and court costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from app.models.values import Money, VatTreatment, WorkTime
from app.services.core.context import Context
from app.services.core.policy import edited
from app.services.core.policy_values import shipped_of
from app.services.recharges.dto import CourtFee

_PRICES: Final = {
    WorkTime.NORMAL: "recharges.price",
    WorkTime.EMERGENCY: "recharges.price_emergency",
    WorkTime.OUT_OF_HOURS: "recharges.price_out_of_hours",
}
_VAT: Final = "vat.standard_rate"


def scope(item: str) -> str:
    """The scope in which the prices of a line of the price list are kept."""
    return f"recharge:{item}"


def prices(ctx: Context, item: str, on: date) -> Mapping[WorkTime, Money]:
    """The prices of a line on a day, before VAT; none where it has none."""
    found = {at: ctx.policy.find(key, on, scope(item)) for at, key in _PRICES.items()}
    return {at: Money.parse(value.value) for at, value in found.items() if value is not None}


def vat_basis_points(ctx: Context, on: date) -> int:
    """The standard rate of VAT on a day, in basis points."""
    return int(Decimal(ctx.policy.value(_VAT, on)) * 100)


def vat_on(ctx: Context, treatment: VatTreatment, on: date) -> int:
    """The rate that a treatment bears on a day, in basis points."""
    return vat_basis_points(ctx, on) if treatment is VatTreatment.STANDARD else 0


def fees(ctx: Context) -> Mapping[CourtFee, tuple[tuple[date, Money], ...]]:
    """Each court fee with the days from which it was in force, latest first."""
    changed = edited(ctx.session)
    found: dict[CourtFee, tuple[tuple[date, Money], ...]] = {}
    for fee in CourtFee:
        key = f"recharges.fee_{fee.value}"
        days = {each.effective_from for each in (*shipped_of(key), *changed) if each.key == key}
        found[fee] = tuple((day, ctx.policy.money(key, day)) for day in sorted(days, reverse=True))
    return found


def due_days(ctx: Context, on: date) -> int:
    """Days after an invoice in which it is to be paid."""
    return ctx.policy.number("recharges.due_days", on)


def tells_by_email(ctx: Context, on: date) -> bool:
    """Whether the officer who is told gets an e-mail besides the task."""
    return ctx.policy.value("recharges.tell_by_email", on) == "yes"


def task_days(ctx: Context, on: date) -> int:
    """Working days in which the officer who is told looks at it."""
    return ctx.policy.number("recharges.task_days", on)


def alike_days(ctx: Context, on: date) -> int:
    """Days in which a recharge of the same amount looks like the same again."""
    return ctx.policy.number("adjustments.alike_days", on)
