"""The kinds of adjustment and their reasons, as the office keeps them."""

from __future__ import annotations

from sqlalchemy import select

from app.models.adjustments import AdjustmentKind, AdjustmentReason
from app.models.values import AccountKind
from app.services.adjustments.dto import KindRow, ReasonRow
from app.services.core.context import Context


def kinds(ctx: Context) -> dict[str, KindRow]:
    """Every kind by its key, in the order of the list."""
    rows = ctx.session.scalars(select(AdjustmentKind).order_by(AdjustmentKind.place, AdjustmentKind.key))
    return {row.key: _kind(row) for row in rows}


def reasons(ctx: Context) -> dict[str, ReasonRow]:
    """Every reason by its key, in the order of the list."""
    rows = ctx.session.scalars(select(AdjustmentReason).order_by(AdjustmentReason.place, AdjustmentReason.key))
    return {
        row.key: ReasonRow(row.key, row.title, frozenset(row.kinds.split()), row.active, row.version) for row in rows
    }


def _kind(row: AdjustmentKind) -> KindRow:
    return KindRow(
        row.key,
        row.title,
        row.explained,
        row.sheet,
        row.code,
        row.side,
        frozenset(AccountKind(each) for each in row.account_kinds.split()),
        row.needs_evidence,
        row.needs_period,
        row.always_approved,
        row.tells_benefit,
        row.active,
        row.version,
    )
