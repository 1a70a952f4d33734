"""Attempts to give a credit back, kept; what other commands build on. Nothing here asks for a permission."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.refunds import CreditAttempt
from app.models.values import AttemptOutcome, AttemptWay
from app.services.core.context import Context


def find(ctx: Context, entry_key: str) -> CreditAttempt | None:
    """The attempt that this key made already."""
    return ctx.session.scalar(select(CreditAttempt).where(CreditAttempt.entry_key == entry_key))


def add(
    ctx: Context,
    entry_key: str,
    account_id: int,
    way: AttemptWay,
    tried_on: date,
    note: str = "",
    outcome: AttemptOutcome = AttemptOutcome.WAITING,
    outgoing_id: int | None = None,
) -> CreditAttempt:
    """Keep an attempt; the same key gives the one that it made before."""
    row = find(ctx, entry_key)
    if row is None:
        row = CreditAttempt(
            entry_key=entry_key,
            account_id=account_id,
            way=way,
            tried_on=tried_on,
            outcome=outcome,
            note=note,
            outgoing_id=outgoing_id,
            made_by=ctx.officer.id,
            made_at=ctx.clock.now(),
        )
        ctx.session.add(row)
        ctx.session.flush()
    return row
