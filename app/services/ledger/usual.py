"""Which accounts are usually paid an amount, on which days, and what was paid on some of them last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.models.codes import TransactionCode
from app.models.values import AccountKind, CodeKind, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.sql import ACCOUNT, ENTRY


@dataclass(frozen=True, slots=True)
class UsualPayment:
    """An account that was paid an amount several times: how often, and when last."""

    account_id: int
    times: int
    last_on: date


def paid(ctx: Context, pence: int, since: date, *, least: int = 2, most: int = 50) -> tuple[UsualPayment, ...]:
    """The accounts that received exactly an amount at least so often since a day, the most often first.

    The amount is looked for among the days first, in an index that has both, and counted here: asked in one statement,
    SQLite reads every entry there is in the order of the accounts.
    """
    exact = select(ENTRY.c.account_id).where(ENTRY.c.effective_on >= since, ENTRY.c.pence == -pence)
    seen = Counter(ctx.session.scalars(exact))
    found: list[UsualPayment] = []
    for chunk in in_chunks(sorted(account_id for account_id, count in seen.items() if count >= least)):
        found += _received(ctx, chunk, pence, since, least)
    return tuple(sorted(found, key=lambda each: (-each.times, each.account_id))[:most])


def _received(ctx: Context, account_ids: Sequence[int], pence: int, since: date, least: int) -> Iterator[UsualPayment]:
    times, last = func.count(), func.max(ENTRY.c.effective_on)
    rows = (
        select(ENTRY.c.account_id, times, last)
        .join(TransactionCode, TransactionCode.code == ENTRY.c.code)
        .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
        .where(
            ENTRY.c.account_id.in_(account_ids),
            ENTRY.c.effective_on >= since,
            ENTRY.c.pence == -pence,
            TransactionCode.kind == CodeKind.RECEIPT,
            ACCOUNT.c.kind != AccountKind.CONTROL,
        )
        .group_by(ENTRY.c.account_id)
        .having(times >= least)
    )
    for account_id, count, on in ctx.session.execute(rows):
        yield UsualPayment(account_id, count, on)


def days(ctx: Context, account_ids: Sequence[int], pence: int, since: date) -> dict[int, list[date]]:
    """The days on which accounts received exactly an amount since a day, the first one first."""
    found: dict[int, list[date]] = defaultdict(list)
    for chunk in in_chunks(account_ids):
        rows = (
            select(ENTRY.c.account_id, ENTRY.c.effective_on)
            .join(TransactionCode, TransactionCode.code == ENTRY.c.code)
            .where(
                ENTRY.c.account_id.in_(chunk),
                ENTRY.c.effective_on >= since,
                ENTRY.c.pence == -pence,
                TransactionCode.kind == CodeKind.RECEIPT,
            )
            .order_by(ENTRY.c.effective_on)
        )
        for account_id, on in ctx.session.execute(rows):
            found[account_id].append(on)
    return found


def last_paid(ctx: Context, account_ids: Sequence[int], most: int = 3) -> dict[int, list[tuple[date, Money]]]:
    """What accounts received last, the newest first; at most so many payments of each."""
    found: dict[int, list[tuple[date, Money]]] = defaultdict(list)
    for chunk in in_chunks(account_ids):
        place = func.row_number().over(
            partition_by=ENTRY.c.account_id,
            order_by=(ENTRY.c.effective_on.desc(), ENTRY.c.journal.desc(), ENTRY.c.line),
        )
        paid = (
            select(ENTRY.c.account_id, ENTRY.c.effective_on, ENTRY.c.pence, place.label("place"))
            .join(TransactionCode, TransactionCode.code == ENTRY.c.code)
            .where(ENTRY.c.account_id.in_(chunk), ENTRY.c.pence < 0, TransactionCode.kind == CodeKind.RECEIPT)
            .subquery()
        )
        rows = select(paid).where(paid.c.place <= most).order_by(paid.c.account_id, paid.c.place)
        for account_id, on, pence, _place in ctx.session.execute(rows):
            found[account_id].append((on, Money(-pence)))
    return found
