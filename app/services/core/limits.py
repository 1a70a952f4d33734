"""Money limits: the most that an officer may do or approve of one kind, in one line and in one batch."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.limits import OfficerLimit
from app.models.values import ZERO, LimitKind, Money

TITLES = {
    LimitKind.ADJUSTMENT_DEBIT: "Debit adjustments",
    LimitKind.ADJUSTMENT_CREDIT: "Credit adjustments",
    LimitKind.REFUND: "Refunds",
    LimitKind.WRITE_OFF: "Write-offs",
    LimitKind.ORDER: "Purchase orders",
}
"""What a limit of each kind is called, in the order in which limits are listed."""


@dataclass(frozen=True, slots=True)
class Limit:
    """An officer's limit of one kind; where none was set both amounts are nothing."""

    kind: LimitKind
    line: Money
    batch: Money


def limits_of(session: Session, officer_id: int) -> dict[LimitKind, Limit]:
    """The limits that were set for an officer."""
    rows = session.scalars(select(OfficerLimit).where(OfficerLimit.officer_id == officer_id))
    return {row.kind: Limit(row.kind, Money(row.line_pence), Money(row.batch_pence)) for row in rows}


def limit_of(session: Session, officer_id: int, kind: LimitKind) -> Limit:
    """An officer's limit of one kind: nothing, where none was set."""
    return limits_of(session, officer_id).get(kind, Limit(kind, ZERO, ZERO))
