"""Accounts in credit: since when each is without a break, and the lines that credited it since. Set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import func, select

from app.models.codes import TransactionCode
from app.models.values import CodeKind, ExplainGroup, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.dto import CreditLine, StandingCredit
from app.services.ledger.sql import ACCOUNT, ENTRY, AnySelect

_SPANS: Final = (91, 365, 730)
"""Days back that are read one after the other, and then all before: most credits began within the first."""
_PORTION: Final = 5_000
_LONG_AGO: Final = date(1900, 1, 1)
_FAR: Final = date(9999, 12, 31)


def credits_since(ctx: Context, account_ids: Collection[int]) -> dict[int, date]:
    """Since when each account that is in credit is: the first line after the last day at whose end it wasn't.

    Read back from the kept balances, so that nothing is read of the years before a credit began.
    """
    left: dict[int, int] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        balances = select(ACCOUNT.c.id, ACCOUNT.c.balance_pence).where(ACCOUNT.c.id.in_(chunk))
        below = ctx.session.execute(balances.where(ACCOUNT.c.balance_pence < 0))
        left.update({row.id: row.balance_pence for row in below})
    found: dict[int, date] = {}
    for first, last in _spans(ctx.clock.today()):
        for chunk in in_chunks(sorted(left)):
            rows = ctx.session.execute(_days(chunk, first, last), execution_options={"yield_per": _PORTION})
            for account_id, days in groupby(rows, attrgetter("account_id")):
                for row in reversed(tuple(days)):
                    found[account_id] = row.effective_on
                    left[account_id] -= row.pence
                    if left[account_id] >= 0:
                        break
        left = {account_id: pence for account_id, pence in left.items() if pence < 0}
    return found


def standing_credits(ctx: Context, account_ids: Collection[int]) -> dict[int, StandingCredit]:
    """Of each account that is in credit, since when it is and the credits from that day on."""
    since = credits_since(ctx, account_ids)
    lines: defaultdict[int, list[CreditLine]] = defaultdict(list)
    for chunk in in_chunks(sorted(since, key=lambda account_id: since[account_id])):
        for account_id, line in _lines(ctx, chunk, since[chunk[0]]):
            if line.effective_on >= since[account_id]:
                lines[account_id].append(line)
    return {account_id: StandingCredit(day, tuple(lines[account_id])) for account_id, day in since.items()}


def newest_credits(
    ctx: Context, since: Mapping[int, date], credits_: Mapping[int, Money], without: Collection[str]
) -> dict[int, list[CreditLine]]:
    """The newest lines that credited some accounts since a day of each, at least those that come to what stands to its credit.

    Lines of the codes `without` don't count. Whoever asks what made a credit needs no line before them.
    """
    left = {account_id: credits_[account_id].pence for account_id in since}
    found: defaultdict[int, list[CreditLine]] = defaultdict(list)
    for first, last in _spans(ctx.clock.today()):
        for chunk in in_chunks(sorted(left)):
            for account_id, line in _lines(ctx, chunk, first, last):
                if line.effective_on >= since[account_id] and line.code not in without:
                    found[account_id].append(line)
                    left[account_id] += line.amount.pence
        left = {account_id: pence for account_id, pence in left.items() if pence > 0 and since[account_id] < first}
    return found


def credits_before(ctx: Context, account_id: int, journal: int) -> tuple[CreditLine, ...]:
    """Every line that credited an account by a journal before this one."""
    return tuple(line for _, line in _lines(ctx, [account_id]) if line.journal < journal)


def _spans(today: date) -> Iterator[tuple[date, date]]:
    """First and last days, the newest span first; what is posted ahead is in it."""
    last = _FAR
    for days in _SPANS:
        first = today - timedelta(days=days)
        yield first, last
        last = first - timedelta(days=1)
    yield _LONG_AGO, last


def _days(chunk: Collection[int], first: date, last: date) -> AnySelect:
    """What moved each account on each day, in order."""
    return (
        select(ENTRY.c.account_id, ENTRY.c.effective_on, func.sum(ENTRY.c.pence).label("pence"))
        .where(ENTRY.c.account_id.in_(chunk), ENTRY.c.effective_on.between(first, last))
        .group_by(ENTRY.c.account_id, ENTRY.c.effective_on)
        .order_by(ENTRY.c.account_id, ENTRY.c.effective_on)
    )


def _lines(
    ctx: Context, account_ids: Collection[int], first: date = _LONG_AGO, last: date = _FAR
) -> Iterator[tuple[int, CreditLine]]:
    """The lines that credited some accounts, each with its account."""
    kinds = select(TransactionCode.code, TransactionCode.kind, TransactionCode.explain_group)
    codes = {row.code: (row.kind, row.explain_group) for row in ctx.session.execute(kinds)}
    rows = select(ENTRY.c.account_id, ENTRY.c.journal, ENTRY.c.effective_on, ENTRY.c.code, ENTRY.c.pence).where(
        ENTRY.c.account_id.in_(account_ids), ENTRY.c.effective_on.between(first, last), ENTRY.c.pence < 0
    )
    for account_id, journal, day, code, pence in ctx.session.execute(rows, execution_options={"yield_per": _PORTION}):
        yield account_id, CreditLine(journal, day, code, *codes[code], Money(pence))


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
