"""Invoices and credit notes that come to nothing are set off: no money moves, and nothing of them stays open."""

from datetime import date

import pytest

from app.models.values import InvoiceKind, InvoiceState, Money, PaidBy, PaidPart, SupplierRunState
from app.services.core.errors import UserError
from app.services.purchase_orders.figures import queries as figures
from app.services.purchase_orders.invoices import commands as commands_of_invoices
from app.services.purchase_orders.payments import commands, queries, reconciling
from app.services.purchase_orders.payments.dto import RunQuestion
from app.services.purchase_orders.payments.rules import Item, Payee, choose
from tests.factories import invoices, purchasing
from tests.prepared import prepared
from tests.services.purchase_orders.payments.conftest import DUE, PAY_ON, TODAY, asked, made, owed

NOTE = InvoiceKind.CREDIT_NOTE
SET_OFF = (InvoiceState.PAID, TODAY)


@prepared
def credited(desk, office):
    """A supplier without bank details, an invoice of £100.00 long due, and its credit note of as much."""

    def make(ctx):
        supplier_id = purchasing.supplier(ctx, "Sample Credits").id
        days = {"received_on": date(2026, 10, 2), "pay_by_on": date(2026, 11, 1)}
        invoice_id = owed(ctx, supplier_id, 100, **days)
        return supplier_id, invoice_id, owed(ctx, supplier_id, 100, kind=NOTE, credits_id=invoice_id, **days)

    return desk.do(make)


def faults(desk):
    return desk.ask(lambda ctx: list(reconciling.check(ctx)))


def test_an_invoice_that_is_credited_whole_is_set_off_by_the_approval(desk, office, credited, state):
    """No bank details are needed, no file is made, and it is neither late nor paid in any figure."""
    (payment,) = desk.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.BACS)).payments
    assert (payment.amount, payment.remarks) == (
        Money(0),
        ("Set off: its credit notes come to as much as what is due, so no money moves.",),
    )
    run = made(desk, office)
    assert [state(each) for each in credited[1:]] == [SET_OFF, SET_OFF]
    detail = desk.ask(queries.detail, run.run_id)
    assert (detail.row.state, detail.file) == (SupplierRunState.PAID, "")
    assert (desk.ask(queries.late_open), faults(desk)) == ((), [])
    found = desk.ask(figures.compliance, date(2026, 10, 1), date(2027, 3, 31))
    assert (found.paid.count, found.late_unpaid) == (0, 0)


def test_what_is_covered_by_its_own_credit_note_is_not_late(desk, credited):
    found = desk.ask(figures.compliance, date(2026, 10, 1), date(2027, 3, 31))
    assert (found.late_unpaid, desk.ask(figures.waiting).late) == (0, 0)


def test_beside_what_is_paid_it_stands_in_the_run_and_not_in_its_file(desk, office, paints, credited, state, tmp_path):
    run = made(desk, office)
    assert (run.count, run.total) == (2, Money(180_00))
    saved = desk.do(commands.save_as, run.run_id, str(tmp_path / "file.txt"))
    assert [f"PR00001-00{place}" in saved.path.read_text() for place in (1, 2)] == [False, True]
    assert (state(credited[1]), faults(desk)) == ((InvoiceState.IN_RUN, None), [])


def test_a_run_of_nothing_but_set_off_is_asked_for_once(desk, office, credited):
    asked(desk)
    assert desk.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.BACS)).payments == ()


def item(number, pence, credits_id=None):
    day = date(2026, 11, number)
    words = f"IN{number:05}", f"SI-{number}"
    return Item(
        number,
        1,
        *words,
        InvoiceState.APPROVED,
        day,
        day,
        PaidPart.INVOICE,
        pence,
        credit=pence < 0,
        credits_id=credits_id,
    )


@pytest.mark.parametrize(
    ("items", "taken", "left"),
    [
        # Its own credit note goes first, whatever its day; of the others the oldest, and of the last a part.
        ((item(1, 60), item(2, 100), item(3, -90), item(4, -100, 2)), {1: 60, 2: 100, 4: -100, 3: -60}, {3: -30}),
        # All of the first, £30 of the second, and the third is left whole.
        (
            (item(1, 60), item(2, 40), item(3, -70), item(4, -50), item(5, -5)),
            {1: 60, 2: 40, 3: -70, 4: -30},
            {4: -20, 5: -5},
        ),
        ((item(1, 60), item(2, -60)), {1: 60, 2: -60}, {}),
    ],
)
def test_where_credit_notes_are_more_what_is_due_is_set_off_and_the_rest_left(items, taken, left):
    found = choose(items, {1: Payee(1, "S00001", "Sample", bank_id=1)}, PaidBy.BACS)
    assert {each.invoice_id: each.pence for payment in found.payments for each in payment.items} == taken
    assert {out.item.invoice_id: out.pence for out in found.left_out} == left
    assert found.pence == 0


def test_a_credit_note_keeps_nothing_back(desk, office):
    """What would be kept back of it is never given."""

    def log(ctx):
        supplier_id = purchasing.supplier(ctx).id
        new = invoices.credit(supplier_id, invoices.line(1, 100), retention=Money(5_00), retention_on=DUE)
        commands_of_invoices.log(ctx, new)

    with pytest.raises(UserError, match="Nothing is kept back of a credit note"):
        desk.do(log)
