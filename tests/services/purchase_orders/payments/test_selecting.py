"""What a run would pay and leave out, looked at before anything is asked for."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.values import (
    BlockScope,
    DetailState,
    DisputeReason,
    InvoiceKind,
    InvoiceState,
    Money,
    NotPaid,
    PaidBy,
    PaidPart,
)
from app.services.core.clock import FixedClock
from app.services.purchase_orders.payments import commands, queries
from app.services.purchase_orders.payments.dto import RunQuestion
from tests.factories import purchasing
from tests.services.purchase_orders.payments.conftest import DUE, PAY_ON, TODAY, asked, bank, made, owed


def seen(desk, by=PaidBy.BACS, **question):
    return desk.ask(queries.preview, RunQuestion(**{"due_to_on": DUE, "pay_on": PAY_ON, "by": by} | question))


def test_deductions_credit_notes_and_retention_whose_day_has_come(desk, office):
    def make(ctx):
        supplier_id = purchasing.supplier(ctx).id
        bank(ctx, supplier_id)
        owed(ctx, supplier_id, 1_000, vat_pence=200_00, cis_pence=160_00, retention_pence=60_00)
        owed(ctx, supplier_id, 50, kind=InvoiceKind.CREDIT_NOTE, pay_by_on=date(2027, 3, 1))
        kept = {"state": InvoiceState.PAID, "paid_on": date(2026, 5, 1), "retention_pence": 25_00}
        owed(ctx, supplier_id, 500, **kept, retention_on=DUE)
        owed(ctx, supplier_id, 500, **kept, retention_on=DUE + timedelta(1))
        owed(ctx, supplier_id, 70, pay_by_on=DUE + timedelta(1))

    desk.do(make)
    (payment,) = seen(desk).payments
    # £1,000.00 and VAT £200.00, less CIS £160.00 and £60.00 kept back, less the credit note, and £25.00 of retention
    assert [(line.words, line.amount) for line in payment.lines] == [
        ("Invoice", Money(980_00)),
        ("Retention", Money(25_00)),
        ("Credit note", Money(-50_00)),
    ]
    assert payment.amount == Money(955_00)
    run = made(desk, office)
    desk.do(commands.mark_sent, run.run_id, "4711")
    replace(desk, clock=FixedClock(PAY_ON)).do(commands.mark_paid, run.run_id, PAY_ON)
    rows = desk.ask(lambda ctx: ctx.session.scalars(select(SupplierInvoice.retention_paid_on)).all())
    assert rows.count(PAY_ON) == 1
    assert seen(desk).payments == ()


def test_what_is_left_out_and_why(desk, office):
    def make(ctx):
        names = ("Sample Blocked", "Sample Nobank", "Sample Disputed", "Sample Waiting", "Sample Credits")
        blocked, no_bank, disputed, waiting, credited = (purchasing.supplier(ctx, name).id for name in names)
        for at, supplier_id in enumerate((blocked, disputed, waiting, credited)):
            bank(ctx, supplier_id, f"6637495{at}")
        purchasing.block(ctx, blocked, BlockScope.PAYMENTS)
        owed(ctx, blocked, 10)
        owed(ctx, no_bank, 11)
        invoice = owed(ctx, disputed, 12)
        ctx.session.add(
            InvoiceDispute(
                invoice_id=invoice,
                reason=DisputeReason.PRICE,
                words="The price is not that of the order",
                found_on=TODAY,
                made_by=ctx.officer.id,
                made_at=ctx.clock.now(),
            )
        )
        owed(ctx, waiting, 13, state=InvoiceState.LOGGED)
        owed(ctx, credited, 14)
        owed(ctx, credited, 20, kind=InvoiceKind.CREDIT_NOTE)

    desk.do(make)
    found = {(row.supplier, row.reason): row.words for row in seen(desk).left_out}
    assert found == {
        (
            "Sample Blocked",
            NotPaid.BLOCKED,
        ): "Sample Blocked is blocked for payments since 2 Nov 2026: Insurance lapsed",
        ("Sample Nobank", NotPaid.NO_BANK): "It has no bank details in force.",
        ("Sample Disputed", NotPaid.DISPUTED): "Disputed: The price is not that of the order",
        ("Sample Waiting", NotPaid.NOT_APPROVED): "It isn't approved, and is to be paid by 27 Nov 2026.",
        ("Sample Credits", NotPaid.NOTHING): "Credit notes of £6.00 are left once what is due is set off.",
    }
    by_finance = {row.supplier: row.amount for row in seen(desk, by=PaidBy.FINANCE).payments}
    assert by_finance == {"Sample Credits": Money(0), "Sample Nobank": Money(11_00)}


def test_chosen_invoices_are_paid_before_their_day_and_said(desk, office, paints):
    early = desk.do(owed, paints[0], 40, pay_by_on=date(2027, 1, 5))
    (payment,) = seen(desk, invoice_ids=(early,)).payments
    assert (payment.amount, payment.remarks) == (
        Money(40_00),
        ("Before its day: IN00003.", "The first payment to these bank details, in force since 1 Apr 2026."),
    )


def test_bank_details_that_changed_are_said_or_waited_for_by_policy(desk, office, paints):
    supplier_id, _ = paints

    def change(ctx):
        bank(ctx, supplier_id, "66374966", state=DetailState.PROPOSED)

    desk.do(change)
    (payment,) = seen(desk).payments
    assert payment.remarks == ("A change of its bank details waits for a second officer.",)
    desk.do(purchasing.policy, "purchasing.bank_new_days", "10")
    assert [row.reason for row in seen(desk).left_out] == [NotPaid.BANK_NEW] * 2


def test_bank_details_of_the_last_days_wait(desk, office):
    def make(ctx):
        supplier_id = purchasing.supplier(ctx).id
        bank(ctx, supplier_id, "66374966", state=DetailState.ENDED, to_on=date(2026, 11, 14))
        bank(ctx, supplier_id, from_on=date(2026, 11, 15))
        owed(ctx, supplier_id, 10)
        purchasing.policy(ctx, "purchasing.bank_new_days", "10")

    desk.do(make)
    (out,) = seen(desk).left_out
    assert out.words == (
        "Its bank details are others since 15 Nov 2026: under 10 days. Ended before: account ending 66, on 14 Nov 2026."
    )


def test_bank_details_that_ended_are_told_where_a_supplier_has_none_and_where_others_are_paid_first(desk, office):
    """A change in two steps, the end of the old ones and new first ones, is seen by whoever asks for the run."""

    def make(ctx):
        supplier_id = purchasing.supplier(ctx).id
        ended = {"state": DetailState.ENDED, "to_on": date(2026, 11, 14), "reason": "Letter of 13 Nov."}
        bank(ctx, supplier_id, "66374966", **ended)
        owed(ctx, supplier_id, 10)
        return supplier_id

    supplier_id = desk.do(make)
    before = "Ended before: account ending 66, on 14 Nov 2026: Letter of 13 Nov."
    (out,) = seen(desk).left_out
    assert (out.reason, out.words) == (NotPaid.NO_BANK, f"It has no bank details in force. {before}")
    desk.do(bank, supplier_id, from_on=date(2026, 11, 15))
    (payment,) = seen(desk).payments
    first = "The first payment to these bank details, others in force since 15 Nov 2026."
    assert payment.remarks == (f"{first} {before}",)


def test_the_same_amount_lately_is_said_before_it_is_asked_for(desk, office, paints):
    asked(desk)
    desk.do(owed, paints[0], 180)
    (payment,) = seen(desk).payments
    assert payment.remarks[-1] == "The same amount, £180.00, is in PR00001 of 25 Nov 2026 too."


def test_the_file_is_seen_without_digits_of_accounts(desk, office, paints):
    (line,) = seen(desk).file
    assert "****58" in line
    assert not any(number in line for number in ("66374958", "089999"))
    assert seen(desk, pay_on=date(2026, 11, 28)).no_file.startswith("Bacs moves no money on Saturday 28 Nov 2026")


def test_what_paying_late_costs_is_paid_when_it_is_added(desk, office, paints):
    supplier_id, _ = paints

    def late(ctx):
        # by 29 June, paid on 14 July: 15 days at 3.75 % (late from 30 June, in the first half of 2026) and 8 %
        return owed(
            ctx, supplier_id, 1_000, vat_pence=200_00, state=InvoiceState.PAID,
            pay_by_on=date(2026, 6, 29), paid_on=date(2026, 7, 14),
        )  # fmt: skip

    invoice = desk.do(late)
    (row,) = desk.ask(queries.late_payments, date(2026, 7, 1), date(2026, 7, 31))
    assert (row.days, row.percent, row.interest, row.compensation) == (15, "11.75", Money(5_79), Money(70_00))
    assert row.explained == "£1,200.00 x 11.75% x 15 days / 365, and £70.00"
    (payment,) = seen(desk, late_ids=(invoice,)).payments
    assert [(line.part, line.amount) for line in payment.lines if line.part is not PaidPart.INVOICE] == [
        (PaidPart.COMPENSATION, Money(70_00)),
        (PaidPart.INTEREST, Money(5_79)),
    ]
    run = asked(desk, late_ids=(invoice,))
    assert run.total == Money(255_79)
    assert desk.ask(queries.late_payments, date(2026, 7, 1), date(2026, 7, 31))[0].run == "PR00001"
    assert [row.words for row in seen(desk, late_ids=(invoice,)).left_out if row.number == "IN00003"] == [
        "It is in PR00001."
    ] * 2


def test_a_run_is_read_in_as_many_statements_however_large(desk, office, query_log):
    def more(ctx, count):
        for at in range(count):
            supplier_id = purchasing.supplier(ctx, f"Sample {at}").id
            bank(ctx, supplier_id, f"{66374000 + at}")
            owed(ctx, supplier_id, 10)

    desk.do(more, 2)
    query_log.clear()
    seen(desk)
    few = len(query_log)
    desk.do(more, 6)
    query_log.clear()
    assert len(seen(desk).payments) == 8
    assert len(query_log) == few
