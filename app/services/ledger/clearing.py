"""Entries of control accounts that aren't seen at the bank yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import FromClause, and_, case, func, or_, select

from app.models.values import JournalKind, Money
from app.services.core.context import Context
from app.services.ledger.dto import ControlEntry, ControlTotal
from app.services.ledger.sql import ACCOUNT, ENTRY, JOURNAL

_ENTRIES: Final[Any] = ENTRY.join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id).join(
    JOURNAL, JOURNAL.c.number == ENTRY.c.journal
)


def standing(ctx: Context, keys: Collection[str], since: date, cleared: FromClause) -> tuple[ControlEntry, ...]:
    """The entries of some control accounts from a day on that aren't cleared, the oldest first.

    Args:
        ctx: whose session it is read in.
        keys: of the control accounts, in every fund.
        since: the first day.
        cleared: rows with the columns `journal` and `line` of what is cleared.
    """
    rows = _ENTRIES.outerjoin(cleared, and_(cleared.c.journal == ENTRY.c.journal, cleared.c.line == ENTRY.c.line))
    found = _select(rows).where(
        ACCOUNT.c.control_key.in_(sorted(keys)), ENTRY.c.effective_on >= since, cleared.c.journal.is_(None)
    )
    ordered = found.order_by(ENTRY.c.effective_on, ENTRY.c.journal, ENTRY.c.line)
    return tuple(_entry(row) for row in ctx.session.execute(ordered))


def of_journals(ctx: Context, keys: Collection[str], journals: Sequence[int]) -> tuple[ControlEntry, ...]:
    """The entries that some journals, at most a thousand, have on some control accounts."""
    found = _select(_ENTRIES).where(ACCOUNT.c.control_key.in_(sorted(keys)), ENTRY.c.journal.in_(sorted(set(journals))))
    return tuple(_entry(row) for row in ctx.session.execute(found.order_by(ENTRY.c.journal, ENTRY.c.line)))


def totals(ctx: Context, keys: Collection[str], since: date, on: date) -> dict[str, ControlTotal]:
    """What some control accounts took from a day on up to another, by their key, whatever the fund.

    What went to the bank is in journals of that kind, and in those that take one back.
    """
    taken_back = JOURNAL.alias("taken_back")
    banking = or_(JOURNAL.c.kind == JournalKind.BANKING, taken_back.c.kind == JournalKind.BANKING)
    pence = ENTRY.c.pence
    rows = (
        select(
            ACCOUNT.c.control_key,
            func.sum(case((banking, 0), else_=pence)),
            func.sum(case((banking, 0), (ENTRY.c.effective_on == on, pence), else_=0)),
            func.sum(case((banking, pence), else_=0)),
        )
        .select_from(_ENTRIES.outerjoin(taken_back, taken_back.c.number == JOURNAL.c.reverses))
        .where(ACCOUNT.c.control_key.in_(sorted(keys)), ENTRY.c.effective_on >= since, ENTRY.c.effective_on <= on)
        .group_by(ACCOUNT.c.control_key)
    )
    return {
        key: ControlTotal(int(receipted), int(of_day), int(banked))
        for key, receipted, of_day, banked in ctx.session.execute(rows)
    }


def _select(rows: Any) -> Any:
    columns = (
        ENTRY.c.journal,
        ENTRY.c.line,
        ENTRY.c.account_id,
        ACCOUNT.c.control_key,
        ACCOUNT.c.fund,
        ENTRY.c.pence,
        ENTRY.c.effective_on,
        JOURNAL.c.kind,
        JOURNAL.c.source,
        ENTRY.c.narrative,
        JOURNAL.c.reverses,
    )
    return select(*columns).select_from(rows)


def _entry(row: Any) -> ControlEntry:
    journal, line, account_id, key, fund, pence, on, kind, source, narrative, reverses = row
    return ControlEntry(journal, line, account_id, key, fund, Money(pence), on, kind, source, narrative, reverses)
