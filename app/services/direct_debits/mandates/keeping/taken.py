"""Instructions that a run has taken, which nothing may overtake, and those that go on with the account that they are of."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank
from app.models.values import InstructionState
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import rules

_STAND = (InstructionState.WAITING, InstructionState.SENT, InstructionState.ACCEPTED)


def refuse_in_run(ctx: Context, mandate: Mandate, then: str) -> None:
    """Refuse what would make a file wrong that is made, or asked for, and isn't sent yet.

    Raises:
        UserError: an instruction of the mandate is in a lodgement run; `then` says what is to be done after the run.
    """
    taken = select(Instruction.id).where(
        Instruction.mandate_id == mandate.id, Instruction.state == InstructionState.IN_RUN
    )
    if ctx.session.scalars(taken).first() is not None:
        raise UserError(
            f"The instruction of mandate {mandate.reference} is in a lodgement run that isn't sent yet.",
            f"Have the run sent or taken back first; then {then}.",
        )


def go_on(ctx: Context, old: MandateBank, new: MandateBank) -> None:
    """What waits to be lodged for an account, was, or stands, counts for the row that takes its place."""
    rows = select(Instruction).where(Instruction.bank_id == old.id, Instruction.state.in_(_STAND))
    for row in ctx.session.scalars(rows):
        row.bank_id = new.id
    ctx.session.flush()


def collect_from(ctx: Context, bank: MandateBank) -> date | None:
    """The first day on which something may be collected by the last 0N or 0S that was lodged for an account, if one was."""
    lodged = select(Instruction.processing_on).where(
        Instruction.bank_id == bank.id, Instruction.code.in_(rules.BEGIN), Instruction.processing_on.is_not(None)
    )
    day = ctx.session.scalars(lodged.order_by(Instruction.id.desc())).first()
    if day is None:
        return None
    today = ctx.clock.today()
    return bacs_days(ctx.policy, today).add(day, ctx.policy.number("direct_debits.first_after_days", today))
