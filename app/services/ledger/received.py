"""What came in, by receipt code."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from app.models.codes import TransactionCode
from app.models.values import AccountKind, CodeKind, Money
from app.services.core.context import Context
from app.services.ledger.dto import CodeReceived
from app.services.ledger.sql import ACCOUNT, ENTRY


def by_code(ctx: Context, from_on: date, to_on: date) -> tuple[CodeReceived, ...]:
    """What came to tenants' accounts by each receipt code, by the day it counts as paid, both days included; most first."""
    pence = func.sum(-ENTRY.c.pence)
    rows = (
        select(ENTRY.c.code, TransactionCode.name, func.count(), pence)
        .join(TransactionCode, TransactionCode.code == ENTRY.c.code)
        .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
        .where(
            ENTRY.c.effective_on >= from_on,
            ENTRY.c.effective_on <= to_on,
            TransactionCode.kind == CodeKind.RECEIPT,
            ACCOUNT.c.kind != AccountKind.CONTROL,
        )
        .group_by(ENTRY.c.code, TransactionCode.name)
        .order_by(pence.desc(), ENTRY.c.code)
    )
    return tuple(
        CodeReceived(code, name, count, Money(int(sum_))) for code, name, count, sum_ in ctx.session.execute(rows)
    )
