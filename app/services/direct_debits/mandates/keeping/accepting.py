"""Instructions that stand: the bank says so, of one or of a whole run, or its days to return them are over."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, select, update

from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank
from app.models.values import InstructionState, MandateEvent, MandateState, ToldBy
from app.services.core import audit
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.direct_debits.mandates import rules
from app.services.direct_debits.mandates.keeping.steps import in_bulk, insert_steps, move


def settle(ctx: Context) -> int:
    """The bank's days to return instructions are over: they stand, and lodged mandates are live; how many. Set-based."""
    today = ctx.clock.today()
    days = ctx.policy.number("direct_debits.first_after_days", today)
    sent = select(Instruction.processing_on).where(Instruction.state == InstructionState.SENT).distinct()
    bacs = bacs_days(ctx.policy, today)
    over = [day for day in ctx.session.scalars(sent) if day is not None and bacs.add(day, days) <= today]
    count = 0
    for day in sorted(over):
        count += _stand(ctx, Instruction.processing_on == day, today, ToldBy.SYSTEM)
    if count:
        audit.record_bulk(ctx, "debit_instruction", "accept", rows=count)
        ctx.session.expire_all()
    return count


def accepted_run(ctx: Context, run_id: int, *, on: date | None = None, report_item_id: int | None = None) -> int:
    """The bank says that all that was sent with a run stands, before its days are over; how many. Set-based."""
    ctx.session.flush()
    count = _stand(ctx, Instruction.run_id == run_id, on or ctx.clock.today(), ToldBy.BANK, report_item_id)
    audit.record_bulk(ctx, "debit_instruction", "accept", rows=count, run_id=run_id)
    ctx.session.expire_all()
    return count


def accepted(ctx: Context, mandate: Mandate, *, on: date | None = None, report_item_id: int | None = None) -> None:
    """The bank says that an instruction stands, before its days are over."""
    today = ctx.clock.today()
    for row in ctx.session.scalars(
        select(Instruction).where(Instruction.mandate_id == mandate.id, Instruction.state == InstructionState.SENT)
    ):
        row.state, row.settled_on = InstructionState.ACCEPTED, on or today
    if mandate.state is MandateState.LODGED:
        how = {"on": on, "told_by": ToldBy.BANK, "report_item_id": report_item_id}
        move(ctx, mandate, MandateState.LIVE, MandateEvent.ACCEPTED, **how)  # type: ignore[arg-type]


def _stand(ctx: Context, of: ColumnElement[bool], on: date, told_by: ToldBy, report_item_id: int | None = None) -> int:
    """Instructions that were sent stand from a day on, and the lodged mandates that they began are live; how many."""
    these = (Instruction.state == InstructionState.SENT, of)
    banks_ = select(Instruction.bank_id).where(*these, Instruction.code.in_(rules.BEGIN))
    mandates = select(MandateBank.mandate_id).where(MandateBank.id.in_(banks_), MandateBank.to_on.is_(None))
    wait = (Mandate.state == MandateState.LODGED, Mandate.id.in_(mandates))
    insert_steps(ctx, wait, MandateState.LIVE, MandateEvent.ACCEPTED, on, told_by, report_item_id=report_item_id)
    live = {"state": MandateState.LIVE, "state_on": on, "version": Mandate.version + 1}
    in_bulk(ctx, update(Mandate).where(*wait).values(**live))
    count = ctx.session.scalar(select(func.count(Instruction.id)).where(*these)) or 0
    stands_now = {"state": InstructionState.ACCEPTED, "settled_on": on, "version": Instruction.version + 1}
    in_bulk(ctx, update(Instruction).where(*these).values(**stands_now))
    return count
