"""Keeping the categories and the delivery points. None is deleted: what isn't used any more goes out of use."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from app.models.purchase_orders.orders import DeliveryPoint
from app.models.purchase_orders.suppliers import PurchaseCategory
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.purchase_orders.registers import requests
from app.services.purchase_orders.registers.dto import CHANGES, CategoryKept, CategoryRow, PointRow

_NAME, _TEXT, _ADDRESS, _KEY = 80, 200, 400, 40


@requires(Permission.KEEP_SUPPLIERS)
def keep_category(ctx: Context, asked: CategoryRow) -> CategoryKept:
    """Keep a category, or make a new one; what follows from it (`requests.MARKS`) changes once a second officer approves.

    Raises:
        UserError: it has no name, another has that name, there is no such category, or what follows from it changes while a change
            waits, or in an office of one officer.
        ChangedMeanwhile: somebody else saved it in between.
    """
    name = _text(ctx, asked.name, "name", _NAME, needed="Give the category a name.")
    why = _text(ctx, asked.not_published, "not_published", _TEXT)
    taken = select(PurchaseCategory.id).where(
        func.lower(PurchaseCategory.name) == name.lower(), PurchaseCategory.id != asked.category_id
    )
    if ctx.session.scalar(taken) is not None:
        raise UserError(f"There is a category called {name}.", "Give another name.", "name")
    row = _category(ctx, asked, name)
    row.name, row.not_published, row.active = name, why, asked.active
    ctx.session.flush()
    marks = {mark: bool(getattr(asked, mark)) for mark in requests.MARKS}
    if all(marks[mark] == getattr(row, mark) for mark in marks):
        return CategoryKept(f"{name} is kept.")
    told = f"{name} is kept. What follows from it waits for a second officer."
    return CategoryKept(told, requests.ask(ctx, row, marks))


@requires(Permission.KEEP_SUPPLIERS)
def keep_point(ctx: Context, asked: PointRow) -> Changes:
    """Keep a delivery point, or make a new one.

    Raises:
        UserError: it has no name or no address, another has that name, or there is no such place.
        ChangedMeanwhile: somebody else saved it in between.
    """
    name = _text(ctx, asked.name, "name", _NAME, needed="Give the place a name.")
    address = _text(ctx, asked.address, "address", _ADDRESS, needed="Give the address, the postcode last.")
    instructions = _text(ctx, asked.instructions, "instructions", _TEXT)
    taken = select(DeliveryPoint.id).where(
        func.lower(DeliveryPoint.name) == name.lower(), DeliveryPoint.id != asked.point_id
    )
    if ctx.session.scalar(taken) is not None:
        raise UserError(f"There is a delivery point called {name}.", "Give another name.", "name")
    row = _point(ctx, asked, name, address)
    row.name, row.address, row.instructions, row.active = name, address, instructions, asked.active
    ctx.session.flush()
    return CHANGES


def _category(ctx: Context, asked: CategoryRow, name: str) -> PurchaseCategory:
    if asked.category_id:
        row = ctx.session.get(PurchaseCategory, asked.category_id)
        if row is None:
            raise UserError("There is no such category any more.", "Look at the list again.")
        refuse_old(row.version, asked.version)
        return row
    last = ctx.session.scalar(select(func.max(PurchaseCategory.place))) or 0
    row = PurchaseCategory(
        key=_key(ctx, name), name=name, place=last + 1, no_order_needed=False, cis=False, works=False
    )
    ctx.session.add(row)
    return row


def _point(ctx: Context, asked: PointRow, name: str, address: str) -> DeliveryPoint:
    if asked.point_id:
        row = ctx.session.get(DeliveryPoint, asked.point_id)
        if row is None:
            raise UserError("There is no such delivery point any more.", "Look at the list again.")
        refuse_old(row.version, asked.version)
        return row
    row = DeliveryPoint(name=name, address=address)
    ctx.session.add(row)
    return row


def _key(ctx: Context, name: str) -> str:
    """A key made of the name, which no category has."""
    key = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[: _KEY - 4].strip("_") or "category"
    taken = set(ctx.session.scalars(select(PurchaseCategory.key).where(PurchaseCategory.key.startswith(key))))
    return next(each for at in range(len(taken) + 1) if (each := key if not at else f"{key}_{at + 1}") not in taken)


def _text(ctx: Context, text: str, field: str, most: int, needed: str = "") -> str:
    kept = text.strip()
    if needed and not kept:
        raise UserError(needed, field=field)
    if len(kept) > most:
        raise UserError(f"That is longer than {most} characters.", "Shorten it.", field)
    refuse_card_number(ctx, kept, field.replace("_", " "), field)
    return kept
