"""What `rentbook check` proves of suspense: its account holds exactly what its items have left."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, not_, select

from app.models.accounts import Account
from app.models.reception_payments.suspense import SuspenseItem, SuspenseMove
from app.models.values import Money, SuspenseMoveState, SuspenseState
from app.services.core.context import Context
from app.services.ledger import plugged


def register() -> None:
    """Plug it into `rentbook check`."""
    plugged.register("suspense", faults)


def faults(ctx: Context) -> Iterator[str]:
    """Each suspense account that doesn't hold what its items have left, and items that don't follow in their numbers."""
    left = (
        select(func.coalesce(func.sum(SuspenseItem.left_pence), 0))
        .where(SuspenseItem.account_id == Account.id)
        .scalar_subquery()
    )
    rows = select(Account.name, Account.balance_pence, left).where(
        Account.id.in_(select(SuspenseItem.account_id).distinct())
    )
    for name, balance, pence in ctx.session.execute(rows.order_by(Account.id)):
        if balance != -pence:
            yield f"{name} stands at {Money(balance)}, and its items have {Money(int(pence))} left."
    yield from _moved(ctx)
    count, last = ctx.session.execute(select(func.count(), func.max(SuspenseItem.number))).one()
    if count != (last or 0):
        yield f"There are {count} suspense items, and the last has number {last}."


def _moved(ctx: Context) -> Iterator[str]:
    """Items whose moves don't add up to what they have given; one without any has all of it, or was taken back whole."""
    gone = (
        select(func.coalesce(func.sum(SuspenseMove.pence), 0))
        .where(SuspenseMove.item_id == SuspenseItem.id, SuspenseMove.state == SuspenseMoveState.POSTED)
        .scalar_subquery()
    )
    back = (SuspenseItem.state == SuspenseState.CLEARED) & (SuspenseItem.left_pence == 0) & (gone == 0)
    wrong = select(SuspenseItem.number, SuspenseItem.pence, SuspenseItem.left_pence, gone).where(
        SuspenseItem.left_pence != SuspenseItem.pence - gone, not_(back)
    )
    for number, pence, left, moved in ctx.session.execute(wrong.order_by(SuspenseItem.number)):
        yield (
            f"Suspense item {number} of {Money(pence)} has {Money(left)} left, and {Money(int(moved))} was moved from it."
        )
