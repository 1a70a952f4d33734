"""A dispute stops approval at once, and the time to pay once the supplier is told in time."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.purchase_orders.invoices import InvoiceDispute
from app.models.values import DisputeReason, Subject
from app.services.core.errors import UserError
from app.services.diary.dto import TaskState
from app.services.letters.commands import queue, sending
from app.services.letters.dto import Channel, Returned
from app.services.letters.sending import Outcome, OutcomeKind
from app.services.purchase_orders.invoices import commands, daily, queries
from app.services.purchase_orders.invoices.disputes import commands as disputes
from app.services.purchase_orders.invoices.disputes.queries import preview
from app.services.purchase_orders.invoices.dto import (
    Act,
    InvoiceFilter,
    InvoiceSort,
    InvoiceView,
    NewDispute,
    Settlement,
)
from tests.factories import invoices
from tests.prepared import prepared

NOVEMBER = [date(2026, 11, day) for day in range(1, 31)]


def on(day):
    return NOVEMBER[day - 1]


@prepared
def logged(desk, bought):
    """IN00001 of £132.00, received on 11 November: 10 at £11.00 where £10.00 was ordered."""
    return desk.do(invoices.log, bought.supplier, invoices.line(10, 11, bought.lines[0]), order_id=bought.order)


def opened(ctx, logged, found_on):
    """A dispute of its price, and nobody told."""
    made = NewDispute(logged.invoice_id, DisputeReason.PRICE, "Eleven pounds where ten were agreed", found_on)
    disputes.dispute(ctx, made)
    return ctx.session.scalars(select(InvoiceDispute)).one()


def go(ctx, outgoing_id, channel):
    """It goes: a letter is printed, an e-mail taken by the provider."""
    if channel is Channel.LETTER:
        queue.mark_printed(ctx, [outgoing_id])
    else:
        taken = sending.take(ctx)
        assert taken.outgoing_id == outgoing_id
        sending.settle(ctx, outgoing_id, Outcome(OutcomeKind.ACCEPTED, provider_id="made-up"), taken.turn)


def tasks_of(ctx):
    """The kinds of open tasks about invoices."""
    rows = select(Task.kind).where(Task.subject == Subject.SUPPLIER_INVOICE, Task.state == TaskState.OPEN.value)
    return sorted(ctx.session.scalars(rows))


def test_told_in_time_by_telephone_settled_and_the_days_are_added(desk, logged):
    """Told on Monday 16 November, settled on 20 November: four days, from 10 December to 14 December."""
    price = NewDispute(logged.invoice_id, DisputeReason.PRICE, "£11.00 where £10.00 was agreed", on(12))
    told = desk.do(disputes.dispute, price).told
    assert told == (
        "IN00001 is disputed. The time to pay goes on until the supplier is told: tell them by 19 Nov 2026."
    )
    with pytest.raises(UserError, match="is disputed: settle the dispute first"):
        desk.do(commands.ask, logged.invoice_id)
    open_ = desk.ask(queries.detail, logged.invoice_id)
    assert {Act.TELL, Act.SETTLE} <= open_.acts
    assert Act.ASK not in open_.acts
    desk.do(disputes.told, open_.disputes[0].dispute_id, on(16), "By telephone, their accounts desk")
    held = desk.ask(queries.detail, logged.invoice_id)
    assert (held.clock.held, held.row.left, held.disputes[0].holds) == (True, "Held: disputed", True)
    desk.do(disputes.settle, Settlement(held.disputes[0].dispute_id, on(20), "A credit note comes"))
    settled = desk.ask(queries.detail, logged.invoice_id)
    assert (settled.clock.last_on, settled.row.pay_by_on) == (date(2026, 12, 14), date(2026, 12, 14))
    assert [step.what for step in settled.history] == [
        "Invoice logged",
        "Disputed",
        "Supplier told of the dispute",
        "Dispute settled",
    ]


@pytest.mark.parametrize(
    ("channel", "name", "how"),
    [
        (Channel.EMAIL, "e-mail", "By e-mail to orders1@example.com"),
        (Channel.LETTER, "letter", "By letter to 1 Sample Way, Anytown, AT1 1AA"),
    ],
)
def test_what_goes_to_the_supplier_says_what_is_wrong_and_counts_when_it_went(desk, logged, channel, name, how):
    """Found on Thursday 19 November: told by the 26th. Written to on the 21st, gone the same day."""

    def steps(ctx):
        dispute = opened(ctx, logged, on(19))
        shown = preview(ctx, dispute.id, channel)
        said = disputes.write(ctx, dispute.id, channel).told
        waits = dispute.notified_on, queries.detail(ctx, logged.invoice_id).clock.held
        with pytest.raises(UserError, match="is queued and hasn't gone"):
            disputes.write(ctx, dispute.id, Channel.LETTER)
        go(ctx, dispute.outgoing_id, channel)
        with pytest.raises(UserError, match="told already"):
            disputes.write(ctx, dispute.id, Channel.LETTER)
        held = queries.detail(ctx, logged.invoice_id).clock.held
        return shown, said, waits, (dispute.notified_on, dispute.notified_how, held)

    shown, said, waits, told = desk.do(steps)
    assert said == (
        f"The supplier is written to about IN00001. The {name} to them is queued and hasn't gone. "
        "The time to pay goes on until it goes, which has to be by 26 Nov 2026."
    )
    assert (waits, told) == ((None, False), (on(21), how, True))
    for said in ("INV-1001", "IN00001", "PO00001", "Eleven pounds", "stands still from today"):
        assert said in shown


def test_what_is_cancelled_before_it_went_tells_nobody_and_another_way_is_open(desk, logged):
    def steps(ctx):
        dispute = opened(ctx, logged, on(19))
        disputes.write(ctx, dispute.id, Channel.EMAIL)
        first = dispute.outgoing_id
        queue.cancel(ctx, [first], "Wrong address")
        row = queries.detail(ctx, logged.invoice_id)
        tasks = tasks_of(ctx)
        disputes.write(ctx, dispute.id, Channel.EMAIL)
        again = dispute.outgoing_id != first
        go(ctx, dispute.outgoing_id, Channel.EMAIL)
        return row.clock.held, row.disputes[0].holds_why, tasks, again, dispute.notified_on, tasks_of(ctx)

    held, why, tasks, again, told_on, left = desk.do(steps)
    assert (held, tasks, again, told_on, left) == (False, ["dispute_untold"], True, on(21), [])
    assert why == (
        "The e-mail to them was cancelled: Wrong address. It holds the time only if they are told by 26 Nov 2026."
    )


def test_what_failed_or_came_back_after_it_went_takes_the_telling_back(desk, logged):
    """An e-mail that was taken and not delivered, a mark as printed that is taken back, and a letter that came back."""

    def steps(ctx):
        dispute, seen = opened(ctx, logged, on(19)), []

        def stand():
            seen.append((dispute.notified_on, dispute.holds_from, queries.rows(ctx, [logged.invoice_id])[0].left))

        disputes.write(ctx, dispute.id, Channel.EMAIL)
        go(ctx, dispute.outgoing_id, Channel.EMAIL)
        stand()
        sending.note_status(ctx, dispute.outgoing_id, "permanent-failure")
        stand()
        disputes.write(ctx, dispute.id, Channel.LETTER)
        letter = dispute.outgoing_id
        queue.mark_printed(ctx, [letter])
        queue.undo_printed(ctx, [letter])
        stand()
        queue.mark_printed(ctx, [letter])
        queue.returned(ctx, letter, Returned(on(21), "Gone away"))
        stand()
        return seen, queries.detail(ctx, logged.invoice_id).disputes[0].holds_why, tasks_of(ctx)

    seen, why, tasks = desk.do(steps)
    runs = (None, None, "19 days left")
    assert seen == [(on(21), on(21), "Held: disputed"), runs, runs, runs]
    assert why.startswith("The letter to them came back: Gone away. It holds the time only if")
    assert tasks == ["dispute_untold"]


def test_told_by_telephone_stays_told_when_the_queued_email_is_cancelled_or_fails(desk, logged):
    def steps(ctx):
        dispute = opened(ctx, logged, on(19))
        disputes.write(ctx, dispute.id, Channel.EMAIL)
        queued = dispute.outgoing_id
        disputes.told(ctx, dispute.id, on(20), "By telephone, Mr Sample")
        queue.cancel(ctx, [queued], "Said on the telephone")
        return dispute.notified_on, dispute.holds_from, tasks_of(ctx)

    assert desk.do(steps) == (on(20), on(20), [])


def test_an_email_that_goes_after_the_dispute_was_settled_tells_of_nothing(desk, logged):
    """Settled untold: the time was never held, and the officer is told of what is still queued."""

    def steps(ctx):
        dispute = opened(ctx, logged, on(19))
        disputes.write(ctx, dispute.id, Channel.EMAIL)
        said = disputes.settle(ctx, Settlement(dispute.id, on(21), "Paid as it is")).told
        go(ctx, dispute.outgoing_id, Channel.EMAIL)
        return said, dispute.notified_on, queries.rows(ctx, [logged.invoice_id])[0].pay_by_on

    said, told_on, last = desk.do(steps)
    assert "The e-mail to them is queued and hasn't gone. Cancel it in Letters." in said
    assert (told_on, last) == (None, date(2026, 12, 10))


def test_a_card_number_a_day_to_come_and_nothing_said_are_refused(desk, logged):
    for words, found, match in (
        ("4111 1111 1111 1111", on(20), "card number"),
        ("Broken", on(22), "to come"),
        (" ", on(20), "Say what is wrong"),
        ("Broken", on(1), "before 11 Nov 2026"),
    ):
        with pytest.raises(UserError, match=match):
            desk.do(disputes.dispute, NewDispute(logged.invoice_id, DisputeReason.DAMAGED, words, found))


def test_the_views_count_what_is_in_them_in_one_statement(desk, logged, bought, query_log):
    """Last day 10 December is nineteen days off, so it isn't soon late; one more received on 23 October is."""

    def more(ctx):
        early = invoices.line(2, 25, bought.lines[1])
        dates = {"received_on": date(2026, 10, 23), "invoice_on": date(2026, 10, 22)}
        invoices.log(ctx, bought.supplier, early, number="OLD-7", **dates)
        made = NewDispute(logged.invoice_id, DisputeReason.PRICE, "Too much", on(12), on(13), "Telephone")
        disputes.dispute(ctx, made)

    desk.do(more)
    query_log.clear()
    counts = desk.ask(queries.view_counts)
    assert len([each for each in query_log if "supplier_invoice" in each]) == 1
    expected = {InvoiceView.TO_MATCH: 1, InvoiceView.DISPUTED: 1, InvoiceView.LATE: 1, InvoiceView.NO_ORDER: 1}
    assert {view: count for view, count in counts.items() if count} == expected
    late = desk.ask(queries.ids, InvoiceFilter("old paints", InvoiceView.LATE), InvoiceSort.PAY_BY, descending=False)
    row = desk.ask(queries.rows, late)[0]
    assert (row.supplier_number, row.left, row.order_number) == ("OLD-7", "Last day today", "")
    assert desk.ask(queries.totals, InvoiceFilter("in00001")).debit == invoices.Money(132_00)


def test_a_dispute_that_is_told_too_late_holds_nothing_in_the_lists_either(desk, bought):
    """Received on 1 October and found on the 2nd, told on 20 November: late since 30 October, and listed so; a task is made."""

    def steps(ctx):
        dates = {"received_on": date(2026, 10, 1), "invoice_on": date(2026, 10, 1)}
        late = invoices.log(ctx, bought.supplier, invoices.line(1, 10), **dates)
        made = NewDispute(late.invoice_id, DisputeReason.PRICE, "Too much", date(2026, 10, 2), on(20), "Telephone")
        disputes.dispute(ctx, made)
        listed = queries.ids(ctx, InvoiceFilter(view=InvoiceView.LATE), InvoiceSort.NUMBER, descending=False)
        row = queries.rows(ctx, [late.invoice_id])[0]
        daily.each_day(ctx)
        tasks = ctx.session.scalars(select(Task.kind).where(Task.subject == Subject.SUPPLIER_INVOICE)).all()
        return list(listed) == [late.invoice_id], row.left, row.disputed_told, sorted(tasks)

    assert desk.do(steps) == (True, "22 days late", False, ["dispute_untouched", "invoice_last_day"])
