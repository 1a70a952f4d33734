"""Runs as they are listed, with who did what and what can't wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.models.bacs import PaymentFile
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.runs import DebitRun, DebitRunLine
from app.models.values import DebitRunKind, DebitRunState, Money
from app.services.bacs import processing
from app.services.core.chunks import in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.direct_debits.mandates.rules import STOPPED
from app.services.direct_debits.runs import rules
from app.services.direct_debits.runs.dto import RunRow

OPEN: Final = frozenset({DebitRunState.WAITING, DebitRunState.MADE, DebitRunState.SENT, DebitRunState.MATCHED})
"""Something is still to be done with a run of these states."""
WENT: Final = frozenset({DebitRunState.SENT, DebitRunState.MATCHED, DebitRunState.POSTED})
"""Bacs has the file of a run of these states."""


def of(ctx: Context, run_ids: Sequence[int]) -> tuple[RunRow, ...]:
    """Some runs, in the order of their ids as given."""
    found: dict[int, tuple[DebitRun, PaymentFile | None]] = {}
    for chunk in in_chunks(run_ids):
        rows = (
            select(DebitRun, PaymentFile)
            .outerjoin(PaymentFile, PaymentFile.id == DebitRun.payment_file_id)
            .where(DebitRun.id.in_(chunk))
        )
        found |= {row.DebitRun.id: (row.DebitRun, row.PaymentFile) for row in ctx.session.execute(rows)}
    names = officer_names(
        ctx.session, {each for run, _file in found.values() for each in (run.made_by, run.approved_by)}
    )
    bacs = bacs_days(ctx.policy, ctx.clock.today())
    stopped = _stopped(ctx, [run.id for run, _file in found.values() if run.state is DebitRunState.MADE])
    rows_ = []
    for run_id in run_ids:
        if run_id not in found:
            continue
        run, file = found[run_id]
        last = processing.days_of(run.processing_on, bacs).submit_on
        told = stopped.get(run_id, "") or late(run, last, ctx.clock.today())
        rows_.append(_row(run, file, names, last, told))
    return tuple(rows_)


def late(run: DebitRun, submit_on: date, today: date) -> str:
    """Why a run can't wait, as a sentence; empty if it can."""
    first = rules.spelt(submit_on)
    if run.state in {DebitRunState.WAITING, DebitRunState.MADE}:
        what = "approved and sent" if run.state is DebitRunState.WAITING else "sent"
        if today > submit_on:
            return f"It had to be {what} by {first}."
        return f"It must be {what} today." if today == submit_on else ""
    if run.kind is DebitRunKind.LODGEMENT:
        late_ = run.state is DebitRunState.SENT and today > run.entry_on
        return "No AUDDIS or Input report has matched it yet." if late_ else ""
    if run.state is DebitRunState.SENT and today >= run.entry_on:
        return f"Its money moved on {rules.spelt(run.entry_on)}, and no Input report has matched it."
    if run.state is DebitRunState.MATCHED and today >= run.entry_on:
        return f"Its money moved on {rules.spelt(run.entry_on)}: post it."
    return ""


def _stopped(ctx: Context, run_ids: Sequence[int]) -> dict[int, str]:
    """Of runs whose file isn't sent yet, those that would collect by mandates which were stopped since, as sentences."""
    if not run_ids:
        return {}
    counts = (
        select(DebitRunLine.run_id, func.count(DebitRunLine.mandate_id.distinct()))
        .join(Mandate, Mandate.id == DebitRunLine.mandate_id)
        .where(
            DebitRunLine.run_id.in_(run_ids),
            DebitRunLine.collection_id.is_not(None),
            Mandate.state.in_(sorted(STOPPED)),
        )
        .group_by(DebitRunLine.run_id)
    )
    words = "its mandates {} stopped since it was approved: have it cancelled, and ask for the run anew."
    return {
        row[0]: f"{row[1]:,} of {words.format('was' if row[1] == 1 else 'were')}" for row in ctx.session.execute(counts)
    }


def _row(run: DebitRun, file: PaymentFile | None, names: dict[int, str], submit_on: date, late_: str) -> RunRow:
    return RunRow(
        run_id=run.id,
        number=run.number,
        kind=run.kind,
        state=run.state,
        submit_on=submit_on,
        processing_on=run.processing_on,
        entry_on=run.entry_on,
        last_entry_on=run.last_entry_on,
        count=run.count,
        amount=Money(run.pence),
        left_out=run.left_out,
        made_by=names.get(run.made_by, ""),
        made_at=run.made_at,
        request_id=run.request_id,
        approved_by=names.get(run.approved_by or 0, ""),
        approved_at=run.approved_at,
        serial=file.serial if file else None,
        file_state=file.state if file else None,
        reference=file.reference if file else "",
        late=late_,
        why=run.why,
    )
