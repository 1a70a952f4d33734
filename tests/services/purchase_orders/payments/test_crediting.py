"""A credit note is taken off in parts: what is left of it stays open and goes against the next invoices, to the penny."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine
from app.models.values import CisStatus, InvoiceKind, InvoiceState, Money, NotPaid, PaidBy, PaidPart
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.ledger.checks import check
from app.services.purchase_orders.invoices import queries as invoices
from app.services.purchase_orders.orders.paid import is_paid
from app.services.purchase_orders.payments import commands, keeping, queries, reconciling
from app.services.purchase_orders.payments.dto import CameBack, RunQuestion
from tests.factories import purchasing
from tests.prepared import prepared
from tests.services.purchase_orders.payments.conftest import DUE, PAY_ON, TODAY, bank, made, owed

NOTE = InvoiceKind.CREDIT_NOTE
KEPT = {"state": InvoiceState.PAID, "paid_on": date(2026, 1, 1), "retention_pence": 50_00, "retention_on": TODAY}


@prepared
def more(desk, office):
    """A supplier to whom £50.00 that was kept back is due, and who gave a credit note of £800.00: (supplier, note)."""

    def make(ctx):
        supplier_id = purchasing.supplier(ctx).id
        bank(ctx, supplier_id)
        owed(ctx, supplier_id, 1_000, **KEPT)
        return supplier_id, owed(ctx, supplier_id, 800, kind=NOTE)

    return desk.do(make)


def faults(desk):
    return desk.ask(lambda ctx: list(reconciling.check(ctx)))


def left(desk, note_id):
    (row,) = desk.ask(invoices.rows, [note_id])
    return row.used, row.payable


def test_what_is_left_of_it_goes_against_the_next_invoices_until_all_is_taken_off(desk, office, more, state):
    supplier_id, note_id = more
    (payment,) = desk.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.BACS)).payments
    assert [(line.words, line.amount) for line in payment.lines] == [
        ("Retention", Money(50_00)),
        ("Part of a credit note", Money(-50_00)),
    ]
    assert "£50.00 of credit note IN00002 is taken off, £750.00 of it is left." in payment.remarks
    first = made(desk, office)
    assert (state(note_id), left(desk, note_id)) == ((InvoiceState.APPROVED, None), (Money(50_00), Money(-750_00)))
    (row,) = desk.ask(queries.detail, first.run_id).left_out
    assert (row.reason, row.amount) == (NotPaid.NOTHING, Money(-750_00))
    (answer,) = desk.ask(is_paid, "IN00002")
    assert answer.words == "In part: £50.00 is taken off, £750.00 is taken off the next invoices."
    desk.do(owed, supplier_id, 300)
    made(desk, office, key="second")
    assert left(desk, note_id) == (Money(350_00), Money(-450_00))
    # £1,000.00 less the £450.00 that is left: £550.00 are paid.
    last_id = desk.do(owed, supplier_id, 1_000)
    last = made(desk, office, key="third")
    assert (last.total, state(note_id)) == (Money(550_00), (InvoiceState.IN_RUN, None))
    (answer,) = desk.ask(is_paid, "IN00002")
    assert answer.words == "In part: £800.00 is taken off, all of it in runs that aren't paid yet."
    assert faults(desk) == []
    desk.do(commands.mark_sent, last.run_id, "4711")
    replace(desk, clock=FixedClock(PAY_ON)).do(commands.mark_paid, last.run_id, PAY_ON)
    assert [state(each) for each in (note_id, last_id)] == [(InvoiceState.PAID, PAY_ON)] * 2
    said = [step.what for step in desk.ask(invoices.detail, note_id).history]
    parts = [f"£{pounds}.00 taken off in PR0000{run}" for run, pounds in ((1, 50), (2, 300), (3, 450))]
    assert [each for each in said if "taken off" in each] == parts
    assert desk.ask(check) == ()


def test_what_comes_to_nothing_gives_its_part_back_and_leaves_the_others(desk, office, more, state):
    """£750.00 of the note are left for an invoice of £900.00; its payment of £150.00 comes back."""
    supplier_id, note_id = more
    made(desk, office)
    desk.do(owed, supplier_id, 900)
    run = made(desk, office, key="second")
    desk.do(commands.mark_sent, run.run_id, "4711")
    later = replace(desk, clock=FixedClock(PAY_ON))
    later.do(commands.mark_paid, run.run_id, PAY_ON)
    assert state(note_id) == (InvoiceState.PAID, PAY_ON)
    paid = select(SupplierPayment.id).where(SupplierPayment.run_id == run.run_id)
    payment_id = desk.ask(lambda ctx: ctx.session.scalars(paid).one())
    later.do(commands.came_back, CameBack(payment_id, PAY_ON, "Account closed"))
    assert (state(note_id), left(desk, note_id)) == ((InvoiceState.APPROVED, None), (Money(50_00), Money(-750_00)))
    assert faults(desk) == []


def test_the_finance_system_answers_for_its_part_alone_and_never_for_one_paid_by_bacs(desk, office, more, state):
    supplier_id, note_id = more
    invoice_id = desk.do(owed, supplier_id, 100)
    run = made(desk, office, by=PaidBy.FINANCE, invoice_ids=(invoice_id,))
    desk.do(commands.mark_sent, run.run_id, "F1")
    desk.do(keeping.invoices_paid, {invoice_id: TODAY})
    assert [state(each) for each in (invoice_id, note_id)] == [
        (InvoiceState.PAID, TODAY),
        (InvoiceState.APPROVED, None),
    ]
    assert (left(desk, note_id), faults(desk)) == ((Money(100_00), Money(-700_00)), [])
    made(desk, office, key="bacs")
    with pytest.raises(UserError, match="IN00002: It is in PR00002, which pays it by Bacs"):
        desk.do(keeping.invoices_paid, {note_id: TODAY})


def test_the_check_finds_a_credit_note_of_which_more_is_taken_than_it_is_of(desk, office, more):
    made(desk, office)
    part = SupplierPaymentLine.part == PaidPart.CREDIT_PART
    desk.do(lambda ctx: ctx.session.execute(update(SupplierPaymentLine).where(part).values(pence=-801_00)))
    assert "Credit note IN00002 is of £800.00, and £801.00 of it is taken off." in faults(desk)


def test_the_monthly_return_has_what_was_taken_off_in_its_month(desk, office, state):
    """Of a credit note of £100.00 labour, CIS £20.00, so £80.00 off: £27.00 in November, £53.00 in December.

    £100.00 x 27 / 80 is £33.75 and £20.00 x 27 / 80 is £6.75; December has the rest.
    """

    def make(ctx):
        made_at = FixedClock(date(2026, 4, 1)).now()
        cis = {"cis": CisStatus.REGISTERED, "cis_reference": "V1000000001", "cis_verified_on": TODAY}
        supplier_id = purchasing.supplier(ctx, made_at=made_at, **cis).id
        owed(ctx, supplier_id, 27)
        return supplier_id, owed(ctx, supplier_id, 100, kind=NOTE, labour_pence=100_00, cis_pence=20_00)

    supplier_id, note_id = desk.do(make)
    made(desk, office)
    december = FixedClock(date(2026, 12, 10))
    later = replace(desk, clock=december)
    later.do(owed, supplier_id, 53, pay_by_on=date(2026, 12, 10))
    made(later, replace(office, clock=december), key="second", due_to_on=date(2026, 12, 31), pay_on=date(2026, 12, 15))
    assert state(note_id) == (InvoiceState.PAID, date(2026, 12, 10))
    months = ((date(2026, 11, 6), date(2026, 12, 5)), (date(2026, 12, 6), date(2027, 1, 5)))
    lines = [desk.ask(invoices.cis_return, *month)[0] for month in months]
    assert [(line.gross, line.materials, line.deducted, line.invoices) for line in lines] == [
        (Money(-33_75), Money(0), Money(-6_75), 1),
        (Money(-66_25), Money(0), Money(-13_25), 1),
    ]
    assert faults(desk) == []
