"""Accounts in credit: since when each is without a break, and the lines that credited it since. Set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import and_, func, or_, select

from app.models.codes import TransactionCode
from app.models.values import CodeKind, ExplainGroup, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.dto import CreditLine, StandingCredit
from app.services.ledger.sql import ENTRY, PERIOD, SNAPSHOT, AnySelect

_LONG_AGO: Final = date(1900, 1, 1)
_CODE: Final[Any] = TransactionCode.__table__


def standing_credits(ctx: Context, account_ids: Collection[int]) -> dict[int, StandingCredit]:
    """Of each account that is in credit, since when it is and the credits from that day on; two statements for every 900.

    A credit is as old as the last day at whose end the account wasn't in credit: read from the latest period end at which
    it wasn't, and the entries after it.
    """
    found: dict[int, StandingCredit] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        since: dict[int, date] = {row[0]: row[1] for row in ctx.session.execute(_since(chunk)) if row[1] is not None}
        lines: defaultdict[int, list[CreditLine]] = defaultdict(list)
        for row in ctx.session.execute(_credits(list(since), min(since.values(), default=_LONG_AGO))):
            if row.effective_on >= since[row.account_id]:
                lines[row.account_id].append(
                    CreditLine(row.journal, row.effective_on, row.code, row.kind, row.explain_group, Money(row.pence))
                )
        found |= {account_id: StandingCredit(day, tuple(lines[account_id])) for account_id, day in since.items()}
    return found


def credits_before(ctx: Context, account_id: int, journal: int) -> tuple[CreditLine, ...]:
    """Every line that credited an account by a journal before this one."""
    rows = ctx.session.execute(_credits([account_id], _LONG_AGO).where(ENTRY.c.journal < journal))
    return tuple(
        CreditLine(row.journal, row.effective_on, row.code, row.kind, row.explain_group, Money(row.pence))
        for row in rows
    )


def _since(chunk: Collection[int]) -> AnySelect:
    """(account, first day of its unbroken credit): the first line after the last day at whose end it wasn't in credit."""
    bases = (
        select(SNAPSHOT.c.account_id, func.max(PERIOD.c.ends_on).label("on"))
        .join(PERIOD, PERIOD.c.id == SNAPSHOT.c.period_id)
        .where(SNAPSHOT.c.account_id.in_(chunk), SNAPSHOT.c.known_pence >= 0)
        .group_by(SNAPSHOT.c.account_id)
        .subquery("bases")
    )
    stood = (
        select(bases.c.account_id, bases.c.on, SNAPSHOT.c.known_pence)
        .join(PERIOD, PERIOD.c.ends_on == bases.c.on)
        .join(SNAPSHOT, and_(SNAPSHOT.c.period_id == PERIOD.c.id, SNAPSHOT.c.account_id == bases.c.account_id))
        .subquery("stood")
    )
    running = func.sum(ENTRY.c.pence).over(partition_by=ENTRY.c.account_id, order_by=ENTRY.c.effective_on)
    days = (
        select(
            ENTRY.c.account_id,
            ENTRY.c.effective_on,
            (running + func.coalesce(stood.c.known_pence, 0)).label("balance"),
        )
        .select_from(ENTRY.outerjoin(stood, stood.c.account_id == ENTRY.c.account_id))
        .where(ENTRY.c.account_id.in_(chunk), or_(stood.c.on.is_(None), ENTRY.c.effective_on > stood.c.on))
        .subquery("days")
    )
    clear = (
        select(days.c.account_id, func.max(days.c.effective_on).label("on"))
        .where(days.c.balance >= 0)
        .group_by(days.c.account_id)
        .subquery("clear")
    )
    return (
        select(days.c.account_id, func.min(days.c.effective_on))
        .select_from(days.outerjoin(clear, clear.c.account_id == days.c.account_id))
        .where(or_(clear.c.on.is_(None), days.c.effective_on > clear.c.on))
        .group_by(days.c.account_id)
    )


def _credits(account_ids: Collection[int], earliest: date) -> AnySelect:
    return (
        select(
            ENTRY.c.account_id,
            ENTRY.c.journal,
            ENTRY.c.effective_on,
            ENTRY.c.code,
            _CODE.c.kind,
            _CODE.c.explain_group,
            ENTRY.c.pence,
        )
        .join(_CODE, _CODE.c.code == ENTRY.c.code)
        .where(ENTRY.c.account_id.in_(account_ids), ENTRY.c.effective_on >= earliest, ENTRY.c.pence < 0)
    )


def last_paid(ctx: Context, account_id: int) -> tuple[date, Money] | None:
    """The last payment of the payer's own on an account, not of a benefit: its day, and how much; None where none is."""
    own = (ExplainGroup.CASH, ExplainGroup.DIRECT_DEBIT)
    statement = (
        select(ENTRY.c.effective_on, ENTRY.c.pence)
        .join(TransactionCode, TransactionCode.code == ENTRY.c.code)
        .where(
            ENTRY.c.account_id == account_id,
            ENTRY.c.pence < 0,
            TransactionCode.kind == CodeKind.RECEIPT,
            TransactionCode.explain_group.in_(own),
        )
        .order_by(ENTRY.c.effective_on.desc(), ENTRY.c.journal.desc())
        .limit(1)
    )
    found = ctx.session.execute(statement).one_or_none()
    return (found.effective_on, Money(-found.pence)) if found else None
