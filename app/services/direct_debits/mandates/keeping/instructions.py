"""What the bank is told of mandates (0N, 0C, 0S): asked for, sent with a run, put back, accepted, returned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import Select, select, update

from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank
from app.models.values import BacsCode, InstructionState, MandateEvent, MandateState, ToldBy
from app.services.core import audit
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.direct_debits.mandates import rules
from app.services.direct_debits.mandates.keeping import banks, paying
from app.services.direct_debits.mandates.keeping.steps import in_bulk, insert_steps, move

_LODGED_FROM: Final = (MandateState.NEW, MandateState.AMENDED)
_ASKED: Final = (InstructionState.WAITING, InstructionState.IN_RUN)


def instruct(
    ctx: Context, mandate: Mandate, code: BacsCode, bank: MandateBank, why: str, place: int = 0
) -> Instruction:
    """Ask that the bank is told something by the next lodgement run; the same that waits already is that one."""
    same = _of(mandate).where(
        Instruction.bank_id == bank.id, Instruction.code == code, Instruction.state == InstructionState.WAITING
    )
    row = ctx.session.scalars(same).first()
    if row is None:
        row = Instruction(
            mandate_id=mandate.id,
            bank_id=bank.id,
            code=code,
            state=InstructionState.WAITING,
            place=place,
            why=why[:200],
            asked_by=ctx.officer.id,
            asked_at=ctx.clock.now(),
        )
        ctx.session.add(row)
        ctx.session.flush()
    return row


def withdraw_instructions(
    ctx: Context, bank: MandateBank, codes: Collection[BacsCode] = (BacsCode.NEW, BacsCode.CONVERT, BacsCode.CANCEL)
) -> int:
    """Withdraw what waits to be told of one account and isn't needed any more; how many. What is in a run stays.

    What waits for another account of the mandate stays too: the bank of that one has the instruction still.
    """
    waiting = select(Instruction).where(Instruction.bank_id == bank.id, Instruction.state == InstructionState.WAITING)
    rows = ctx.session.scalars(waiting.where(Instruction.code.in_(codes))).all()
    for row in rows:
        row.state, row.settled_on = InstructionState.WITHDRAWN, ctx.clock.today()
    ctx.session.flush()
    return len(rows)


def states_of(ctx: Context, bank: MandateBank) -> dict[InstructionState, Instruction]:
    """What gives the bank the instruction for an account (0N, 0S), by how far it has come; the last of each state."""
    rows = select(Instruction).where(Instruction.bank_id == bank.id, Instruction.code.in_(rules.BEGIN))
    return {row.state: row for row in ctx.session.scalars(rows.order_by(Instruction.id))}


def stands(ctx: Context, mandate: Mandate, bank: MandateBank) -> MandateState | None:
    """Where a mandate stands that nothing stops; None where the bank hasn't the instruction, nor will have."""
    states = states_of(ctx, bank)
    return rules.standing(
        waits=any(each in states for each in _ASKED),
        sent=bank.held and InstructionState.SENT in states,
        held=bank.held,
        lodged=mandate.lodged_on is not None,
    )


def lodged(ctx: Context, run_id: int, processing_on: date) -> int:
    """The file of a lodgement run was sent: its instructions with it; how many. Set-based.

    The mandates that waited for it are lodged, and may be collected from so many working days on as policy says; of those that
    an officer stopped meanwhile only the days are kept. The bank holds a 0N or 0S from now on, and a 0C takes it away. What is
    collected first of a new instruction goes with the code 01, also where it was collected from another bank before (bacs.md 1.9).
    """
    of_run = (Instruction.run_id == run_id, Instruction.state == InstructionState.IN_RUN)
    begun = select(Instruction.bank_id).where(*of_run, Instruction.code.in_(rules.BEGIN))
    gone = select(Instruction.bank_id).where(*of_run, Instruction.code == BacsCode.CANCEL)
    mandates = select(MandateBank.mandate_id).where(MandateBank.id.in_(begun), MandateBank.to_on.is_(None))
    today = ctx.clock.today()
    after = ctx.policy.number("direct_debits.first_after_days", today)
    days = {
        "lodged_on": processing_on,
        "first_collected_on": None,
        "last_bank_on": processing_on,
        "collect_from": bacs_days(ctx.policy, today).add(processing_on, after),
        "version": Mandate.version + 1,
    }
    _steps_of_run(ctx, run_id, mandates, processing_on)
    wait = Mandate.state.in_(_LODGED_FROM)
    here = Mandate.id.in_(mandates)
    in_bulk(ctx, update(Mandate).where(here, ~wait).values(**days))
    in_bulk(ctx, update(Mandate).where(here, wait).values(**days, state=MandateState.LODGED, state_on=processing_on))
    in_bulk(ctx, update(MandateBank).where(MandateBank.id.in_(gone)).values(held=False))
    in_bulk(ctx, update(MandateBank).where(MandateBank.id.in_(begun)).values(held=True))
    count = len(ctx.session.scalars(select(Instruction.id).where(*of_run)).all())
    sent = {"state": InstructionState.SENT, "processing_on": processing_on, "version": Instruction.version + 1}
    in_bulk(ctx, update(Instruction).where(*of_run).values(**sent))
    audit.record_bulk(ctx, "debit_instruction", "lodge", rows=count, run_id=run_id)
    ctx.session.expire_all()
    return count


def put_back(ctx: Context, run_id: int, why: str = "The run was cancelled") -> int:
    """A run isn't sent, or was refused whole: its instructions wait again; how many.

    One that isn't wanted any more is withdrawn: a 0N as the mandate was cancelled or moved to another bank meanwhile, with the
    0C that would have followed it; a 0C as the mandate stands again.
    """
    taken = (InstructionState.IN_RUN, InstructionState.SENT)
    rows = ctx.session.scalars(
        select(Instruction).where(Instruction.run_id == run_id, Instruction.state.in_(taken))
    ).all()
    for row in sorted(rows, key=lambda each: (each.mandate_id, each.place, each.id)):
        _take_back(ctx, row, why)
    ctx.session.flush()
    return len(rows)


def returned(
    ctx: Context,
    mandate: Mandate,
    why: str,
    *,
    bank: MandateBank | None = None,
    cancellation: bool = False,
    expired: bool = False,
    on: date | None = None,
    report_item_id: int | None = None,
) -> None:
    """The bank returned what it was told last: a 0N or 0S, so that the mandate is suspended, or with `cancellation` a 0C.

    With `expired` it had let the instruction lapse: the mandate is over, and nothing more is sent. One that is over before
    stays so, and its 0C isn't needed: the bank has nothing to cancel. `bank` is the account that it is of, else the one that
    the mandate is on; where the mandate has left that one, it stays as it is.
    """
    about = bank or banks.bank_of(ctx, mandate.id)
    day = on or ctx.clock.today()
    _came_back(ctx, mandate, None if cancellation and bank is None else about, cancellation=cancellation, on=day)
    if not cancellation:
        about.held = False
        withdraw_instructions(ctx, about, (BacsCode.CANCEL,))
    state, event = mandate.state, MandateEvent.REJECTED
    stays = cancellation or about.to_on is not None or state in rules.OVER
    if not stays and expired:
        state, event = MandateState.EXPIRED, MandateEvent.EXPIRED
        withdraw_instructions(ctx, about)
    elif not stays:
        state = MandateState.SUSPENDED
    move(ctx, mandate, state, event, why, on=day, told_by=ToldBy.BANK, report_item_id=report_item_id)
    if event is MandateEvent.EXPIRED:
        paying.pays_otherwise(ctx, mandate)


def _came_back(ctx: Context, mandate: Mandate, bank: MandateBank | None, *, cancellation: bool, on: date) -> None:
    """The last that a bank was told of an account came back; of one that the mandate has left it may be a 0C also."""
    codes = {BacsCode.CANCEL} if cancellation else set(rules.BEGIN)
    if bank is not None and bank.to_on is not None:
        codes.add(BacsCode.CANCEL)
    known = (InstructionState.SENT, InstructionState.ACCEPTED)
    rows = _of(mandate).where(Instruction.code.in_(codes), Instruction.state.in_(known))
    if bank is not None:
        rows = rows.where(Instruction.bank_id == bank.id)
    row = ctx.session.scalars(rows.order_by(Instruction.id.desc())).first()
    if row is not None:
        row.state, row.settled_on = InstructionState.RETURNED, on


def _take_back(ctx: Context, row: Instruction, why: str) -> None:
    mandate = ctx.session.get_one(Mandate, row.mandate_id)
    bank = ctx.session.get_one(MandateBank, row.bank_id)
    was_sent = row.state is InstructionState.SENT
    begins = row.code in rules.BEGIN
    stands_on = bank.to_on is None and mandate.state not in rules.OVER
    wanted = stands_on if begins else not stands_on
    row.state, row.processing_on = InstructionState.WAITING if wanted else InstructionState.WITHDRAWN, None
    if was_sent:
        bank.held = not begins
    if not wanted:
        withdraw_instructions(ctx, bank, (BacsCode.CANCEL,))
    ctx.session.flush()
    if was_sent and begins and mandate.state in {MandateState.LODGED, MandateState.LIVE} and bank.to_on is None:
        earlier = _of(mandate).where(Instruction.code.in_(rules.BEGIN), Instruction.id < row.id)
        before = earlier.where(Instruction.state.in_((InstructionState.SENT, InstructionState.ACCEPTED)))
        if ctx.session.scalars(before).first() is None:
            mandate.lodged_on = None
        mandate.collect_from = None
        state = stands(ctx, mandate, bank) or MandateState.NEW
        move(ctx, mandate, state, MandateEvent.REJECTED, why, told_by=ToldBy.BANK, run_id=row.run_id)


def _steps_of_run(ctx: Context, run_id: int, mandates: Select[int], on: date) -> None:
    here = Mandate.id.in_(mandates)
    wait = (here, Mandate.state.in_(_LODGED_FROM))
    insert_steps(ctx, wait, MandateState.LODGED, MandateEvent.LODGED, on, ToldBy.OFFICER, run_id)
    other = (here, Mandate.state.not_in(_LODGED_FROM))
    insert_steps(ctx, other, None, MandateEvent.LODGED, on, ToldBy.OFFICER, run_id)


def _of(mandate: Mandate) -> Select[Instruction]:
    return select(Instruction).where(Instruction.mandate_id == mandate.id)
