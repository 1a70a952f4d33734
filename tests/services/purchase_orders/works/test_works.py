"""Works on a property: targets, completion with photographs, variation, and the recharge that they end in."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from app.models.recharges import Recharge, RechargeItem
from app.models.values import InvoiceBy, Money, OrderState, RechargeState
from app.services.core.errors import UserError
from app.services.documents.dto import NewFile
from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.orders import keeping as orders_keeping
from app.services.purchase_orders.orders import queries as register
from app.services.purchase_orders.orders.dto import Act, Amend, CancelRest, OrderView
from app.services.purchase_orders.receipts.commands import receive
from app.services.purchase_orders.receipts.dto import LineQuantity, NewReceipt
from app.services.purchase_orders.works import commands, queries, rules
from app.services.purchase_orders.works import keeping as works_keeping
from app.services.purchase_orders.works.dto import ChangedWorks, Complete, NewWorks
from app.services.recharges import commands as recharges
from tests.services.purchase_orders.works.conftest import REPORTED


def picture():
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "grey").save(out, "PNG")
    return NewFile("sink.png", out.getvalue())


def prices(ctx):
    """A line of the price list of recharges."""
    return ctx.session.scalars(select(RechargeItem.key).where(RechargeItem.active).order_by(RechargeItem.place)).first()


def done(order, **more):
    """Works done on Friday."""
    values = {"entry_key": "done:1", "on": date(2026, 11, 20), "words": "Trap replaced", "photographs": (picture(),)}
    return Complete(order.id, order.version, **values | more)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 365), st.integers(0, 400))
def test_works_are_late_from_the_day_after_their_target(reported, days, later):
    target = rules.target_on(reported, days)
    today = rules.target_on(reported, later)
    assert rules.late_days(target, None, today) == max(0, later - days)
    assert rules.late_days(target, today, today) == 0


def test_words_say_how_works_stand():
    target, today = date(2026, 11, 20), date(2026, 11, 21)
    assert rules.words(target, None, None, today) == "1 day late: it was due by 20 Nov 2026"
    assert rules.words(target, None, None, target) == "Due today"
    assert rules.words(target, date(2026, 11, 22), None, REPORTED) == (
        "Due by 20 Nov 2026, expected 2 days after that, on 22 Nov 2026"
    )
    assert rules.words(target, None, date(2026, 11, 23), today) == "Done on 23 Nov 2026, 3 days late"


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("Change the locks of the front door Locks and entry", "lock_change"),
        ("New pane in the kitchen Glazing", "glazing"),
        ("Garden cleared Cleaning and clearance", "clearance"),
        ("Leak under the sink Plumbing", ""),
        ("Lock and glazing", ""),
    ],
)
def test_the_line_of_the_price_list_that_has_the_words_of_works_fits_them(said, fits):
    titles = {
        "lock_change": "Lock change",
        "glazing": "Glazing, one pane",
        "clearance": "Clearance of a home or garden",
        "alteration": "Putting back an alteration",
    }
    assert rules.fitting(said, titles) == fits


def test_works_from_report_to_recharge(office, home, works):
    """Routine works reported on 16 November are due 28 days later, on 14 December; they cost £125.00 before VAT."""
    order = works()
    (row,) = office.desk.ask(queries.of_property, home[0])
    assert (row.number, row.target_on, row.words) == ("PO00001", date(2026, 12, 14), "Due by 14 Dec 2026")
    with pytest.raises(UserError, match="somebody else records what came"):
        office.desk.do(commands.complete, done(order))
    office.colleague.do(commands.complete, done(order))
    assert office.stands() == (0, 125_00, 0)
    part = office.desk.ask(queries.detail, order.id)
    assert (part.completion, part.completed_by, part.photographs) == ("Trap replaced", "Test Colleague", 1)
    assert part.row.words == "Done on 20 Nov 2026, in time"
    assert Act.RECHARGE in office.desk.ask(register.detail, order.id).may
    found = office.desk.do(commands.recharge, order.id)
    assert (found.account_id, found.new.net, found.new.job) == (home[1], Money(125_00), "PO00001")
    assert found.new.item == "other", "no line of the price list is about a leak"
    item = office.desk.ask(prices)
    raised = office.desk.do(recharges.recharge, replace(found.new, item=item, send_by=InvoiceBy.NOTHING))
    office.desk.do(commands.recharged, order.id, raised.recharge_id)
    with pytest.raises(UserError, match="recharged already"):
        office.desk.do(commands.recharge, order.id)
    with pytest.raises(UserError, match="done on 20 Nov 2026 already"):
        office.colleague.do(commands.complete, done(order, entry_key="done:2"))


def test_late_works_are_listed(office, works):
    works("emergency")
    works()
    assert [(row.number, row.late_days) for row in office.desk.ask(queries.late)] == [("PO00001", 4)]
    assert office.desk.ask(register.counts)[OrderView.LATE_WORKS] == 1


def test_a_variation_is_an_amendment_and_the_target_stands(office, works):
    order = works()
    lines = (office.line(line_id=order.lines[0].id), office.line(quantity=1, price="5.00", description="Washer"))
    asked = office.desk.do(orders.amend, Amend(order.id, order.version, "More was found", lines))
    office.approve(asked.request_id)
    assert office.seen(order.id).net == 130_00
    version = office.seen(order.id).version
    with pytest.raises(UserError, match="was asked for with its trade"):
        office.desk.do(commands.change, ChangedWorks(order.id, version, "Roofing", "routine", REPORTED))
    changed = ChangedWorks(order.id, version, "Plumbing", "routine", REPORTED, expected_on=date(2026, 12, 1))
    office.desk.do(commands.change, changed)
    assert office.desk.ask(queries.detail, order.id).row.expected_on == date(2026, 12, 1)


def test_a_recharge_begins_with_what_was_done_and_again_once_it_was_taken_back(office, works):
    """Of 10 at £12.50 two were done and eight given up: £25.00. A recharge that was refused may be raised anew."""
    order = works()

    def partly(ctx):
        row = orders_keeping.changing(ctx, order.id)
        line = orders_keeping.lines(ctx, order.id)[0]
        line.received, line.cancelled = 2_000, 8_000
        works_keeping.works(ctx, order.id).completed_on = date(2026, 11, 20)
        ctx.session.flush()
        return row.id

    office.desk.do(partly)
    found = office.desk.do(commands.recharge, order.id)
    assert found.new.net == Money(25_00)
    item = office.desk.ask(prices)
    raised = office.desk.do(
        recharges.recharge, replace(found.new, item=item, send_by=InvoiceBy.NOTHING, files=(picture(),))
    )
    office.desk.do(commands.recharged, order.id, raised.recharge_id)
    office.desk.do(
        lambda ctx: setattr(ctx.session.get_one(Recharge, raised.recharge_id), "state", RechargeState.REFUSED)
    )
    assert Act.RECHARGE in office.desk.ask(register.detail, order.id).may
    again = office.desk.do(commands.recharge, order.id)
    assert again.new.entry_key != found.new.entry_key


def test_what_cannot_be_is_refused(office, home, works):
    new = NewWorks(office.new(), home[0], "Plumbing", "whenever", REPORTED)
    with pytest.raises(UserError, match="How soon"):
        office.desk.do(commands.raise_works, new)
    with pytest.raises(UserError, match="day to come"):
        office.desk.do(commands.raise_works, NewWorks(office.new(), home[0], "Plumbing", "urgent", date(2026, 11, 22)))
    order = works()
    with pytest.raises(UserError, match="can't have been done"):
        office.colleague.do(commands.complete, done(order, on=date(2026, 11, 15)))
    with pytest.raises(UserError, match=r"notes\.txt is no picture"):
        office.colleague.do(commands.complete, done(order, photographs=(NewFile("notes.txt", b"done"),)))
    assert office.seen(order.id).state is OrderState.OPEN
    with pytest.raises(UserError, match="isn't done yet"):
        office.desk.do(commands.recharge, order.id)


def test_a_form_and_a_choice_of_properties(office, home, works):
    works()
    form = office.desk.ask(queries.form, account_id=home[1])
    assert (form.property_id, form.account_id, len(form.open)) == (home[0], home[1], 1)
    assert form.priorities[0] == ("emergency", "Emergency", 1)
    (found,) = office.desk.ask(queries.properties, form.address.split(",")[0])
    assert (found.property_id, found.account_id) == home
    assert len(office.desk.ask(queries.of_account, home[1])) == 1


def test_works_of_which_everything_was_received_are_done(office, works):
    order = works()
    office.colleague.do(receive, NewReceipt("all:1", order.id, order.version, date(2026, 11, 20)))
    part = office.desk.ask(queries.detail, order.id)
    assert (part.row.completed_on, part.completed_by) == (date(2026, 11, 20), "Test Colleague")


def test_works_of_which_the_rest_is_cancelled_are_done_with_what_came(office, works):
    """6 of 10 came on 20 November; the other four are cancelled: they are done since that day, and recharged at £75.00."""
    order = works()
    first = order.lines[0].id
    came = (LineQuantity(first, 6_000),)
    office.colleague.do(receive, NewReceipt("part:1", order.id, order.version, date(2026, 11, 20), came))
    assert Act.COMPLETE in office.colleague.ask(register.detail, order.id).may
    office.desk.do(orders.cancel_rest, CancelRest(order.id, office.seen(order.id).version, "No more is needed"))
    part = office.desk.ask(queries.detail, order.id)
    assert (part.row.completed_on, part.row.words) == (date(2026, 11, 20), "Done on 20 Nov 2026, in time")
    assert office.desk.ask(queries.late) == ()
    assert office.desk.do(commands.recharge, order.id).new.net == Money(75_00)


def test_works_that_are_cancelled_whole_were_not_done(office, works):
    order = works()
    office.desk.do(orders.cancel_rest, CancelRest(order.id, order.version, "Not needed"))
    part = office.desk.ask(queries.detail, order.id)
    assert (part.row.completed_on, part.row.words) == (None, "Cancelled, not done")
