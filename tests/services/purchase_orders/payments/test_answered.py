"""What the finance system replies of invoices: when each was paid, and what it rejected."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine
from app.models.values import InvoiceKind, InvoiceState, Money, PaidBy, SupplierRunState
from app.services.approvals import commands as approvals
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.purchase_orders.payments import commands, daily, keeping, queries, reconciling
from tests.factories import purchasing
from tests.services.purchase_orders.payments.conftest import PAY_ON, TODAY, asked, made, owed

IN_RUN = (InvoiceState.IN_RUN, None)
TO_PAY = (InvoiceState.APPROVED, None)
BY = PaidBy.FINANCE


def run_state(desk, run):
    return desk.ask(queries.run_row, run.run_id).state


def later(desk, days):
    return replace(desk, clock=FixedClock(TODAY + timedelta(days)))


@pytest.fixture
def sent(desk, office, paints):
    """A run for the finance system that was sent."""
    run = made(desk, office, by=BY)
    desk.do(commands.mark_sent, run.run_id, "F1")
    return run


def test_a_finance_run_is_not_paid_by_its_day(desk, paints, sent, state):
    """The day's work doesn't invent when the finance system paid."""
    later(desk, 9).do(daily.each_day)
    assert (state(paints[1][0]), run_state(desk, sent)) == (IN_RUN, SupplierRunState.SENT)
    assert "replies" in desk.ask(queries.detail, sent.run_id).next


def test_the_day_of_a_reply_replaces_one_that_was_typed(desk, paints, sent, state):
    first, second = paints[1]
    desk.do(commands.mark_paid, sent.run_id, TODAY)
    later(desk, 9).do(keeping.invoices_paid, {first: TODAY + timedelta(8)}, "FIN-1")
    assert state(first) == (InvoiceState.PAID, TODAY + timedelta(8))
    assert state(second) == (InvoiceState.PAID, TODAY)


def test_a_reply_shows_that_the_file_was_sent_and_what_is_left_stays_in_its_run(desk, office, paints, state, tmp_path):
    """Neither is the file handed out again, nor is the run cancelled: the rest would be paid twice."""
    run = made(desk, office, by=BY)
    first, second = paints[1]
    desk.do(keeping.invoices_paid, {first: TODAY}, "FIN-1")
    assert (run_state(desk, run), state(second)) == (SupplierRunState.SENT, IN_RUN)
    with pytest.raises(UserError, match="IN00001 in PR00001 is paid already"):
        desk.do(commands.save_as, run.run_id, str(tmp_path / "file.csv"))
    with pytest.raises(UserError, match="can't be cancelled"):
        office.do(commands.cancel, run.run_id, "The wrong day")


def test_withdrawn_what_was_paid_in_between_stays_paid(desk, office, paints, state):
    """The reply came while the run waited for approval."""
    run = asked(desk, by=BY)
    first, second = paints[1]
    desk.do(keeping.invoices_paid, {first: TODAY}, "FIN-1")
    office.do(approvals.refuse, [run.request_id], "Paid already")
    assert (state(first), state(second)) == ((InvoiceState.PAID, TODAY), TO_PAY)


def test_a_rejected_invoice_is_given_back_with_its_payment_and_the_run_goes_on(desk, office, paints, state):
    other = desk.do(lambda ctx: owed(ctx, purchasing.supplier(ctx, "Sample Tools").id, 500))
    run = made(desk, office, by=BY)
    desk.do(commands.mark_sent, run.run_id, "F1")
    desk.do(keeping.invoices_rejected, {paints[1][0]: "Supplier is closed"})
    assert [state(each) for each in (*paints[1], other)] == [TO_PAY, TO_PAY, IN_RUN]
    back = next(row for row in desk.ask(queries.detail, run.run_id).payments if row.returned_on)
    assert (back.amount, back.returned_why) == (Money(180_00), "Rejected by the finance system: Supplier is closed")
    desk.do(keeping.invoices_paid, {other: TODAY}, "FIN-1")
    assert run_state(desk, run) is SupplierRunState.PAID
    assert desk.ask(lambda ctx: list(reconciling.check(ctx))) == []
    assert asked(desk, by=BY, key="second").total == Money(180_00)


def test_of_a_payment_that_is_paid_in_part_only_the_rest_is_given_back(desk, paints, sent, state):
    first, second = paints[1]
    desk.do(keeping.invoices_paid, {first: TODAY}, "FIN-1")
    desk.do(keeping.invoices_rejected, {second: "No such order"})
    assert (state(first), state(second)) == ((InvoiceState.PAID, TODAY), TO_PAY)
    assert run_state(desk, sent) is SupplierRunState.PAID
    desk.do(keeping.invoices_rejected, {first: "Too late"})
    assert state(first) == (InvoiceState.PAID, TODAY)


def test_a_run_that_is_rejected_whole_came_to_nothing(desk, paints, sent, state):
    desk.do(keeping.invoices_rejected, dict.fromkeys(paints[1], "Supplier is closed"))
    assert run_state(desk, sent) is SupplierRunState.REFUSED
    assert asked(desk, by=BY, key="second").total == Money(180_00)


def test_a_run_that_is_paid_in_part_was_not_refused_whole(desk, office, paints, sent):
    desk.do(keeping.invoices_paid, {paints[1][0]: TODAY}, "FIN-1")
    with pytest.raises(UserError, match="paid some of PR00001"):
        office.do(commands.refused, sent.run_id, "Wrong layout")


def test_credit_notes_are_taken_off_with_the_last_invoice_of_their_payment(desk, office, paints, state):
    """The finance system replies of invoices; its run is paid once each of them is."""
    note = desk.do(lambda ctx: owed(ctx, paints[0], 30, kind=InvoiceKind.CREDIT_NOTE))
    run = made(desk, office, by=BY)
    first, second = paints[1]
    desk.do(keeping.invoices_paid, {first: TODAY}, "FIN-1")
    assert state(note) == IN_RUN
    desk.do(keeping.invoices_paid, {second: TODAY}, "FIN-2")
    assert (state(note), run_state(desk, run)) == ((InvoiceState.PAID, TODAY), SupplierRunState.PAID)


def test_a_run_with_retention_is_paid_with_the_retention(desk, office):
    """The invoice was paid in January, £50.00 of it kept back; an old reply of January pays nothing of the run."""
    paid_on = date(2026, 1, 5)

    def make(ctx):
        kept = {"state": InvoiceState.PAID, "paid_on": paid_on, "retention_pence": 50_00, "retention_on": TODAY}
        return owed(ctx, purchasing.supplier(ctx).id, 1_000, **kept)

    invoice_id = desk.do(make)
    run = made(desk, office, by=BY)

    def stands():
        row = desk.ask(lambda ctx: ctx.session.get(SupplierInvoice, invoice_id))
        return run_state(desk, run), row.paid_on, row.retention_paid_on

    desk.do(keeping.invoices_paid, {invoice_id: paid_on}, "FIN-0")
    assert stands() == (SupplierRunState.MADE, paid_on, None)
    desk.do(keeping.invoices_paid, {invoice_id: TODAY}, "FIN-1")
    assert stands() == (SupplierRunState.PAID, paid_on, TODAY)


def test_what_is_paid_says_since_when(desk, office, run):
    desk.do(commands.mark_sent, run.run_id, "4711")
    replace(desk, clock=FixedClock(PAY_ON)).do(daily.each_day)
    mine = select(SupplierPaymentLine.paid_on, func.count()).join(SupplierPayment)
    assert desk.ask(lambda ctx: ctx.session.execute(mine.group_by(SupplierPaymentLine.paid_on)).all()) == [(PAY_ON, 2)]
