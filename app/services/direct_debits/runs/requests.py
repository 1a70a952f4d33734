"""A run as a kind of request: the second officer's approval makes its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.direct_debits.runs import DebitRun, DebitRunLeftOut, DebitRunLine
from app.models.values import ApprovalState, BacsCode, DebitRunKind, DebitRunState, Money, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.bacs.dto import Masked
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.direct_debits.runs import (
    banks,
    files,
    gathering,
    keeping,
    rules,
    selecting,
    settling,
    summing,
    taking,
)
from app.services.direct_debits.runs.dto import KINDS, REASONS
from app.services.direct_debits.runs.selecting import Selection
from app.services.ledger import numbering

KIND: Final = "direct_debit_run"
_SHOWN: Final = 40
_TOLD: Final = 6


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            KIND,
            "Direct Debit run",
            Permission.APPROVE_DIRECT_DEBITS,
            _apply,
            _details,
            ended=_ended,
            took=_took,
        )
    )


def ask(ctx: Context, run: DebitRun) -> int:
    """Ask a second officer to approve a run; the request.

    Raises:
        UserError: the office has one officer.
    """
    total = Money(run.pence)
    what = KINDS[run.kind].lower()
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.DIRECT_DEBIT_RUN,
            subject_id=run.id,
            summary=f"Direct Debit run {run.number}: {what} of {run.count:,} for {rules.spelt(run.entry_on)}",
            reason=run.note or f"{KINDS[run.kind]} of Direct Debits",
            payload={"run_id": run.id, "count": run.count, "pence": run.pence},
            total=None if run.kind is DebitRunKind.LODGEMENT else total,
            count=run.count,
            chain=f"debit_run:{run.id}",
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    numbering.move(ctx, "debit_run", 0)  # Holds off every other run before anything is read.
    run = _waiting(ctx, payload)
    now = selecting.again(ctx, run)
    differs = list(_differences(ctx, run, now))
    if differs:
        more = f" And {len(differs) - _TOLD:,} more." if len(differs) > _TOLD else ""
        raise UserError(
            f"Run {run.number} isn't as it was asked for any more. {' '.join(differs[:_TOLD])}{more}",
            "Refuse it, or have it withdrawn, and ask for the run anew.",
        )
    made = files.make(ctx, run, now)
    run.state = DebitRunState.MADE
    run.approved_by, run.approved_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    settling.remind_to_send(ctx, run, run.made_by, made.serial)
    return Changes(keeping.AREAS | {"approvals"})


def _differences(ctx: Context, run: DebitRun, now: Selection) -> Iterator[str]:
    """How what would go now differs from what was asked for, a sentence each."""
    for out in now.left_out:
        yield f"{out.record.reference}: {out.words}"
    found = {(each.collection_id, each.instruction_id): each for each in now.records}
    left = {(out.record.collection_id, out.record.instruction_id) for out in now.left_out}
    line_ = taking.LINES.c
    lines = (
        select(*line_, Mandate.reference).join(Mandate, Mandate.id == line_.mandate_id).where(line_.run_id == run.id)
    )
    count = 0
    for line in ctx.session.execute(lines):
        count += 1
        key, reference = (line.collection_id, line.instruction_id), line.reference
        record = found.get(key)
        if record is None:
            if key not in left:
                yield f"{reference}: it isn't in the run any more."
        elif record.pence != line.pence:
            yield f"{reference}: {Money(record.pence)} instead of {Money(line.pence)}."
        elif record.bank.bank_id != line.bank_id:
            yield f"{reference}: the bank details changed."
        elif (record.code, record.days.entry_on, record.own_scope) != (line.code, line.entry_on, line.own_scope):
            yield f"{reference}: it would go as {record.code.value} on {rules.spelt(record.days.entry_on)}."
    fault = rules.declared_fault(run.count, Money(run.pence), len(now.records), Money(now.pence), "records")
    if fault and count == run.count and not left:
        yield fault


def _took(run_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever asked for the run, or kept bank details that changed: the run's approval is their second person's."""
    earlier = aliased(MandateBank)
    before = select(earlier.id).where(earlier.mandate_id == MandateBank.mandate_id, earlier.id < MandateBank.id)
    used = aliased(DebitRunLine)
    other = aliased(DebitRun)
    gone = (
        select(used.bank_id)
        .join(other, other.id == used.run_id)
        .where(used.bank_id == MandateBank.id, used.run_id < DebitRunLine.run_id, other.state.not_in(rules.DEAD))
    )
    kept = (
        select(DebitRunLine.run_id, MandateBank.made_by)
        .join(MandateBank, MandateBank.id == DebitRunLine.bank_id)
        .where(
            DebitRunLine.run_id.in_(run_ids),
            DebitRunLine.code != BacsCode.CANCEL,
            before.exists(),
            ~gone.exists(),
        )
        .distinct()
    )
    return select(DebitRun.id, DebitRun.made_by).where(DebitRun.id.in_(run_ids)), kept


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:
    """The run is withdrawn: what was in it can go in another."""
    run = _waiting(ctx, payload)
    what = "Refused by the second officer" if state is ApprovalState.REFUSED else "Withdrawn"
    settling.withdrawn(ctx, run, f"{what}: {reason}" if reason else f"{what}.")


def _waiting(ctx: Context, payload: Payload) -> DebitRun:
    run = ctx.session.get(DebitRun, payload["run_id"])
    if run is None or run.state is not DebitRunState.WAITING:
        raise UserError("This run doesn't wait for approval any more.", "Look at it under Direct Debits, Runs.")
    return run


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Its days, its totals by code and day, what is left out and why, and each change of bank details."""
    run = ctx.session.get(DebitRun, payload["run_id"])
    if run is None:
        return ()
    shown = [
        Detail("Run", "", f"{run.number}, {KINDS[run.kind].lower()}"),
        Detail("Bacs processes it", "", rules.spelt(run.processing_on)),
        *_by_day(ctx, run),
        *_by_code(ctx, run),
        Detail("In all", "", f"{run.count:,}, {Money(run.pence)}"),
        *_left_out(ctx, run),
    ]
    return tuple(shown + _amended(ctx, run))


def _by_day(ctx: Context, run: DebitRun) -> Iterator[Detail]:
    for day, (count, amount) in taking.sums(ctx, run, DebitRunLine.entry_on).items():
        yield Detail("Money moves" if run.pence else "Entered", "", f"{rules.spelt(day)}: {_amount(count, amount)}")


def _by_code(ctx: Context, run: DebitRun) -> Iterator[Detail]:
    for each in summing.by_code(taking.sums(ctx, run, DebitRunLine.code)):
        yield Detail(f"{each.code.value} {each.words}", "", _amount(each.count, each.amount))


def _left_out(ctx: Context, run: DebitRun) -> Iterator[Detail]:
    for each in summing.by_reason(taking.sums(ctx, run, DebitRunLeftOut.reason)):
        yield Detail(f"Left out: {REASONS[each.reason][0]}", "", _amount(each.count, each.amount))


def _amount(count: int, amount: Money) -> str:
    return f"{count:,}, {amount}" if amount else f"{count:,}"


def _amended(ctx: Context, run: DebitRun) -> list[Detail]:
    """The bank details that changed since a run last took them; of restricted records without a name."""
    mine = select(DebitRunLine.bank_id).where(DebitRunLine.run_id == run.id, DebitRunLine.code != BacsCode.CANCEL)
    changed = banks.amended(ctx, MandateBank.id.in_(mine), before_run=run.id)
    rows = (
        select(MandateBank.last_two, MandateBank.holder, Mandate.reference, Mandate.account_id, MandateBank.id)
        .join(Mandate, Mandate.id == MandateBank.mandate_id)
        .where(MandateBank.id.in_(sorted(changed)[:_SHOWN]))
        .order_by(Mandate.reference)
    )
    hidden = gathering.hidden(ctx)
    shown = []
    for row in ctx.session.execute(rows):
        name = access.RESTRICTED_NAME if row.account_id in hidden else row.holder
        shown.append(Detail(f"Bank details changed: {row.reference}", "", f"{name}, {Masked(row.last_two).words}"))
    if len(changed) > _SHOWN:
        shown.append(
            Detail("And more changed bank details", "", f"{len(changed) - _SHOWN:,}, on the page Direct Debits")
        )
    return shown
