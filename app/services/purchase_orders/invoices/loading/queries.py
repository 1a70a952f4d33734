"""Looking through a file of invoices before it is logged, and how the last one of its profile was read."""

from __future__ import annotations

import json

from sqlalchemy import select

from app.models.imports import LoadBatch
from app.services.core.context import Context
from app.services.purchase_orders.invoices.loading.dto import DateOrder, FileLooked, NewFileLoad, Profile
from app.services.purchase_orders.invoices.loading.looking import KIND, plan

_LATEST = 200


def look(ctx: Context, new: NewFileLoad) -> FileLooked:
    """What a file would do; nothing is kept.

    Raises:
        UserError: the very same file was loaded before.
    """
    return plan(ctx, new).looked


def profile(ctx: Context, name: str) -> Profile:
    """How the last file of a profile was read; nothing is known of a new one."""
    latest = select(LoadBatch.summary).where(LoadBatch.kind == KIND).order_by(LoadBatch.id.desc()).limit(_LATEST)
    for summary in ctx.session.scalars(latest):
        told = json.loads(summary)
        if told.get("profile") == name:
            dates = told.get("dates")
            return Profile(name, tuple(told["columns"].items()), DateOrder(dates) if dates else None)
    return Profile(name)
