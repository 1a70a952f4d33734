"""CIS is deducted by what HMRC has a supplier as on the day of payment, and a retention's other day says why."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import CisStatus, InvoiceKind, InvoiceState, Money, PaidBy
from app.services.approvals import commands as approvals
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices import commands as invoicing
from app.services.purchase_orders.invoices import queries as invoices
from app.services.purchase_orders.payments import commands, queries
from app.services.purchase_orders.payments.dto import RunQuestion
from app.services.purchase_orders.suppliers import commands as suppliers
from app.services.purchase_orders.suppliers import queries as known
from tests.factories import purchasing
from tests.prepared import prepared
from tests.services.purchase_orders.payments.conftest import DUE, PAY_ON, TODAY, asked, bank, made, owed


@prepared
def works(desk, office):
    """A registered subcontractor, owed £200.00 of which £100.00 is labour, less £20.00 of CIS: (supplier, invoice)."""

    def make(ctx):
        row = purchasing.supplier(
            ctx,
            cis=CisStatus.REGISTERED,
            cis_reference="V1000000001",
            cis_verified_on=TODAY,
            made_at=FixedClock(date(2026, 4, 1)).now(),
        )
        bank(ctx, row.id)
        return row.id, owed(ctx, row.id, 200, labour_pence=100_00, cis_pence=20_00)

    return desk.do(make)


def status(desk, supplier_id, to=CisStatus.UNREGISTERED):
    """Change a supplier's status as its sheet does."""
    kept = desk.ask(known.kept, supplier_id)
    number = {"cis_reference": "", "cis_verified_on": None} if to is CisStatus.UNREGISTERED else {}
    desk.do(suppliers.change, supplier_id, kept.values | {"cis": to} | number, kept.version)


def deducted(desk, invoice_id):
    return desk.ask(lambda ctx: ctx.session.get_one(SupplierInvoice, invoice_id).cis_pence)


def test_a_status_that_changed_since_the_approval_of_the_invoice_counts_for_its_payment(desk, office, works):
    """£200.00 less 30% of £100.00 are £170.00, and not £180.00; HMRC's return has the £30.00."""
    supplier_id, invoice_id = works
    status(desk, supplier_id)
    seen = desk.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.BACS))
    assert seen.total == Money(170_00)
    words = "IN00001: £30.00 goes to HMRC, by its CIS status on 25 Nov 2026; it was £20.00 when it was approved."
    assert words in seen.payments[0].remarks
    run = made(desk, office)
    assert (run.total, deducted(desk, invoice_id)) == (Money(170_00), 30_00)
    desk.do(commands.mark_sent, run.run_id, "4711")
    replace(desk, clock=FixedClock(PAY_ON)).do(commands.mark_paid, run.run_id, PAY_ON)
    (line,) = desk.ask(invoices.cis_return, date(2026, 11, 6), date(2026, 12, 5))
    assert (line.status, line.deducted) == ("Not registered", Money(30_00))


def test_a_status_that_changes_between_asking_and_approving_overtakes_the_run(desk, office, works):
    run = asked(desk)
    status(desk, works[0])
    with pytest.raises(UserError, match=r"£170\.00 instead of £180\.00"):
        office.do(approvals.approve, [run.request_id])


def test_a_credit_note_gives_back_by_the_status_of_the_day_on_which_its_invoice_was_paid(desk, office, works):
    """Paid as registered on 10 November; since the 21st not registered. £50.00 of labour back: £10.00 of CIS, not £15.00."""
    supplier_id, invoice_id = works

    def paid(ctx):
        row = ctx.session.get_one(SupplierInvoice, invoice_id)
        row.state, row.paid_on = InvoiceState.PAID, date(2026, 11, 10)
        owed(ctx, supplier_id, 300)
        more = {"kind": InvoiceKind.CREDIT_NOTE, "credits_id": invoice_id}
        owed(ctx, supplier_id, 50, labour_pence=50_00, cis_pence=10_00, **more)

    desk.do(paid)
    status(desk, supplier_id)
    (payment,) = desk.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.BACS)).payments
    assert (payment.amount, [line.cis for line in payment.lines]) == (Money(260_00), [Money(0), Money(-10_00)])


def test_what_was_kept_back_is_paid_on_another_day_only_with_a_reason_that_whoever_pays_reads(desk, office):
    def kept(ctx):
        supplier_id = purchasing.supplier(ctx).id
        bank(ctx, supplier_id)
        columns = {"state": InvoiceState.PAID, "paid_on": date(2026, 5, 1), "retention_pence": 25_00}
        return owed(ctx, supplier_id, 500, retention_on=date(2027, 5, 1), **columns)

    invoice_id = desk.do(kept)
    with pytest.raises(UserError, match="Say why it is paid on another day"):
        desk.do(invoicing.release_on, invoice_id, TODAY, " ")
    with pytest.raises(UserError, match="paid on 1 May 2027 already"):
        desk.do(invoicing.release_on, invoice_id, date(2027, 5, 1), "Defects made good")
    desk.do(invoicing.release_on, invoice_id, TODAY, "Defects made good early")
    assert desk.ask(invoices.detail, invoice_id).retention_why == "Defects made good early"
    (payment,) = desk.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.BACS)).payments
    assert "What was kept back of IN00001 is paid on another day: Defects made good early" in payment.remarks
