"""What the finder shows of money in suspense: by its number, and by what its payer said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.suspense import SuspenseItem, SuspenseMove
from app.models.values import Subject
from app.services.core import access, finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.reception_payments.suspense import queries
from app.services.reception_payments.suspense.dto import STATES, SuspenseRow

_NEEDS: Final = frozenset({Permission.CLEAR_SUSPENSE, Permission.APPROVE_SUSPENSE})


def register() -> None:
    """Plug money in suspense into the finder."""
    finding.register(Source(Subject.SUSPENSE_ITEM, "Suspense", _found, order=59, needs=_NEEDS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The items, for whoever works with suspense; not those that went, or are to go, to accounts that they may not open."""
    by_id = {row.item_id: row for row in queries.rows(ctx, SuspenseItem.id.in_(list(ids)))}
    moved = select(SuspenseMove.item_id, SuspenseMove.account_id).where(SuspenseMove.item_id.in_(list(ids)))
    closed = access.closed_accounts(ctx)
    shut = {item_id for item_id, account_id in ctx.session.execute(moved) if account_id in closed}
    return tuple(_line(by_id[each]) for each in ids if each in by_id and each not in shut)


def _line(row: SuspenseRow) -> Found:
    said = row.reference_given or row.payer_name or row.narrative
    age = "1 day old" if row.age == 1 else f"{row.age:,} days old"
    left = f"{row.left} left" if row.left.pence and row.left != row.amount else ""
    detail = "  ".join(each for each in (STATES[row.state], age, left, said) if each)
    return Found(Subject.SUSPENSE_ITEM, row.item_id, f"Suspense item {row.number}  {row.amount}", detail)
