"""Which accounts are usually paid an amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.models.codes import TransactionCode
from app.models.values import AccountKind, CodeKind
from app.services.core.context import Context
from app.services.ledger.sql import ACCOUNT, ENTRY


@dataclass(frozen=True, slots=True)
class UsualPayment:
    """An account that was paid an amount several times: how often, and when last."""

    account_id: int
    times: int
    last_on: date


def paid(ctx: Context, pence: int, since: date, *, least: int = 2, most: int = 50) -> tuple[UsualPayment, ...]:
    """The accounts that received exactly an amount at least so often since a day, the most often first."""
    times, last = func.count(), func.max(ENTRY.c.effective_on)
    rows = (
        select(ENTRY.c.account_id, times, last)
        .join(TransactionCode, TransactionCode.code == ENTRY.c.code)
        .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
        .where(
            ENTRY.c.effective_on >= since,
            ENTRY.c.pence == -pence,
            TransactionCode.kind == CodeKind.RECEIPT,
            ACCOUNT.c.kind != AccountKind.CONTROL,
        )
        .group_by(ENTRY.c.account_id)
        .having(times >= least)
        .order_by(times.desc(), ENTRY.c.account_id)
        .limit(most)
    )
    return tuple(UsualPayment(account_id, count, on) for account_id, count, on in ctx.session.execute(rows))
