"""The price list as the office keeps it, with the prices of a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.recharges import RechargeItem
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.recharges import policies
from app.services.recharges.dto import PriceRow


def rows(ctx: Context, on: date) -> tuple[PriceRow, ...]:
    """Every line of the price list in its order, with its prices on a day."""
    found = ctx.session.scalars(select(RechargeItem).order_by(RechargeItem.place, RechargeItem.key))
    return tuple(_row(ctx, each, on) for each in found)


def row(ctx: Context, key: str, on: date) -> PriceRow:
    """A line of the price list that is in use, with its prices on a day.

    Raises:
        UserError: there is none.
    """
    found = ctx.session.get(RechargeItem, key)
    if found is None or not found.active:
        raise UserError("That isn't on the price list.", "Choose a line of it, or 'Other work, by its cost'.", "item")
    return _row(ctx, found, on)


def _row(ctx: Context, item: RechargeItem, on: date) -> PriceRow:
    prices = policies.prices(ctx, item.key, on)
    return PriceRow(item.key, item.title, item.code, item.vat, prices, item.active, item.version)


def code(ctx: Context, key: str) -> str:
    """What a line of the price list posts by, also one that is no longer in use."""
    return ctx.session.get_one(RechargeItem, key).code
