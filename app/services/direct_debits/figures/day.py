"""What of runs waits today: to be approved, sent, matched or posted; and the next days on which money moves."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.direct_debits.runs import DebitRun, DebitRunLine
from app.models.values import DebitRunKind, DebitRunState, Money
from app.services.core.context import Context
from app.services.direct_debits.figures.dto import RunsWaiting, Sum
from app.services.direct_debits.runs import queries
from app.services.direct_debits.runs.dto import RunFilter, RunRow

_DAYS_AHEAD: Final = 14
_TO_MOVE: Final = (DebitRunState.SENT, DebitRunState.MATCHED)
_STEPS: Final = (
    (DebitRunState.WAITING, "To approve"),
    (DebitRunState.MADE, "To send"),
    (DebitRunState.SENT, "To match"),
    (DebitRunState.MATCHED, "To post"),
)


def waiting(ctx: Context) -> tuple[RunsWaiting, ...]:
    """The runs that wait for each step, in the order of the steps."""
    by_state: dict[DebitRunState, list[RunRow]] = defaultdict(list)
    for row in queries.listed(ctx, RunFilter(open=True)):
        by_state[row.state].append(row)
    today = ctx.clock.today()
    by_state[DebitRunState.MATCHED] = [row for row in by_state[DebitRunState.MATCHED] if _is_due(row, today)]
    by_state[DebitRunState.SENT] = [row for row in by_state[DebitRunState.SENT] if row.processing_on <= today]
    return tuple(_waiting(title, by_state[state], today) for state, title in _STEPS if by_state[state])


def ahead(ctx: Context) -> tuple[tuple[date, Sum], ...]:
    """What was sent for each of the next entry days."""
    today = ctx.clock.today()
    rows = (
        select(DebitRunLine.entry_on, func.count(), func.sum(DebitRunLine.pence))
        .join(DebitRun, DebitRun.id == DebitRunLine.run_id)
        .where(
            DebitRun.kind == DebitRunKind.COLLECTION,
            DebitRun.state.in_(_TO_MOVE),
            DebitRunLine.entry_on > today,
            DebitRunLine.refused_words.is_(None),
            DebitRunLine.entry_on <= today + timedelta(days=_DAYS_AHEAD),
        )
        .group_by(DebitRunLine.entry_on)
        .order_by(DebitRunLine.entry_on)
    )
    return tuple((on, Sum(count, Money(pence))) for on, count, pence in ctx.session.execute(rows))


def _is_due(row: RunRow, today: date) -> bool:
    """Whether there is something to post today: a matched lodgement only waits for the bank's days."""
    return row.kind is DebitRunKind.COLLECTION and row.entry_on <= today


def _waiting(title: str, rows: list[RunRow], today: date) -> RunsWaiting:
    """The runs of one step, by the one that can wait the shortest."""
    sends = rows[0].state in {DebitRunState.WAITING, DebitRunState.MADE}

    def by(row: RunRow) -> date:
        return row.submit_on if sends else row.entry_on

    first = min(rows, key=lambda row: (by(row), row.number))
    return RunsWaiting(title, len(rows), first.number, first.run_id, by(first), late=by(first) < today)
