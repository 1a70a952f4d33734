"""Whatever happens to a mandate, in whatever order: what no bank may ever be sent, and what its history says."""

import contextlib
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, example, given, settings
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
WAITING, IN_RUN = InstructionState.WAITING, InstructionState.IN_RUN
TOLD = (InstructionState.SENT, InstructionState.ACCEPTED)
COMING = (WAITING, IN_RUN)
BANKS = (OLD, NEW, THIRD)
LONG_AGO = timedelta(days=30)
"""The days in which a bank returns what was sent then are over."""
LODGED = [("take", OLD), ("send", OLD)]
AMENDED = [*LODGED, ("amend", NEW)]


@dataclass
class Play:
    """A mandate and what became of it: the runs that took its instructions, and which banks spoke themselves.

    Attributes:
        made, sent: runs that aren't sent yet, and those that are.
        spoke: the accounts (rows) of which the bank itself said that it holds the instruction no more.
        moved: those from which the bank moved the mandate.
    """

    ctx: Any
    mandate_id: int
    made: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    spoke: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)

    @property
    def row(self):
        return self.ctx.session.get_one(Mandate, self.mandate_id)

    @property
    def current(self):
        return keeping.bank_of(self.ctx, self.mandate_id)

    def take(self, _bank):
        self.made.append(take(self.ctx, next(_RUNS)))

    def send(self, _bank):
        if self.made:
            self.sent.append(self.made.pop(0))
            keeping.lodged(self.ctx, self.sent[-1], self.ctx.clock.today() - LONG_AGO)

    def put_back(self, _bank):
        if self.made:
            keeping.put_back(self.ctx, self.made.pop())

    def refused_whole(self, _bank):
        if self.sent:
            keeping.put_back(self.ctx, self.sent.pop())

    def undo_cancel(self, _bank):
        commands.undo_cancel(self.ctx, self.mandate_id, self.row.version)

    def by_bank(self, what, *told, gone=True, **how):
        """The bank of the account that it is on tells something of it."""
        bank = self.current
        what(self.ctx, self.row, *told, **how)
        if gone:
            self.spoke.add(bank.id)
        else:
            self.spoke.discard(bank.id)
        return bank


STEPS = {
    "take": Play.take,
    "send": Play.send,
    "put back": Play.put_back,
    "refused whole": Play.refused_whole,
    "amend": lambda play, bank: keeping.amend(play.ctx, play.row, destination(*bank), "Mx Alex Sample", "Told us"),
    "suspend": lambda play, _: keeping.suspend(play.ctx, play.row, "Asked"),
    "resume": lambda play, _: keeping.resume(play.ctx, play.row, "Asked"),
    "cancel": lambda play, _: keeping.cancel(play.ctx, play.row, "Asked"),
    "undo cancel": Play.undo_cancel,
    "days are over": lambda play, _: keeping.settle(play.ctx),
    "bank accepts": lambda play, _: keeping.accepted(play.ctx, play.row),
    "bank cancels": lambda play, _: play.by_bank(keeping.cancel, "Cancelled", ToldBy.BANK),
    "bank moves it": lambda play, bank: play.moved.add(play.by_bank(keeping.transfer, destination(*bank), "Moved").id),
    "bank puts right": lambda play, bank: keeping.correct(play.ctx, play.row, destination(*bank), "Put right"),
    "bank reinstates": lambda play, _: play.by_bank(keeping.reinstate, "Reinstated", gone=False),
    "bank returns": lambda play, _: play.by_bank(keeping.returned, "Returned"),
}


def instructions(play):
    """What each bank was told or will be, in order."""
    rows = select(Instruction).where(Instruction.mandate_id == play.mandate_id).order_by(Instruction.id)
    return list(play.ctx.session.scalars(rows))


def check(play, name, before):
    row, current, all_ = play.row, play.current, instructions(play)
    begins = [each for each in all_ if each.code in rules.BEGIN]
    ends = [each for each in all_ if each.code is BacsCode.CANCEL]
    waiting = [each for each in begins if each.state is WAITING]
    assert len(waiting) <= 1
    assert all(each.bank_id == current.id for each in waiting), "a 0N goes to the account that it is on"
    taken = [each for each in begins if each.state is IN_RUN]
    assert all(each.bank_id == current.id for each in taken), "nothing overtakes a 0N that is in a run"
    coming = [each.bank_id for each in ends if each.state in COMING]
    assert len(coming) == len(set(coming)), "one 0C for an account"
    assert not play.moved & set(coming), "no 0C to the old bank after a transfer"
    if name == "bank reinstates":
        assert current.id not in {each.bank_id for each in all_ if each.state in COMING}, "no pair"
    if row.state in rules.OVER:
        assert waiting == []
    if before in rules.OVER and name not in {"bank reinstates", "undo cancel"}:
        assert row.state is before
    cancelled = {each.bank_id for each in ends if each.state in (*COMING, *TOLD)}
    for each in begins:
        known = each.bank_id in {current.id, *cancelled, *play.spoke}
        assert known or each.state not in TOLD, "what has the instruction is the account that it is on, or is told"
    assert row.state is not MandateState.LIVE or current.held
    check_history(play, row)


def check_history(play, row):
    steps = select(MandateStep).where(MandateStep.mandate_id == row.id).order_by(MandateStep.id)
    history = play.ctx.session.scalars(steps).all()
    assert history[-1].to_state is row.state
    assert [each.from_state for each in history[1:]] == [each.to_state for each in history[:-1]]
    open_ = select(MandateBank.id).where(MandateBank.mandate_id == row.id, MandateBank.to_on.is_(None))
    assert play.ctx.session.scalars(open_).all() == [play.current.id]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(steps=[*AMENDED, ("cancel", NEW), ("undo cancel", NEW), ("take", NEW), ("send", NEW)])
@example(steps=[*AMENDED, ("take", NEW), ("bank moves it", THIRD), ("send", NEW), ("bank moves it", THIRD)])
@example(steps=[*AMENDED, ("bank cancels", NEW), ("take", NEW), ("send", NEW)])
@example(steps=[*AMENDED, ("bank moves it", THIRD), ("take", THIRD), ("send", THIRD), ("days are over", THIRD)])
@example(steps=[*AMENDED, ("amend", OLD), ("days are over", OLD), ("amend", THIRD), ("take", THIRD), ("send", THIRD)])
@example(
    steps=[*LODGED, ("days are over", OLD), ("bank puts right", NEW), ("amend", THIRD), ("take", OLD), ("send", OLD)]
)
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(BANKS)), max_size=12))
def test_no_sequence_sends_what_may_not_be_sent(desk, home, steps):
    def act(ctx):
        made = commands.set_up(ctx, new(home.account, key=f"play {next(_KEYS)}", despite=True))
        play = Play(ctx, made.mandate_id)
        for name, bank in steps:
            before = play.row.state
            try:
                STEPS[name](play, bank)
            except UserError:
                continue
            ctx.session.flush()
            check(play, name, before)
        raise Done

    with contextlib.suppress(Done):
        desk.do(act)


class Done(Exception):  # noqa: N818  no error: the example is over
    """The example is over; nothing of it is kept."""
