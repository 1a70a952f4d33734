"""Runs looked at before they are asked for, listed, opened, and held against the file, the bank and the ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, func, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.runs import DebitRun, DebitRunLeftOut
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, DebitRunKind, Money
from app.services.bacs import queries as council
from app.services.core import access
from app.services.core.context import Context
from app.services.direct_debits.runs import gathering, keeping, reconciling, rows, selecting, showing, summing
from app.services.direct_debits.runs.dto import (
    EVERY_RUN,
    LeftOutRow,
    OverdueRow,
    Reconciled,
    RunDetail,
    RunFilter,
    RunLine,
    RunPreview,
    RunQuestion,
    RunRow,
)

MOST = 2_000
"""The list shows so many at most, the newest first."""


def preview(ctx: Context, question: RunQuestion) -> RunPreview:
    """What a run would take as things stand, what it would leave out and why, and what earlier days left behind.

    Raises:
        UserError: Bacs takes no file for that day, the council's own side isn't set, or the key isn't at this desk.
    """
    found = selecting.asked(ctx, question)
    hidden = access.restricted_accounts(ctx)
    lines = tuple(showing.line(place, record, hidden) for place, record in enumerate(found.records, 1))
    left = tuple(showing.left_out(out, hidden) for out in found.left_out)
    earlier = _overdue(ctx, found.days[0].entry_on) if question.kind is DebitRunKind.COLLECTION else ()
    own = council.own_accounts(ctx, found.days[0].processing_on)
    return RunPreview(
        question.kind,
        found.days,
        lines,
        left,
        earlier,
        len(lines),
        Money(found.pence),
        summing.by_code(summing.sums(lines, lambda line: line.code)),
        summing.by_day(summing.sums(lines, lambda line: line.entry_on), found.days),
        summing.by_own(summing.sums(lines, lambda line: line.own_scope), own),
        summing.by_reason(summing.sums(left, lambda row: row.reason)),
        sum(line.amended for line in lines),
    )


def ids(ctx: Context, wanted: RunFilter = EVERY_RUN) -> tuple[int, ...]:
    """The runs that a filter asks for, the newest first, at most `MOST`."""
    statement = select(DebitRun.id).order_by(DebitRun.id.desc()).limit(MOST)
    if wanted.kind is not None:
        statement = statement.where(DebitRun.kind == wanted.kind)
    if wanted.states:
        statement = statement.where(DebitRun.state.in_(sorted(wanted.states)))
    if wanted.open:
        statement = statement.where(DebitRun.state.in_(sorted(rows.OPEN)))
    return tuple(ctx.session.scalars(statement))


def listed(ctx: Context, wanted: RunFilter = EVERY_RUN) -> tuple[RunRow, ...]:
    """The runs that a filter asks for as they are listed, the newest first."""
    return rows.of(ctx, ids(ctx, wanted))


def of_day(ctx: Context, kind: DebitRunKind, processing_on: date) -> tuple[RunRow, ...]:
    """The runs of a kind with a (first) processing day, the newest first."""
    wanted = select(DebitRun.id).where(DebitRun.kind == kind, DebitRun.processing_on == processing_on)
    return rows.of(ctx, ctx.session.scalars(wanted.order_by(DebitRun.id.desc())).all())


def detail(ctx: Context, run_id: int) -> RunDetail:
    """A run as opened, without its lines.

    Raises:
        UserError: there is no such run.
    """
    return showing.detail(ctx, keeping.found(ctx, run_id))


def lines(ctx: Context, run_id: int) -> tuple[RunLine, ...]:
    """The records of a run in the order of its file; restricted ones without a name.

    Raises:
        UserError: there is no such run.
    """
    return showing.lines(ctx, keeping.found(ctx, run_id))


def left_out(ctx: Context, run_id: int) -> tuple[LeftOutRow, ...]:
    """What a run left out when it was asked for, by reason; restricted ones without a name.

    Raises:
        UserError: there is no such run.
    """
    run = keeping.found(ctx, run_id)
    statement = (
        select(
            DebitRunLeftOut,
            Mandate.reference,
            Mandate.payer_name,
            Mandate.account_id,
            Account.payment_reference,
            func.coalesce(Collection.due_on, run.entry_on).label("on_day"),
        )
        .join(Mandate, Mandate.id == DebitRunLeftOut.mandate_id)
        .join(Account, Account.id == Mandate.account_id)
        .outerjoin(Collection, Collection.id == DebitRunLeftOut.collection_id)
        .where(DebitRunLeftOut.run_id == run_id)
        .order_by(DebitRunLeftOut.place)
    )
    hidden = access.restricted_accounts(ctx)
    return tuple(
        LeftOutRow(
            row.DebitRunLeftOut.mandate_id,
            row.DebitRunLeftOut.collection_id,
            row.DebitRunLeftOut.instruction_id,
            row.account_id,
            row.payment_reference or "",
            row.reference,
            access.RESTRICTED_NAME if row.account_id in hidden else row.payer_name,
            row.DebitRunLeftOut.reason,
            row.DebitRunLeftOut.words,
            Money(row.DebitRunLeftOut.pence),
            row.on_day,
        )
        for row in ctx.session.execute(statement)
    )


def reconciled(ctx: Context, run_id: int) -> Reconciled:
    """A run held against its lines, its file, the Input report, the accounts and the control account.

    Raises:
        UserError: there is no such run.
    """
    return reconciling.of(ctx, keeping.found(ctx, run_id))


def _overdue(ctx: Context, before: date) -> tuple[OverdueRow, ...]:
    wanted = and_(Collection.state == CollectionState.PLANNED, Collection.due_on < before, Collection.pence > 0)
    hidden = access.restricted_accounts(ctx)
    return tuple(
        OverdueRow(
            row.id,
            row.mandate_id,
            row.account_id,
            row.payment_reference or "",
            row.reference,
            access.RESTRICTED_NAME if row.account_id in hidden else row.payer_name,
            row.due_on,
            Money(row.pence),
        )
        for row in gathering.collections(ctx, wanted)
    )
