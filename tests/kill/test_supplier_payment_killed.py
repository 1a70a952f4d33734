"""A payment run that is killed while it is asked for, while its file is made, or while it is cancelled, is there once or not at all."""

import os

import pytest
from sqlalchemy import func, select

from app.models.bacs import PaymentFile
from app.models.documents import Document
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPaymentLine, SupplierRun
from app.models.values import InvoiceState, Money, PaidBy
from app.services.approvals import commands as approvals
from app.services.purchase_orders.payments import commands
from app.services.purchase_orders.payments.dto import AskRun, RunQuestion
from tests.processes import killed_before
from tests.services.purchase_orders.payments.conftest import DUE, PAY_ON, office, paints

__all__ = ["office", "paints"]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")
RUN = AskRun(RunQuestion(DUE, PAY_ON, PaidBy.BACS), 1, Money(180_00), "run")


def stands(desk):
    """The states of the invoices, and how many runs, lines that stand, Bacs files and documents there are."""

    def count(ctx):
        states = ctx.session.scalars(select(SupplierInvoice.state).distinct()).all()
        tables = (SupplierRun, PaymentFile, Document)
        counts = tuple(ctx.session.scalar(select(func.count()).select_from(each)) for each in tables)
        lines = select(func.count()).select_from(SupplierPaymentLine).where(SupplierPaymentLine.stands)
        return states, ctx.session.scalar(lines), counts

    return desk.ask(count)


def test_a_killed_run_pays_once(desk, office, paints):
    begun = stands(desk)

    def ask(own):
        own.do(commands.ask, RUN)

    for step in ("INSERT INTO supplier_payment_line", "INSERT INTO approval_request"):
        killed_before(desk, "officer", ask, step)
        assert stands(desk) == begun, step
    killed_before(desk, "officer", ask)
    asked = desk.do(commands.ask, RUN)
    assert stands(desk) == ([InvoiceState.IN_RUN], 2, (1, 0, begun[2][2]))

    def approve(own):
        own.do(approvals.approve, [asked.request_id])

    waiting = stands(desk)
    for step in ("INSERT INTO payment_file", "INSERT INTO document", "UPDATE supplier_run"):
        killed_before(desk, "colleague", approve, step)
        assert stands(desk) == waiting, step
    killed_before(desk, "colleague", approve)
    made = ([InvoiceState.IN_RUN], 2, (1, 1, begun[2][2] + 1))
    assert stands(desk) == made

    def cancel(own):
        own.do(commands.cancel, asked.run_id, "The wrong day")

    killed_before(desk, "colleague", cancel, "UPDATE supplier_payment_line")
    assert stands(desk) == made
    killed_before(desk, "colleague", cancel)
    assert stands(desk) == ([InvoiceState.APPROVED], 0, made[2])
    assert desk.ask(lambda ctx: ctx.session.scalars(select(PaymentFile.serial)).all()) == [1]
