"""Whatever is done with orders, in whatever order, commitment, accrual and actual are what the documents say."""

from datetime import date
from types import SimpleNamespace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from app.models.values import OrderState, Subject
from app.services.purchase_orders.budgets import keeping
from app.services.purchase_orders.budgets.sql import BUDGET
from tests.factories import purchasing

TODAY = date(2026, 11, 21)


def independent(lines, invoices):
    """(bound, owed, spent) of all codes together, read from the documents unit by unit.

    A unit of a line is cancelled, or else it was invoiced, or came, or neither; it is worth the cost of the units before it
    and itself, less the cost of those before. Whatever was cut off by rounding is in the next unit.
    """
    bound = owed = 0
    for line in lines:
        worth = [
            round_half_up(line.cost * (at + 1), line.units) - round_half_up(line.cost * at, line.units)
            for at in range(line.units)
        ]
        for at, pence in enumerate(worth):
            if at < line.invoiced:
                continue
            if at < line.received:
                owed += pence
            elif at < line.units - line.cancelled:
                bound += pence
    return bound, owed, sum(invoices)


def round_half_up(number, parts):
    return (2 * number + parts) // (2 * parts)


class Purchasing(RuleBasedStateMachine):
    """Orders of one or two lines on two codes: approved, received, returned, invoiced, credited, amended, cancelled."""

    ctx = None

    @initialize()
    def begin(self):
        self.orders, self.invoices = [], []
        self.savepoint = self.ctx.session.begin_nested()
        self.budgets = [purchasing.budget(self.ctx), purchasing.budget(self.ctx, subjective="4130")]
        self.supplier = purchasing.supplier(self.ctx).id

    @rule(units=st.integers(1, 7), price=st.integers(0, 5_003), part=st.integers(0, 100))
    def approve(self, units, price, part):
        cost = units * price
        share = cost * part // 100
        splits = {self.budgets[0]: share, self.budgets[1]: cost - share}
        order = purchasing.order(self.ctx, (units, price / 100, splits), supplier_id=self.supplier)
        line = purchasing.lines(self.ctx, order.id)[0]
        self.orders.append(
            SimpleNamespace(
                order=order, line=line, units=units, cost=cost, received=0, invoiced=0, cancelled=0, dead=False
            )
        )

    def chosen(self, data):
        alive = [each for each in self.orders if not each.dead]
        return data.draw(st.sampled_from(alive)) if alive else None

    def restate(self, each, subject):
        each.line.received, each.line.invoiced = each.received * 1_000, each.invoiced * 1_000
        each.line.cancelled = each.cancelled * 1_000
        keeping.restate(self.ctx, each.order.id, TODAY, subject, each.order.id)

    @rule(data=st.data())
    def receive(self, data):
        if (each := self.chosen(data)) and (left := each.units - each.cancelled - each.received) > 0:
            each.received += data.draw(st.integers(1, left))
            self.restate(each, Subject.GOODS_RECEIPT)

    @rule(data=st.data())
    def give_back(self, data):
        if (each := self.chosen(data)) and (free := each.received - each.invoiced) > 0:
            each.received -= data.draw(st.integers(1, free))
            self.restate(each, Subject.GOODS_RECEIPT)

    @rule(data=st.data(), dearer=st.integers(-50, 50))
    def invoice(self, data, dearer):
        """Up to what was ordered, received or not, at another price."""
        if (each := self.chosen(data)) and (left := each.units - each.cancelled - each.invoiced) > 0:
            units = data.draw(st.integers(1, left))
            each.invoiced += units
            self.spend(each, max(0, each.cost * units // each.units + dearer))

    @rule(data=st.data())
    def credit(self, data):
        if (each := self.chosen(data)) and each.invoiced:
            units = data.draw(st.integers(1, each.invoiced))
            each.invoiced -= units
            self.spend(each, -(each.cost * units // each.units))

    def spend(self, each, pence):
        half = pence // 2
        items = [(self.budgets[0], half, TODAY, ""), (self.budgets[1], pence - half, TODAY, "")]
        keeping.spend(self.ctx, items, Subject.SUPPLIER_INVOICE, 1)
        self.invoices.append(pence)
        self.restate(each, Subject.SUPPLIER_INVOICE)

    @rule(data=st.data(), price=st.integers(0, 5_003))
    def amend(self, data, price):
        """Another price and more units, on one code only."""
        if each := self.chosen(data):
            each.units += data.draw(st.integers(0, 3))
            each.cost = each.units * price
            each.line.quantity, each.line.net_pence = each.units * 1_000, each.cost
            splits = self.ctx.session.scalars(
                select(purchasing.OrderSplit)
                .where(purchasing.OrderSplit.line_id == each.line.id)
                .order_by(purchasing.OrderSplit.place)
            ).all()
            splits[0].pence, splits[1].pence = each.cost, 0
            self.restate(each, Subject.PURCHASE_ORDER)

    @rule(data=st.data())
    def cancel_rest(self, data):
        if each := self.chosen(data):
            each.cancelled = each.units - max(each.received, each.invoiced)
            self.restate(each, Subject.PURCHASE_ORDER)

    @rule(data=st.data())
    def cancel(self, data):
        """A whole order of which nothing came."""
        if (each := self.chosen(data)) and not each.received and not each.invoiced:
            each.dead, each.order.state = True, OrderState.CANCELLED
            self.restate(each, Subject.PURCHASE_ORDER)

    @invariant()
    def the_book_says_what_the_documents_say(self):
        if not hasattr(self, "budgets"):
            return
        columns = (BUDGET.c.commitment_pence, BUDGET.c.accrual_pence, BUDGET.c.actual_pence)
        rows = self.ctx.session.execute(select(*columns).where(BUDGET.c.id.in_(self.budgets))).all()
        kept = tuple(sum(column) for column in zip(*rows, strict=True))
        assert kept == independent([each for each in self.orders if not each.dead], self.invoices)

    def teardown(self):
        if hasattr(self, "savepoint"):
            self.savepoint.rollback()
            self.ctx.session.expunge_all()


def test_commitment_accrual_and_actual_are_what_the_documents_say(desk):
    """On one database: each example is rolled back to where it began."""

    def run(ctx):
        Purchasing.ctx = ctx
        few = settings(max_examples=10, stateful_step_count=8, suppress_health_check=list(HealthCheck), deadline=None)
        run_state_machine_as_test(Purchasing, settings=few)

    with desk.database.session(write=True) as session:
        run(desk._context(session, desk.officer, None, None))
