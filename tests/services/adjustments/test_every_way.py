"""Whatever is adjusted, batched, recharged, paid, refunded, written off and taken back in whatever order: the ledger is whole."""

from collections import Counter
from datetime import date
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.models.refunds import Refund
from app.models.values import (
    AdjustmentState,
    LineFix,
    Payee,
    RechargeState,
    RefundMethod,
    RefundState,
    WriteBackCause,
    WriteOffState,
)
from app.models.write_offs import WriteBack, WriteOff, WriteOffDebt, WriteOffReason, WriteOffSchedule
from app.services.adjustments import commands, queries, rules
from app.services.adjustments.batches import commands as batches
from app.services.adjustments.refunds import keeping as refunds
from app.services.adjustments.write_offs import schedules, writing_back
from app.services.adjustments.write_offs.dto import NewWriteBack
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.ledger import commands as ledger
from app.services.recharges import commands as recharges
from app.services.recharges.dto import NewCredit
from tests.factories import approving, lettings
from tests.prepared import prepared
from tests.services.adjustments.batches.conftest import batch, keyed
from tests.services.adjustments.conftest import ON, balance, entry, line, paid, set_limits
from tests.services.recharges.conftest import order, repair

__all__ = ["order"]
keys = count(1)
pence = st.integers(1, 450_00)
places = st.integers(0, 3)
amounts = st.tuples(
    st.sampled_from(["debit", "credit", "batch", "recharge", "pay", "refund", "write_off"]), pence | st.just(50_00)
)
backs = st.tuples(
    st.sampled_from(["reverse", "credit_note", "return", "unpaid", "write_back", "fix", "undo", "write_off_all"]),
    places,
)
steps = st.lists(amounts | backs, min_size=1, max_size=6)

BEGUN = (("pay", 300_00), ("refund", 80_00), ("unpaid", 0), ("recharge", 0), ("debit", 250_00), ("write_off", 60_00))
"""So that there is something of every kind to take back."""


@prepared
def home(desk, team):
    """A home whose tenancy has ended, with its account."""
    return desk.do(lettings.letting, reference="70 0001", end_on=date(2026, 3, 29))


class World:
    """An account with what was done to it; each step says what it moved, and is left out where the office refuses it."""

    def __init__(self, desk, home, other, order):
        self.desk, self.home, self.account, self.other, self.order = desk, home, home.account, other.account, order
        self.adjusted, self.receipts, self.invoices, self.paid_back, self.cases = [], [], [], [], []
        self.moved = Counter()

    def take(self, what, number):
        try:
            self.moved["home"] += getattr(self, what)(number)
        except UserError:
            self.moved["refused"] += 1

    def pick(self, done, at):
        if not done:
            raise UserError("Nothing of the kind was done yet.")
        return done[at % len(done)]

    def debit(self, amount):
        rest = {"like_reason": "Another one"}
        saved = self.desk.do(commands.enter, entry(line(self.account, amount, **rest), key=f"way {next(keys)}"))
        assert saved.state is AdjustmentState.POSTED
        self.adjusted.append((saved.adjustment_id, amount))
        return amount

    def credit(self, amount):
        return self.debit(-amount)

    def batch(self, amount):
        rows = (keyed(at, each, amount, like_reason="Again") for at, each in enumerate((self.account, self.other), 1))
        saved = self.desk.do(batches.submit, batch(*rows, entry_key=f"way {next(keys)}"))
        self.adjusted.append((saved.adjustment_id, -amount))
        return -amount

    def reverse(self, at):
        adjustment_id, effect = self.pick(self.adjusted, at)
        self.desk.do(commands.reverse, adjustment_id, "Taken back")
        return -effect

    def pay(self, amount):
        amount += max(balance(self.desk, self.account), 0)
        journal = paid(self.desk, self.account, "RCP", -amount, key=f"way {next(keys)}")
        self.receipts.append((journal, amount))
        return -amount

    def fix(self, at):
        journal, amount = self.pick(self.receipts, at)
        form = self.desk.ask(queries.fix_form, journal, 1)
        if not form.offers:
            raise UserError(form.shut)
        fixed = rules.proposed(form, LineFix.REVERSE, "posted_twice")
        saved = self.desk.do(commands.enter, entry(fixed, key=f"way {next(keys)}"))
        if saved.state is not AdjustmentState.POSTED:
            raise UserError("A correction of £500.00 or more waits for a second officer.")
        self.adjusted.append((saved.adjustment_id, amount))
        return amount

    def undo(self, at):
        journal, amount = self.pick(self.receipts, at)
        self.desk.do(ledger.reverse, journal, "Keyed twice", f"way {next(keys)}")
        return amount

    def recharge(self, _amount):
        raised = self.desk.do(recharges.recharge, repair(self.home, self.order, key=f"way {next(keys)}"))
        assert raised.state is RechargeState.RAISED
        self.invoices.append((raised.recharge_id, 0))
        return 0

    def credit_note(self, at):
        invoice, _ = self.pick(self.invoices, at)
        self.desk.do(recharges.credit, NewCredit(f"way {next(keys)}", invoice, "Not theirs"))
        return 0

    def refund(self, amount):
        def pay(ctx):
            number = next(keys)
            own = {"number": number, "entry_key": f"way {number}", "account_id": self.account.id, "pence": amount}
            own |= {"state": RefundState.WAITING, "method": RefundMethod.CHEQUE, "payee": Payee.TENANT}
            own |= {"made_by": ctx.officer.id, "made_at": ctx.clock.now(), "asked_on": ON}
            row = Refund(**own, payee_name="Mx Sample", reason="Paid twice")
            ctx.session.add(row)
            ctx.session.flush()
            approving.counts(ctx, "refund", row, RefundState.APPROVED)
            refunds.post_now(ctx, row, ctx.clock.today())
            return row.id

        self.paid_back.append((self.desk.do(pay), amount))
        return amount

    def return_(self, at):
        refund_id, amount = self.pick(self.paid_back, at)
        self.paid_back.remove((refund_id, amount))
        self.desk.do(lambda ctx: refunds.put_back(ctx, refunds.found(ctx, refund_id), ON, "Account closed"))
        return -amount

    def unpaid(self, at):
        """A payment that never was: the refund is posted a second time in the same step, so nothing is moved by it."""
        refund_id, _amount = self.pick(self.paid_back, at)

        def pay_again(ctx):
            row = refunds.found(ctx, refund_id)
            refunds.never_paid(ctx, row, "Bacs file cancelled")
            refunds.post_now(ctx, row, ctx.clock.today())

        self.desk.do(pay_again)
        return 0

    def write_off(self, amount):
        def post(ctx):
            number, made = next(keys), {"made_by": ctx.officer.id, "made_at": ctx.clock.now()}
            own = made | {"number": number, "entry_key": f"way {number}", "state": WriteOffState.APPROVED, "band": "a"}
            schedule = WriteOffSchedule(**own | {"state": WriteOffState.DRAFT}, title="Way", count=1, pence=amount)
            ctx.session.add(schedule)
            ctx.session.flush()
            approving.counts(ctx, "write_off", schedule, WriteOffState.APPROVED)
            reason = select(func.min(WriteOffReason.key)).where(WriteOffReason.key == "uneconomic")
            own |= {"reason": ctx.session.scalar(reason), "tenancy_id": self.account.tenancy_id, "pence": amount}
            case = WriteOff(**own, owed_pence=amount, schedule_id=schedule.id)
            ctx.session.add(case)
            ctx.session.flush()
            ctx.session.add(WriteOffDebt(write_off_id=case.id, account_id=self.account.id, pence=amount))
            ctx.session.flush()
            schedules.post_now(ctx, schedule)
            return case.id, case.pence

        self.cases.append(self.desk.do(post))
        return -self.cases[-1][1]

    def write_off_all(self, _at):
        return self.write_off(max(balance(self.desk, self.account), 1))

    def write_back(self, at):
        case, _pence = self.pick(self.cases, at)
        new = NewWriteBack(case, WriteBackCause.TRACED, "Found again")
        self.desk.do(lambda ctx: writing_back.whole(ctx, new))
        return 0

    def came_back(self):
        """What of written-off debts came back, by whatever cause."""
        return self.desk.ask(lambda ctx: ctx.session.scalar(select(func.sum(WriteBack.pence)))) or 0

    def debts(self):
        either = select(WriteOffDebt.pence, WriteOffDebt.back_pence)
        return [tuple(row) for row in self.desk.ask(lambda ctx: ctx.session.execute(either).all())]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_no_way_of_moving_money_breaks_the_ledger(team, home, other, order, steps):
    desk, _ = team
    set_limits(desk, 1_000_00, 9_000_00, "officer")
    world = World(desk, home, other, order)
    paid(desk, home.account, "DBR", 120_00, date(2026, 3, 23), date(2026, 3, 23), f"way {next(keys)}")
    start, before = balance(desk, home.account), world.came_back()
    for what, number in (*BEGUN, *steps):
        world.take("return_" if what == "return" else what, number)
    assert balance(desk, home.account) == start + world.moved["home"] + world.came_back() - before
    assert all(0 <= back <= off for off, back in world.debts())
    assert desk.ask(checks.check) == ()
