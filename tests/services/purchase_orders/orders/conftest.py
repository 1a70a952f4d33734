"""An office of two with a supplier, a code and limits, in one transaction: what the tests of orders begin with."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.values import LimitKind
from app.services.approvals.commands import approve
from app.services.purchase_orders.budgets import reconciling
from app.services.purchase_orders.orders import commands, keeping
from app.services.purchase_orders.orders.dto import NewLine, NewRequisition, NewSplit
from tests.factories import purchasing
from tests.prepared import prepared

WANTED = date(2026, 12, 5)


class Office:
    """Two desks, and short ways to what both do."""

    def __init__(self, desk, colleague, begun):
        self.desk, self.colleague = desk, colleague
        self.keys = iter(lambda: f"test:{uuid4().hex[:12]}", None)  # none that a prepared fixture used
        self.supplier, self.budget, self.other, self.category = begun

    def line(self, quantity=10, price="12.50", description="Sample lamps", **more):
        """A line of so many at a price, on the first code."""
        pounds, _, pence = price.partition(".")
        thousandths = int(pounds) * 100_000 + int(pence.ljust(5, "0") or "0")
        splits = more.pop("splits", (NewSplit(self.budget),))
        return NewLine(description, quantity * 1_000, thousandths, splits, "each", **more)

    def new(self, *lines, **more):
        """A requisition of some lines."""
        values = {
            "entry_key": next(self.keys),
            "title": "Lamps for the hostel",
            "category_id": self.category,
            "supplier_id": self.supplier,
            "lines": lines or (self.line(),),
        }
        return NewRequisition(**values | more)

    def draft(self, *lines, **more):
        """Drafted."""
        return self.desk.do(commands.draft, self.new(*lines, **more))

    def asked(self, *lines, **more):
        """Drafted and asked for."""
        made = self.draft(*lines, **more)
        return self.desk.do(commands.ask, made.order_id, made.version)

    def ordered(self, *lines, **more):
        """Drafted, asked for and approved by the colleague; its row as it is then."""
        made = self.asked(*lines, **more)
        self.approve(made.request_id)
        return self.seen(made.order_id)

    def made(self, budget_id=None, **columns):
        """An open order of 10 at £12.50 as rows, without the steps that lead to it."""
        line = (10, 12.5, {budget_id or self.budget: 125_00})
        made = self.desk.do(lambda ctx: purchasing.order(ctx, line, supplier_id=self.supplier, **columns).id)
        return self.seen(made)

    def approve(self, request_id):
        """Approved by the colleague."""
        return self.colleague.do(approve, (request_id,))

    def seen(self, order_id):
        """An order and its lines as they stand."""

        def look(ctx):
            row = ctx.session.get_one(PurchaseOrder, order_id)
            lines = [
                SimpleNamespace(
                    id=each.id,
                    place=each.place,
                    quantity=each.quantity,
                    received=each.received,
                    invoiced=each.invoiced,
                    cancelled=each.cancelled,
                    net=each.net_pence,
                )
                for each in keeping.lines(ctx, order_id)
            ]
            return SimpleNamespace(
                id=row.id,
                version=row.version,
                state=row.state,
                number=keeping.number_of(ctx, row),
                band=row.band,
                net=row.net_pence,
                current=row.current,
                request_id=row.request_id,
                supplier_id=row.supplier_id,
                year=row.year,
                sent_at=row.sent_at,
                settled_why=row.settled_why,
                lines=lines,
            )

        return self.desk.ask(look)

    def stands(self, budget_id=None):
        """(commitment, accrual, actual) of the first code."""
        return self.desk.ask(purchasing.stands, budget_id or self.budget)

    def faults(self):
        """What `rentbook check` finds wrong between the book of budgets and the orders."""
        return self.desk.ask(lambda ctx: tuple(reconciling.check(ctx)))

    def came(self, order_id, received=0, invoiced=0):
        """What a receipt or an invoice does to the first line, as rows."""

        def move(ctx):
            row = keeping.changing(ctx, order_id)
            line = keeping.lines(ctx, order_id)[0]
            line.received += received * 1_000
            line.invoiced += invoiced * 1_000
            keeping.settle(ctx, row)
            keeping.restate(ctx, row, "Came")

        self.desk.do(move)


@prepared
def begun(desk, colleague):
    """A supplier, two codes and a category, and limits for the two: their ids."""

    def make(ctx):
        ids = ctx.session.scalars(select(Officer.id).where(Officer.username != "manager"))
        ctx.session.add_all(
            OfficerLimit(officer_id=each, kind=LimitKind.ORDER, line_pence=10**9, batch_pence=10**9) for each in ids
        )
        supplier = purchasing.supplier(ctx).id
        one = purchasing.budget(ctx, "HR100", "4120", 10_000_00)
        return supplier, one, purchasing.budget(ctx, "HR100", "4300", 500_00), purchasing.category(ctx)

    return desk.do(make)


@pytest.fixture
def office(desk, colleague, begun):
    """The office."""
    return Office(desk, colleague, begun)
