"""What is marked on an account today: flags, holds, the arrangement."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.models.arrangements import Arrangement
from app.models.holds import Flag
from app.models.values import Money
from app.services.core.context import Context
from app.services.holds import queries as hold_queries
from app.services.rent.dto import ArrangementRow, FlagRow, HoldRow


def flags(ctx: Context, account_id: int, today: date) -> tuple[FlagRow, ...]:
    """What officers must see on it."""
    statement = (
        select(Flag)
        .where(Flag.account_id == account_id, in_force(Flag.from_on, Flag.to_on, today))
        .order_by(Flag.from_on, Flag.id)
    )
    return tuple(FlagRow(flag.flag, flag.note, flag.from_on, flag.to_on) for flag in ctx.session.scalars(statement))


def holds(ctx: Context, account_id: int, today: date) -> tuple[HoldRow, ...]:
    """What is stopped on it, and why."""
    found = hold_queries.live(ctx, account_id, today)
    return tuple(HoldRow(hold.kind, hold.reason, hold.from_on, hold.to_on, hold.stops) for hold in found)


def arrangement(ctx: Context, account_id: int, today: date) -> ArrangementRow | None:
    """The latest arrangement that hasn't ended."""
    statement = (
        select(Arrangement)
        .where(Arrangement.account_id == account_id, or_(Arrangement.ends_on.is_(None), Arrangement.ends_on >= today))
        .order_by(Arrangement.starts_on.desc(), Arrangement.id.desc())
    )
    found = ctx.session.scalars(statement).first()
    if found is None:
        return None
    return ArrangementRow(Money(found.amount_pence), found.frequency, found.starts_on, found.ends_on, found.note)


def in_force(from_on: Any, to_on: Any, today: date) -> ColumnElement[bool]:
    """Whether dates that both belong to it, the last of which may be open, include a day."""
    return and_(from_on <= today, or_(to_on.is_(None), to_on >= today))
