"""Which accounts are on hold."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from app.models.holds import Hold
from app.models.officers import Officer
from app.models.values import HoldKind
from app.services.core import access
from app.services.core.context import Context
from app.services.holds.dto import HoldRow
from app.services.holds.rules import is_live


def listed(ctx: Context, account_id: int) -> tuple[HoldRow, ...]:
    """The holds of an account, past ones too, the latest first."""
    access.open_account(ctx, account_id)
    today = ctx.clock.today()
    found = ctx.session.execute(
        select(Hold, Officer.name)
        .join(Officer, Officer.id == Hold.placed_by)
        .where(Hold.account_id == account_id)
        .order_by(Hold.from_on.desc(), Hold.id.desc())
    )
    return tuple(
        HoldRow(
            hold.id,
            hold.account_id,
            hold.kind,
            hold.reason,
            hold.from_on,
            hold.to_on,
            officer,
            is_live(hold.from_on, hold.to_on, today),
        )
        for hold, officer in found
    )


def held(ctx: Context, kind: HoldKind, day: date | None = None) -> dict[int, str]:
    """Every account on hold of a kind on a day (today, if none is given), with the reason."""
    day = day or ctx.clock.today()
    found = ctx.session.execute(
        select(Hold.account_id, Hold.reason)
        .where(Hold.kind == kind, Hold.from_on <= day, or_(Hold.to_on.is_(None), Hold.to_on >= day))
        .order_by(Hold.id)
    )
    return {row.account_id: row.reason for row in found}
