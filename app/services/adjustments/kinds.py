"""The kinds of adjustment and their reasons, as the office keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select

from app.models.adjustments import AdjustmentKind, AdjustmentReason
from app.models.values import AccountKind, AdjustmentSheet
from app.services.adjustments import fixing
from app.services.adjustments.dto import KindRow, NewLine, ReasonRow
from app.services.core.context import Context
from app.services.core.errors import UserError

_PLAIN: Final = frozenset({AdjustmentSheet.ADJUSTMENT, AdjustmentSheet.TRANSFER, AdjustmentSheet.RECALCULATION})
"""The sheets whose kinds are posted as adjustments; a write-off, a refund or a recharge has its own gate and approval."""


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


def refuse_foreign(ctx: Context, lines: Iterable[NewLine], known: Mapping[str, KindRow]) -> None:
    """Refuse kinds that aren't posted as adjustments, and codes that no recalculation or line of the ledger asks for.

    Raises:
        UserError: a line has one.
    """
    for line in lines:
        kind = known[line.kind]
        if kind.sheet not in _PLAIN:
            raise UserError(f"{kind.title} isn't entered as an adjustment.", "Use its own sheet.", "kind")
        if line.code in {"", kind.code} or kind.sheet is AdjustmentSheet.RECALCULATION:
            continue
        if line.fixed_journal is None or line.fixed_line is None:
            raise UserError(f"{kind.title} isn't posted by {line.code}.", "Leave the code to its kind.", "kind")
        standing = fixing.standing_line(ctx, line.fixed_journal, line.fixed_line)
        if line.code != fixing.code_for(standing):
            raise UserError(f"{standing.what} isn't put right by {line.code}.", "Look at that line again.", "kind")


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
