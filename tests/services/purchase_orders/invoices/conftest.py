"""An order that came in part, and officers who may approve its invoices."""

from dataclasses import dataclass

import pytest

from app.models.limits import OfficerLimit
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.values import LimitKind, Subject
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.invoices import gathering, keeping
from tests.factories import purchasing
from tests.prepared import prepared


@dataclass
class Bought:
    """An order by its id, with its supplier, its budget and its lines."""

    supplier: int
    order: int
    code: int
    lines: list[int]


@prepared
def bought(desk, colleague):
    """10 at £10.00 and 4 at £25.00 on one code, of which 10 and 2 came; both officers may approve up to £100,000."""

    def make(ctx):
        code = purchasing.budget(ctx)
        supplier = purchasing.supplier(ctx).id
        order = purchasing.order(ctx, (10, 10, {code: 100_00}), (4, 25, {code: 100_00}), supplier_id=supplier)
        one, two = purchasing.lines(ctx, order.id)
        one.received, two.received = 10_000, 2_000
        budgets.restate(ctx, order.id, purchasing.TODAY, Subject.PURCHASE_ORDER, order.id)
        most = 100_000_00
        ctx.session.add_all(
            OfficerLimit(officer_id=each, kind=LimitKind.ORDER, line_pence=most, batch_pence=most)
            for each in (desk.officer.id, colleague.officer.id)
        )
        return Bought(supplier, order.id, code, [one.id, two.id])

    return colleague.do(make)


@pytest.fixture
def approve(colleague):
    """Approve as a second officer; what was said where that is refused."""

    def decide(logged, desk=colleague):
        try:
            desk.do(approvals.approve, [logged.request_id])
        except UserError as error:
            return error.message
        return ""

    return decide


def differences(ctx, invoice_id):
    """What the match of an invoice finds, by fault and line."""
    match = gathering.match(ctx, keeping.invoice(ctx, invoice_id))
    return {(each.fault, each.line_place): each for each in match.differences}


def standing(ctx, bought):
    """(received, invoiced, pence) of each line, and the state of the order."""
    lines = [(line.received, line.invoiced, line.invoiced_pence) for line in purchasing.lines(ctx, bought.order)]
    return lines, ctx.session.get(PurchaseOrder, bought.order).state.value
