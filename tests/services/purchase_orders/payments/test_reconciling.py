"""`rentbook check` of payments: nothing is said of what agrees, and each thing that doesn't is named."""

from dataclasses import replace

from sqlalchemy import update

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierRun
from app.models.values import InvoiceState
from app.services.core.clock import FixedClock
from app.services.purchase_orders.payments import commands, reconciling
from tests.services.purchase_orders.payments.conftest import PAY_ON

_RUNS, _PAYMENTS, _INVOICES = (each.__table__ for each in (SupplierRun, SupplierPayment, SupplierInvoice))


def faults(desk):
    return desk.ask(lambda ctx: list(reconciling.check(ctx)))


def spoil(desk, table, **values):
    desk.do(lambda ctx: ctx.session.execute(update(table).values(values)))


def test_what_does_not_agree_is_named(desk, office, run):
    assert faults(desk) == []
    spoil(desk, _RUNS, pence=181_00)
    assert faults(desk) == [
        "PR00001 is of 1 and £181.00, its payments of 1 and £180.00.",
        "PR00001 isn't of as much as its Bacs file 1.",
    ]
    spoil(desk, _RUNS, pence=180_00)
    spoil(desk, _PAYMENTS, pence=179_00)
    assert "Payment PR00001-001 is of £179.00, what it pays of £180.00." in faults(desk)
    spoil(desk, _PAYMENTS, pence=180_00)
    desk.do(commands.mark_sent, run.run_id, "4711")
    replace(desk, clock=FixedClock(PAY_ON)).do(commands.mark_paid, run.run_id, PAY_ON)
    assert faults(desk) == []
    spoil(desk, _INVOICES, state=InvoiceState.IN_RUN)
    assert faults(desk) == [
        "IN00001 is in a run by its state, but no open run has it.",
        "IN00002 is in a run by its state, but no open run has it.",
        "IN00001 stands in PR00001, which is 'paid'.",
        "IN00002 stands in PR00001, which is 'paid'.",
    ]
