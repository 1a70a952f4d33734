"""A run from what is due to what is paid: asked for, approved by a second officer, made, sent, paid; and back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.models.approvals import ApprovalDetail
from app.models.audit import AuditEntry
from app.models.bacs import PaymentFile
from app.models.diary import Task
from app.models.documents import Document
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPaymentLine
from app.models.values import InvoiceState, Money, PaidBy, PaymentFileState, SupplierRunState
from app.services.approvals import commands as approvals
from app.services.bacs.standard18.reading import read
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.purchase_orders.payments import commands, daily, keeping, queries
from app.services.purchase_orders.payments.dto import AskRun, CameBack, PaidFilter, RunQuestion
from tests.factories import approving, purchasing
from tests.services.adjustments.payments.test_returns import item
from tests.services.bacs.test_arucs import report
from tests.services.purchase_orders.payments.conftest import DUE, PAY_ON, TODAY, asked, made, owed

IN_RUN = (InvoiceState.IN_RUN, None)
TO_PAY = (InvoiceState.APPROVED, None)
PAID = (InvoiceState.PAID, PAY_ON)


def run_state(desk, run):
    return desk.ask(queries.run_row, run.run_id).state


def test_a_run_pays_by_bacs(desk, office, paints, state, tmp_path):
    supplier_id, invoices = paints
    run = asked(desk)
    assert (run.number, run.count, run.total) == ("PR00001", 1, Money(180_00))
    assert [state(each) for each in invoices] == [IN_RUN, IN_RUN]
    with pytest.raises(UserError, match="asked for"):
        desk.do(approvals.approve, [run.request_id])
    office.do(approvals.approve, [run.request_id])
    saved = desk.do(commands.save_file, run.run_id, str(tmp_path / "out"))
    assert (saved.path.stat().st_mode & 0o777, saved.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    lines = [line for line in read(saved.path.read_bytes()).lines if not line.is_contra]
    assert [(line.destination.account_number, line.pence, line.reference) for line in lines] == [
        ("66374958", 180_00, "PR00001-001")
    ]
    desk.do(commands.mark_sent, run.run_id, "BACS 4711")
    with pytest.raises(UserError, match="sent"):
        desk.do(commands.mark_sent, run.run_id, "BACS 4711")
    for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(UserError, match="day"):
            desk.do(commands.mark_paid, run.run_id, day)
    replace(desk, clock=FixedClock(PAY_ON)).do(commands.mark_paid, run.run_id, PAY_ON)
    assert [state(each)[0] for each in invoices] == [InvoiceState.PAID] * 2
    found = desk.ask(queries.paid, PaidFilter(supplier_id=supplier_id))
    assert [(row.run, row.amount, row.words) for row in found] == [("PR00001", Money(180_00), "Paid")]


def test_the_same_command_again_asks_once(desk, office, paints):
    first = asked(desk)
    wanted = RunQuestion(DUE, PAY_ON, PaidBy.BACS)
    again = desk.do(commands.ask, AskRun(wanted, 1, Money(180_00), "run"))
    assert (again.run_id, again.request_id) == (first.run_id, first.request_id)
    with pytest.raises(UserError, match=r"Nothing is to be paid\. 2 are left out"):
        desk.do(commands.ask, AskRun(wanted, 1, Money(180_00), "another"))


def test_what_is_declared_must_be_what_is_selected(desk, office, paints):
    wanted = RunQuestion(DUE, PAY_ON, PaidBy.BACS)
    with pytest.raises(UserError, match=r"pays 1 supplier £180\.00, not 1 and £18\.00"):
        desk.do(commands.ask, AskRun(wanted, 1, Money(18_00), "run"))


def test_a_run_beyond_the_limit_is_for_somebody_else(desk, office, paints):
    desk.do(owed, paints[0], 5_000)
    run = asked(desk)
    with pytest.raises(UserError, match=r"£5,180\.00, is above your limit of £5,000\.00"):
        office.do(approvals.approve, [run.request_id])
    assert run_state(desk, run) is SupplierRunState.WAITING


def test_who_approved_an_invoice_does_not_approve_its_payment(desk, office, paints):
    def approve_it(ctx):
        with approving.carried_out(ctx, "supplier_invoice", paints[1][0]):
            ctx.session.get(SupplierInvoice, paints[1][0]).approved_by = office.officer.id

    desk.do(approve_it)
    run = asked(desk)
    with pytest.raises(UserError, match="You approved IN00001 in this run"):
        office.do(approvals.approve, [run.request_id])


def test_refused_by_the_second_officer_it_can_go_in_another(desk, office, paints, state):
    run = asked(desk)
    office.do(approvals.refuse, [run.request_id], "Not this week")
    assert run_state(desk, run) is SupplierRunState.REFUSED
    assert state(paints[1][0]) == TO_PAY
    assert asked(desk, key="second").number == "PR00002"


def test_what_changed_since_it_was_asked_for_is_not_paid(desk, office, paints, state):
    run = asked(desk)
    desk.do(lambda ctx: purchasing.block(ctx, paints[0], purchasing.BlockScope.PAYMENTS))
    with pytest.raises(UserError, match=r"PR00001 isn't as it was asked for any more\. .* blocked for payments"):
        office.do(approvals.approve, [run.request_id])
    assert state(paints[1][0]) == IN_RUN


def test_cancelled_before_it_is_sent_all_is_to_be_paid_again(desk, office, paints, run, state):
    with pytest.raises(UserError, match="You asked for this run"):
        desk.do(commands.cancel, run.run_id, "The wrong day")
    office.do(commands.cancel, run.run_id, "The wrong day")
    assert [state(each) for each in paints[1]] == [TO_PAY, TO_PAY]
    assert desk.ask(lambda ctx: ctx.session.scalars(select(PaymentFile.state)).all()) == [PaymentFileState.CANCELLED]
    with pytest.raises(UserError, match="cancelled: it isn't opened any more"):
        desk.do(commands.save_as, run.run_id, "/tmp/never")
    assert asked(desk, key="second").total == Money(180_00)


def test_refused_by_bacs_all_is_to_be_paid_again(desk, office, paints, run, state):
    desk.do(commands.mark_sent, run.run_id, "4711")
    with pytest.raises(UserError, match="You marked this file as sent"):
        desk.do(commands.refused, run.run_id, "The SUN is wrong")
    office.do(commands.refused, run.run_id, "The SUN is wrong")
    assert (run_state(desk, run), state(paints[1][0])) == (SupplierRunState.REFUSED, TO_PAY)


def test_a_payment_that_came_back_is_to_be_paid_again_with_a_task(desk, office, paints, run, state):
    desk.do(commands.mark_sent, run.run_id, "4711")
    payment = desk.ask(queries.detail, run.run_id).payments[0]
    back = CameBack(payment.payment_id, date(2026, 11, 21), "Account closed")
    told = desk.do(commands.came_back, back).told
    assert told == "1 payment of £180.00 came back; to be paid again."
    assert desk.do(commands.came_back, back).told.endswith("1 had been put back before.")
    assert state(paints[1][0]) == TO_PAY
    titles = desk.ask(
        lambda ctx: ctx.session.scalars(select(Task.title).where(Task.kind == "supplier_payment_returned")).all()
    )
    assert titles == ["Look at the bank details of Sample Paints Limited: £180.00 came back"]
    assert asked(desk, key="second").total == Money(180_00)


def test_on_the_day_of_payment_invoices_are_paid_by_themselves(desk, office, paints, run, state):
    desk.do(commands.mark_sent, run.run_id, "4711")
    desk.do(daily.each_day)
    assert state(paints[1][0]) == IN_RUN
    later = replace(desk, clock=FixedClock(PAY_ON))
    later.do(daily.each_day)
    later.do(daily.each_day)
    assert (run_state(desk, run), state(paints[1][0])) == (SupplierRunState.PAID, PAID)


def test_by_the_finance_system_bank_details_are_not_needed(desk, office, tmp_path):
    def make(ctx):
        supplier = purchasing.supplier(ctx, "=Sample Tools", finance_reference="000417")
        return owed(ctx, supplier.id, 100, vat_pence=20_00)

    desk.do(make)
    run = made(desk, office, by=PaidBy.FINANCE)
    path = tmp_path / "pay.csv"
    desk.do(commands.save_as, run.run_id, str(path))
    heading, line = path.read_text("utf-8-sig").splitlines()
    assert heading.startswith("Batch,Payment date,Supplier ID,Supplier name,Invoice number,Invoice date,Order number,")
    assert line == (
        "PR00001,25/11/2026,000417,'=Sample Tools,SI-1,02/11/2026,,Invoice,120.00,0.00,0.00,120.00,PR00001-001"
    )


def test_no_part_of_an_invoice_stands_in_two_payments(desk, office, run):
    office.do(commands.cancel, run.run_id, "The wrong day")
    asked(desk, key="second")
    stands = select(SupplierPaymentLine.invoice_id, func.count()).where(SupplierPaymentLine.stands)
    found = desk.ask(lambda ctx: ctx.session.execute(stands.group_by(SupplierPaymentLine.invoice_id)).all())
    assert [count for _, count in found] == [1, 1]


def test_without_the_day_of_a_file_none_is_asked_for(desk, office, paints):
    with pytest.raises(UserError, match="Bacs moves no money on Saturday 28 Nov 2026"):
        desk.do(commands.ask, AskRun(RunQuestion(DUE, date(2026, 11, 28), PaidBy.BACS), 1, Money(1), "run"))
    with pytest.raises(UserError, match="That day has passed"):
        desk.do(commands.ask, AskRun(RunQuestion(DUE, date(2026, 11, 20), PaidBy.FINANCE), 1, Money(1), "run"))


def test_a_report_of_returned_credits_puts_back_what_it_names_once(desk, office, paints, run, state):
    """One credit of the run, one that is nobody's, and the first one with another amount."""
    content = report(item("PR00001-001", "180.00") + item("REFUND 12", "10.00") + item("PR00001-001", "18.00"))
    back = desk.do(commands.read_returns, content)
    assert (len(back.payments), len(back.unknown)) == (1, 2)
    assert (run_state(desk, run), state(paints[1][0])) == (SupplierRunState.SENT, TO_PAY)
    again = desk.do(commands.read_returns, content)
    assert (again.payments, len(again.before)) == ((), 1)
    with pytest.raises(UserError):
        desk.do(commands.read_returns, b"<html>")
    assert run_state(desk, run) is SupplierRunState.SENT


def test_two_desks_pay_an_invoice_once(desk, office, paints):
    """The second officer sees the run of the first, whoever looked before."""
    asked(desk)
    found = office.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.BACS))
    assert ([row.words for row in found.left_out], found.payments) == (["It is in PR00001."] * 2, ())
    with pytest.raises(UserError, match="Nothing is to be paid"):
        office.do(commands.ask, AskRun(RunQuestion(DUE, PAY_ON, PaidBy.BACS), 1, Money(180_00), "second"))


def test_what_the_finance_system_paid_is_paid_and_its_run_with_it(desk, office, paints, state):
    run = made(desk, office, by=PaidBy.FINANCE)
    first, second = paints[1]
    desk.do(keeping.invoices_paid, {first: TODAY}, "FIN-1")
    assert (state(first), state(second), run_state(desk, run)) == (
        (InvoiceState.PAID, TODAY),
        IN_RUN,
        SupplierRunState.SENT,
    )
    desk.do(keeping.invoices_paid, {first: TODAY, second: TODAY}, "FIN-1")
    assert run_state(desk, run) is SupplierRunState.PAID


def test_bank_details_stand_in_no_record_but_the_sealed_file(desk, office, paints):
    """Neither the request, nor the audit, nor what is kept as a document has the number or the sort code."""
    made(desk, office)

    def said(ctx):
        texts = [str(row) for table in (ApprovalDetail, AuditEntry) for row in _all(ctx, table)]
        return "\n".join(texts), [row.content for row in ctx.session.scalars(select(Document))]

    texts, contents = desk.ask(said)
    assert not any(number in texts for number in ("66374958", "089999", "08-99-99"))
    assert not any(b"66374958" in content for content in contents)


def _all(ctx, table):
    columns = [column for column in table.__table__.columns if column.name != "payload"]
    return ctx.session.execute(select(*columns)).all()
