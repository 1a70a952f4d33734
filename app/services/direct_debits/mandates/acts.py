"""What can be done with a mandate as it stands, and whether a cancellation can be taken back."""

from __future__ import annotations

from sqlalchemy import Select, select

from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank, MandateStep
from app.models.values import BacsCode, InstructionState, MandateEvent, MandateState, ToldBy
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.direct_debits.mandates.dto import STATES, Act
from app.services.direct_debits.mandates.rules import BEGIN, OVER

_ON_ITS_WAY = (InstructionState.IN_RUN, InstructionState.SENT, InstructionState.ACCEPTED)


def may(ctx: Context, row: Mandate) -> frozenset[Act]:
    """What the officer may do with a mandate now."""
    acts: set[Act] = set()
    if Permission.REVEAL_BANK_DETAILS in ctx.officer.permissions:
        acts.add(Act.REVEAL)
    if Permission.KEEP_DIRECT_DEBITS not in ctx.officer.permissions:
        return frozenset(acts)
    if row.state not in OVER:
        acts |= {Act.AMEND, Act.CHANGE, Act.SUSPEND, Act.CANCEL, Act.CONFIRM}
    if row.state is MandateState.SUSPENDED:
        acts |= {Act.RESUME}
    if not undo_refused(ctx, row):
        acts.add(Act.UNDO_CANCEL)
    return frozenset(acts)


def undo_refused(ctx: Context, row: Mandate) -> str:
    """Why a cancellation can't be taken back, as a sentence; empty if it can."""
    if row.state is not MandateState.CANCELLED:
        return f"Mandate {row.reference} is {STATES[row.state].lower()}, not cancelled."
    if row.state_on != ctx.clock.today():
        return "A cancellation is taken back on its own day only."
    last = _last_cancel(ctx, row)
    if last is None or last.told_by is ToldBy.BANK:
        return "The bank cancelled it: only the bank reinstates it."
    return "The bank is being told of the cancellation already." if _told(ctx, row) else ""


def bank_to_be_told(ctx: Context, row: Mandate) -> bool:
    """Whether a 0C waits for the next lodgement run."""
    waiting = _cancellations(row).where(Instruction.state == InstructionState.WAITING)
    return ctx.session.scalars(waiting).first() is not None


def before_cancel(ctx: Context, row: Mandate) -> MandateState:
    """The state that a cancelled mandate was in."""
    last = _last_cancel(ctx, row)
    return MandateState.NEW if last is None or last.from_state is None else last.from_state


def withdrawn_code(ctx: Context, bank: MandateBank) -> BacsCode | None:
    """The 0N or 0S of an account that was withdrawn when its mandate was cancelled; None if it came to anything else."""
    rows = select(Instruction).where(Instruction.bank_id == bank.id, Instruction.code.in_(BEGIN))
    last = ctx.session.scalars(rows.order_by(Instruction.id.desc())).first()
    return last.code if last is not None and last.state is InstructionState.WITHDRAWN else None


def _told(ctx: Context, row: Mandate) -> bool:
    """Whether the last 0C of the account that a mandate is on is on its way to its bank."""
    on = select(MandateBank.id).where(MandateBank.mandate_id == row.id, MandateBank.to_on.is_(None))
    rows = _cancellations(row).where(Instruction.bank_id.in_(on))
    last = ctx.session.scalars(rows.order_by(Instruction.id.desc())).first()
    return last is not None and last.state in _ON_ITS_WAY


def _last_cancel(ctx: Context, row: Mandate) -> MandateStep | None:
    steps = select(MandateStep).where(MandateStep.mandate_id == row.id, MandateStep.event == MandateEvent.CANCELLED)
    return ctx.session.scalars(steps.order_by(MandateStep.id.desc())).first()


def _cancellations(row: Mandate) -> Select[Instruction]:
    return select(Instruction).where(Instruction.mandate_id == row.id, Instruction.code == BacsCode.CANCEL)
