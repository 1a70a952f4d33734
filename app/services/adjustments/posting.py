"""How an adjustment becomes one journal, and how a journal of it is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import select, union_all

from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine
from app.models.values import AdjustmentSheet, AdjustmentState, JournalKind, Money, Subject
from app.services.adjustments import following
from app.services.adjustments.dto import Saved
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.ledger import numbering, periods
from app.services.ledger.dto import JournalHeader
from app.services.ledger.posting import append_bulk, append_reversal
from app.services.ledger.sql import AnySelect

AREAS: Final = frozenset({"adjustments", "rent", "approvals", "home"})
_LINE: Final[Any] = AdjustmentLine.__table__


def post_now(ctx: Context, row: Adjustment) -> Saved:
    """Post an adjustment today as one journal (in the open period, where today's is closed); asked again it tells of the first.

    A transfer becomes two entries, one on each account. The lines of a recalculation put right weeks that
    were charged, so their journal is one that the next recalculation counts as charged. Set-based: a batch has thousands.

    Raises:
        UserError: the ledger refuses a line, or one of the accounts is one that the officer may not work on.
    """
    access.touch_subject(ctx, Subject.ADJUSTMENT, row.id)
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    following.before_posting(ctx, row)
    header = JournalHeader(
        _journal_kind(ctx, row),
        periods.first_open_day(ctx.session, ctx.clock.today()),
        f"adjustment {row.number}",
        f"adjustment:{row.id}",
        narrative=row.title[:200],
        authorised_by=row.approved_by,
        approval=row.request_id if row.approved_by is not None else None,
    )
    posted = append_bulk(ctx, header, _entries(row.id))
    row.state = AdjustmentState.POSTED
    row.journal, row.accounting_on = posted.journal, header.accounting_on
    row.posted_by, row.posted_at = ctx.officer.id, ctx.clock.now()
    following.posted(ctx, row)
    told = f"Adjustment {row.number} is posted as journal {posted.journal}: {_in_words(row)}."
    days = ctx.session.scalars(select(_LINE.c.effective_on).where(_LINE.c.adjustment_id == row.id).distinct())
    if late := reported_later(ctx, days, header.accounting_on):
        told = f"{told} {late}"
    return Saved(row.id, row.number, row.state, row.request_id, posted.journal, told, changes(ctx, row.id))


def reported_later(ctx: Context, days: Iterable[date], accounting_on: date) -> str:
    """Where some days lie in a period that is closed, in which one their lines are reported instead; else empty."""
    closed = {period.name for period in periods.closed_among(ctx.session, days)}
    if not closed:
        return ""
    into = periods.name_of(ctx.session, accounting_on)
    what = "is closed" if len(closed) == 1 else "are closed"
    return f"{' and '.join(sorted(closed))} {what}, so it is reported in {into}."


def take_back(ctx: Context, row: Adjustment, reason: str) -> Saved:
    """Post the opposite of its journal, today; both stay on the accounts.

    Raises:
        UserError: it isn't posted, no reason is given, or the period is closed.
    """
    assert row.journal is not None, "Only what is posted is taken back."
    numbering.move(ctx, "journal", 0)
    following.before_taking_back(ctx, row)
    posted = append_reversal(ctx, row.journal, reason, f"adjustment-reversal:{row.id}")
    row.state = AdjustmentState.REVERSED
    row.reversal_journal, row.reversed_by, row.reversal_reason = posted.journal, ctx.officer.id, reason.strip()
    following.taken_back(ctx, row)
    told = f"Adjustment {row.number} is reversed by journal {posted.journal}."
    return Saved(row.id, row.number, row.state, row.request_id, posted.journal, told, changes(ctx, row.id))


def changes(ctx: Context, adjustment_id: int) -> Changes:
    """What an adjustment touches."""
    touched: set[int] = set()
    for column in (_LINE.c.account_id, _LINE.c.other_account_id):
        of_it = (_LINE.c.adjustment_id == adjustment_id, column.is_not(None))
        touched.update(ctx.session.scalars(select(column).where(*of_it).distinct()))
    return Changes(AREAS, frozenset(touched))


def _entries(adjustment_id: int) -> AnySelect:
    """Its lines as the ledger takes them; the other side of a transfer is a line of its own."""
    rest = (_LINE.c.effective_on, _LINE.c.rent_week, _LINE.c.narrative)
    own = select(_LINE.c.account_id, _LINE.c.code, _LINE.c.pence, *rest).where(_LINE.c.adjustment_id == adjustment_id)
    others = select(_LINE.c.other_account_id, _LINE.c.code, -_LINE.c.pence, *rest)
    others = others.where(_LINE.c.adjustment_id == adjustment_id, _LINE.c.other_account_id.is_not(None))
    both = union_all(own, others).subquery("both")
    return select(*both.c)


def _journal_kind(ctx: Context, row: Adjustment) -> JournalKind:
    kinds = select(_LINE.c.kind).where(_LINE.c.adjustment_id == row.id)
    sheets = set(ctx.session.scalars(select(AdjustmentKind.sheet).where(AdjustmentKind.key.in_(kinds))))
    recalculated = sheets == {AdjustmentSheet.RECALCULATION}
    return JournalKind.CHARGE_CORRECTION if recalculated else JournalKind.ADJUSTMENT


def _in_words(row: Adjustment) -> str:
    debit, credit = Money(row.debit_pence), Money(row.credit_pence)
    told = [f"{debit} debited"] if debit else []
    told += [f"{credit} credited"] if credit else []
    return " and ".join(told)
