"""Whatever happens to a mandate, in whatever order: what no bank may ever be sent, and what its history says."""

import contextlib
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank, MandateStep
from app.models.values import BacsCode, InstructionState, MandateState, ToldBy
from app.services.bacs.rules import destination
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import commands, keeping, rules
from tests.services.direct_debits.mandates.conftest import NEW, OLD, THIRD, new, take

_KEYS = count(1)
_RUNS = count(1)
WAITING = InstructionState.WAITING
BANKS = (OLD, NEW, THIRD)


def lodge(ctx, mandate, _bank):
    keeping.lodged(ctx, take(ctx, next(_RUNS)), ctx.clock.today())


def refuse(ctx, mandate, _bank):
    keeping.put_back(ctx, take(ctx, next(_RUNS)))


STEPS = {
    "lodge": lodge,
    "run not sent": refuse,
    "amend": lambda ctx, row, bank: keeping.amend(ctx, row, destination(*bank), "Mx Alex Sample", "Told us"),
    "suspend": lambda ctx, row, _: keeping.suspend(ctx, row, "Asked"),
    "resume": lambda ctx, row, _: keeping.resume(ctx, row, "Asked"),
    "cancel": lambda ctx, row, _: keeping.cancel(ctx, row, "Asked"),
    "bank cancels": lambda ctx, row, _: keeping.cancel(ctx, row, "Cancelled", ToldBy.BANK),
    "bank moves it": lambda ctx, row, bank: keeping.transfer(ctx, row, destination(*bank), "Moved"),
    "bank puts right": lambda ctx, row, bank: keeping.correct(ctx, row, destination(*bank), "Put right"),
    "bank reinstates": lambda ctx, row, _: keeping.reinstate(ctx, row, "Reinstated"),
    "bank returns": lambda ctx, row, _: keeping.returned(ctx, row, "Returned"),
}


def waiting(ctx, row):
    """What waits to be told, with the account that it is for."""
    rows = select(Instruction, MandateBank).join(MandateBank, MandateBank.id == Instruction.bank_id)
    wanted = rows.where(Instruction.mandate_id == row.id, Instruction.state == WAITING).order_by(Instruction.id)
    return [(each.code, bank) for each, bank in ctx.session.execute(wanted)]


def check(ctx, row, name, before):
    told = waiting(ctx, row)
    codes = [code for code, _ in told]
    current = keeping.bank_of(ctx, row.id)
    begins = [bank for code, bank in told if code in rules.BEGIN]
    assert len(begins) <= 1
    assert all(bank.id == current.id for bank in begins), "a 0N goes to the account that it is on"
    assert codes.count(BacsCode.CANCEL) <= 1
    if name == "bank moves it" and row.state is not MandateState.CANCELLED:
        assert BacsCode.CANCEL not in codes, "no 0C to the old bank after a transfer"
    if name == "bank reinstates":
        assert codes == [], "no pair after a reinstatement"
    if row.state in rules.OVER:
        assert begins == []
    if before in rules.OVER and name != "bank reinstates":
        assert row.state is before
    steps = select(MandateStep).where(MandateStep.mandate_id == row.id).order_by(MandateStep.id)
    history = ctx.session.scalars(steps).all()
    assert history[-1].to_state is row.state
    assert [each.from_state for each in history[1:]] == [each.to_state for each in history[:-1]]
    assert row.state is not MandateState.LIVE or current.held


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(BANKS)), max_size=8))
def test_no_sequence_sends_what_may_not_be_sent(desk, home, steps):
    def play(ctx):
        made = commands.set_up(ctx, new(home.account, key=f"play {next(_KEYS)}", despite=True))
        for name, bank in steps:
            row = ctx.session.get_one(Mandate, made.mandate_id)
            before = row.state
            try:
                STEPS[name](ctx, row, bank)
            except UserError:
                continue
            check(ctx, row, name, before)
        raise Done

    with contextlib.suppress(Done):
        desk.do(play)


class Done(Exception):  # noqa: N818  no error: the example is over
    """The example is over; nothing of it is kept."""
