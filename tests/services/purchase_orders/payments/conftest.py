"""Suppliers with bank details and invoices to pay, and a colleague whose limit covers a run; all plainly made up."""

from datetime import date

import pytest

from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.purchase_orders.suppliers import SupplierBank
from app.models.values import DetailState, InvoiceState, LimitKind, PaidBy, Verdict
from app.services.approvals import commands as approvals
from app.services.bacs import keeping as bacs
from app.services.bacs.rules import destination
from app.services.purchase_orders.payments import commands, queries
from app.services.purchase_orders.payments.dto import AskRun, RunQuestion
from tests.factories import purchasing
from tests.prepared import prepared
from tests.services.bacs.conftest import keep_own

PAY_ON = date(2026, 11, 25)
"""The Wednesday on which a file sent on Monday 23 November moves money."""
TODAY = date(2026, 11, 21)
DUE = date(2026, 11, 30)
NUMBERS = ("66374958", "66374966", "66374974", "66374982")


def bank(ctx, supplier_id, number=NUMBERS[0], **columns):
    """Bank details in force of a supplier; the row's id."""
    account = destination("08-99-99", number)
    values = {
        "holder": "Sample Holder",
        "fingerprint": bacs.fingerprint(ctx, account),
        "last_two": number[-2:],
        "verdict": Verdict.VALID,
        "state": DetailState.IN_FORCE,
        "from_on": date(2026, 4, 1),
        "made_by": ctx.officer.id,
        "made_at": ctx.clock.now(),
    }
    row = SupplierBank(supplier_id=supplier_id, **values | columns)
    ctx.session.add(row)
    ctx.session.flush()
    row.sealed = bacs.seal_account(ctx, f"supplier_bank:{row.id}", account)
    ctx.session.flush()
    return row.id


def owed(ctx, supplier_id, pounds, **columns):
    """An approved invoice of a supplier, due on 27 November, in whole pounds without VAT; its id."""
    values = {"state": InvoiceState.APPROVED, "pay_by_on": date(2026, 11, 27), "net_pence": pounds * 100}
    return purchasing.invoice(ctx, supplier_id=supplier_id, **values | columns).id


def limited(ctx, username, pounds):
    """An officer's limit for orders, invoices and runs."""
    officer = ctx.session.query(Officer).filter_by(username=username).one()
    kind, pence = LimitKind.ORDER, pounds * 100
    ctx.session.add(OfficerLimit(officer_id=officer.id, kind=kind, line_pence=pence, batch_pence=pence))
    ctx.session.flush()


@prepared
def office(desk, colleague):
    """The council may make files, and the colleague may approve £5,000; the colleague's desk."""
    desk.do(keep_own)
    desk.do(limited, "colleague", 5_000)
    return colleague


@prepared
def paints(desk, office):
    """A supplier with bank details, who is owed £120.00 and £60.00: (supplier, invoices)."""

    def make(ctx):
        supplier_id = purchasing.supplier(ctx).id
        bank(ctx, supplier_id)
        return supplier_id, (owed(ctx, supplier_id, 120), owed(ctx, supplier_id, 60))

    return desk.do(make)


def asked(desk, by=PaidBy.BACS, key="run", **question):
    """A run of what is due by 30 November, declared as it is seen."""
    wanted = RunQuestion(**{"due_to_on": DUE, "pay_on": PAY_ON, "by": by} | question)
    seen = desk.ask(queries.preview, wanted)
    return desk.do(commands.ask, AskRun(wanted, seen.count, seen.total, key))


def made(desk, colleague, **question):
    """A run whose file is made; what it was asked for."""
    run = asked(desk, **question)
    decided = colleague.do(approvals.approve, [run.request_id])
    assert not decided.refused, decided.refused
    return run


@prepared
def run(desk, office, paints):
    """A Bacs run of both invoices, approved, its file made; what it was asked for."""
    return made(desk, office)


@pytest.fixture
def state(desk):
    """How far an invoice has come, and when it was paid."""

    def of(invoice_id):
        return desk.ask(lambda ctx: _state(ctx, invoice_id))

    return of


def _state(ctx, invoice_id):
    from app.models.purchase_orders.invoices import SupplierInvoice

    row = ctx.session.get(SupplierInvoice, invoice_id)
    return row.state, row.paid_on
