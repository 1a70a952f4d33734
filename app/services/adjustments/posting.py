"""How an adjustment becomes one journal, and how a journal of it is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update

from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.values import AdjustmentSheet, AdjustmentState, JournalKind, Money
from app.services.adjustments import following, kinds
from app.services.adjustments.dto import Saved
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.ledger import periods
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append, append_reversal

_AREAS = frozenset({"adjustments", "rent", "approvals", "home"})
_LINE: Final[Any] = AdjustmentLine.__table__
_POSTED: Final = (
    "id",
    "kind",
    "account_id",
    "other_account_id",
    "code",
    "pence",
    "effective_on",
    "rent_week",
    "narrative",
)
_Line = Row[Any]


def post_now(ctx: Context, row: Adjustment) -> Saved:
    """Post an adjustment today as one journal (in the open period, where today's is closed); asked again it tells of the first.

    A transfer becomes two entries, the account and then the other one. The lines of a recalculation put right weeks that
    were charged, so their journal is one that the next recalculation counts as charged.

    Raises:
        UserError: the ledger refuses a line.
    """
    standing = _standing(ctx, row)
    following.before_posting(ctx, row, standing)
    lines = [line for each in standing for line in _entries(each)]
    _number(ctx, row, standing)
    header = JournalHeader(
        _journal_kind(ctx, {each.kind for each in standing}),
        periods.first_open_day(ctx.session, ctx.clock.today()),
        f"adjustment {row.number}",
        f"adjustment:{row.id}",
        narrative=row.title[:200],
        authorised_by=row.approved_by,
    )
    posted = append(ctx, header, lines)
    row.state = AdjustmentState.POSTED
    row.journal, row.accounting_on = posted.journal, header.accounting_on
    row.posted_by, row.posted_at = ctx.officer.id, ctx.clock.now()
    following.posted(ctx, row)
    told = f"Adjustment {row.number} is posted as journal {posted.journal}: {_in_words(row)}."
    if late := reported_later(ctx, [each.effective_on for each in standing], header.accounting_on):
        told = f"{told} {late}"
    touched = Changes(_AREAS, frozenset(line.account_id for line in lines))
    return Saved(row.id, row.number, row.state, row.request_id, posted.journal, told, touched)


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
    following.before_taking_back(ctx, row)
    posted = append_reversal(ctx, row.journal, reason, f"adjustment-reversal:{row.id}")
    row.state = AdjustmentState.REVERSED
    row.reversal_journal, row.reversed_by, row.reversal_reason = posted.journal, ctx.officer.id, reason.strip()
    following.taken_back(ctx, row)
    told = f"Adjustment {row.number} is reversed by journal {posted.journal}."
    columns = (AdjustmentLine.account_id, AdjustmentLine.other_account_id)
    pairs = ctx.session.execute(select(*columns).where(AdjustmentLine.adjustment_id == row.id))
    touched = frozenset(each for pair in pairs for each in pair if each is not None)
    return Saved(row.id, row.number, row.state, row.request_id, posted.journal, told, Changes(_AREAS, touched))


def _standing(ctx: Context, row: Adjustment) -> Sequence[_Line]:
    """Its lines as plain rows: a batch has thousands."""
    columns = (_LINE.c[name] for name in _POSTED)
    wanted = select(*columns).where(_LINE.c.adjustment_id == row.id).order_by(_LINE.c.place)
    return ctx.session.execute(wanted).all()


def _number(ctx: Context, row: Adjustment, standing: Sequence[_Line]) -> None:
    """Note at each line the number of its first entry; what says so for all of them is the journal, not the audit trail."""
    own = update(_LINE).where(_LINE.c.adjustment_id == row.id)
    if not any(each.other_account_id for each in standing):
        ctx.session.execute(own.values(entry_line=_LINE.c.place))
        return
    numbers: list[dict[str, int]] = []
    at = 1
    for each in standing:
        numbers.append({"of_line": each.id, "number": at})
        at += 1 if each.other_account_id is None else 2
    numbered = update(_LINE).where(_LINE.c.id == bindparam("of_line")).values(entry_line=bindparam("number"))
    ctx.session.connection().execute(numbered, numbers)


def _entries(line: _Line) -> Iterator[Line]:
    yield Line(line.account_id, line.code, line.pence, line.effective_on, line.rent_week, line.narrative)
    if line.other_account_id is not None:
        other = line.other_account_id
        yield Line(other, line.code, -line.pence, line.effective_on, line.rent_week, line.narrative)


def _journal_kind(ctx: Context, used: set[str]) -> JournalKind:
    sheets = {each.sheet for key, each in kinds.kinds(ctx).items() if key in used}
    recalculated = sheets == {AdjustmentSheet.RECALCULATION}
    return JournalKind.CHARGE_CORRECTION if recalculated else JournalKind.ADJUSTMENT


def _in_words(row: Adjustment) -> str:
    debit, credit = Money(row.debit_pence), Money(row.credit_pence)
    told = [f"{debit} debited"] if debit else []
    told += [f"{credit} credited"] if credit else []
    return " and ".join(told)
