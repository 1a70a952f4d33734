"""What is left of an order once a part of it was cancelled: a version for less, to send, and to order again. Worked by hand."""

from datetime import date

import pytest

from app.models.values import Money, OrderKind, OrderSent, OrderState
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Amend, CancelRest, NewSplit, OrderFilter, OrderView, Repeat, Send
from tests.prepared import prepared


@prepared
def order(office):
    """80 at £12.50, sent: £1,000.00 and £200.00 VAT, of which 30 came."""
    order = office.ordered(office.line(quantity=80))
    office.desk.do(commands.send, Send(order.id, order.version, OrderSent.PRINTED))
    office.came(order.id, received=30)
    return office.seen(order.id)


def cancel(office, order_id, *lines):
    """What is left of some lines, or of all."""
    return office.desk.do(commands.cancel_rest, CancelRest(order_id, office.seen(order_id).version, "Not made", lines))


def amend(office, order_id, *lines):
    """Amended to these lines."""
    return office.desk.do(commands.amend, Amend(order_id, office.seen(order_id).version, "After all", lines))


def to_send(office):
    """How many are to send."""
    return office.desk.ask(queries.totals, OrderFilter(OrderView.TO_SEND)).count


def test_what_is_left_is_a_version_that_goes_to_the_supplier(office, order):
    """30 at £12.50 are £375.00 and £75.00 VAT."""
    assert to_send(office) == 0
    done = cancel(office, order.id)
    assert done.warnings == ("Sample Paints Limited has the order as it was: send it again.",)
    seen = office.seen(order.id)
    assert (seen.net, seen.current, seen.sent_at, to_send(office)) == (375_00, 2, None, 1)
    version = office.desk.ask(queries.detail, order.id).versions[0]
    assert (version.number, version.net, version.vat, version.reason) == (
        2,
        Money(375_00),
        Money(75_00),
        "Cancelled: Not made",
    )
    assert [(line.quantity, line.net, line.codes) for line in version.lines] == [
        (30_000, Money(375_00), "HR100 4120 £375.00")
    ]
    office.desk.do(commands.send, Send(order.id, office.seen(order.id).version, OrderSent.PRINTED))
    papers = [office.desk.ask(queries.paper, order.id, number) for number in (1, 2)]
    assert papers[0] != papers[1]
    assert office.faults() == ()


def test_what_is_cancelled_of_a_call_off_can_be_called_off_again(office):
    agreed = office.draft(kind=OrderKind.AGREEMENT, most=Money(130_00), until_on=date(2027, 3, 31))
    office.approve(office.desk.do(commands.ask, agreed.order_id, agreed.version).request_id)
    order = office.ordered(kind=OrderKind.CALL_OFF, from_id=agreed.order_id)
    office.came(order.id, received=4)
    cancel(office, order.id)
    assert office.desk.ask(queries.detail, agreed.order_id).called_off == Money(50_00)


def test_an_order_of_which_all_that_is_left_was_invoiced_is_over_and_the_supplier_told(office, order):
    office.came(order.id, invoiced=30)
    done = cancel(office, order.id)
    assert done.warnings == ("Sample Paints Limited has the order as it was: tell them.",)
    seen = office.seen(order.id)
    assert (seen.state, seen.net, seen.current) == (OrderState.CLOSED, 375_00, 2)


def test_what_is_closed_by_hand_says_what_came_of_it(office, order):
    office.desk.do(commands.close, order.id, order.version, "They don't make more")
    seen = office.seen(order.id)
    assert (seen.state, seen.net, seen.current) == (OrderState.CLOSED, 375_00, 2)


def test_a_line_that_is_ordered_as_it_was_before_a_part_was_cancelled_stands_again(office, order):
    """50 of 80 were cancelled. 80 in all again are £625.00 more than stands, and approved again."""
    cancel(office, order.id)
    found = office.desk.ask(
        queries.preview_amendment,
        Amend(order.id, office.seen(order.id).version, "x", (office.line(80, line_id=order.lines[0].id),)),
    )
    assert (found.before, found.after) == (Money(375_00), Money(1_000_00))
    assert found.changes == ("Sample lamps: quantity 30 to 80, amount £375.00 to £1,000.00.",)
    made = amend(office, order.id, office.line(80, line_id=order.lines[0].id))
    assert "bear up to £625.00 more than was approved of it and stands" in made.told
    office.approve(made.request_id)
    assert [(line.quantity, line.cancelled) for line in office.seen(order.id).lines] == [(80_000, 0)]
    assert office.stands() == (625_00, 375_00, 0)
    assert office.faults() == ()


def test_an_amendment_of_another_line_leaves_what_is_cancelled_cancelled(office):
    """20 lamps of which 15 are cancelled, split 60 to 40, and a ladder that becomes cheaper: £62.50 and £45.00."""
    shares = (NewSplit(office.budget, Money(150_00)), NewSplit(office.other, Money(100_00)))
    order = office.ordered(office.line(20, splits=shares), office.line(1, "50.00", "Ladder"))
    office.came(order.id, received=5)
    cancel(office, order.id, order.lines[0].id)
    shown = office.desk.ask(queries.detail, order.id).lines[0]
    assert [each.amount for each in shown.codes] == [Money(37_50), Money(25_00)]
    same = (NewSplit(office.budget, Money(37_50)), NewSplit(office.other, Money(25_00)))
    made = amend(
        office,
        order.id,
        office.line(5, splits=same, line_id=order.lines[0].id),
        office.line(1, "45.00", "Ladder", line_id=order.lines[1].id),
    )
    assert made.request_id == order.request_id, "nothing new is asked"
    version = office.desk.ask(queries.detail, order.id).versions[0]
    assert (version.number, version.net) == (3, Money(107_50))
    assert office.stands(office.other) == (0, 25_00, 0)
    assert office.faults() == ()


def test_a_copy_orders_what_was_left(office, order):
    cancel(office, order.id)
    made = office.desk.do(commands.repeat, Repeat(order.id, "copy:1"))
    assert [line.quantity for line in office.seen(made.order_id).lines] == [30_000]


@pytest.mark.parametrize(
    ("quantity", "price", "again"),
    [
        (1, "1000.00", True),
        (8_000, "0.125", True),
        (76, "13.15", False),  # 5 % fewer, 5.2 % dearer
        (84, "11.90", False),  # 5 % more, 4.8 % cheaper
        (40, "12.50", False),
    ],
)
def test_another_quantity_at_another_price_is_another_purchase(office, quantity, price, again):
    """80 at £12.50, and the tolerance is 5 %: where both differ by more, it is approved again though it costs no more."""
    order = office.ordered(office.line(quantity=80))
    made = amend(office, order.id, office.line(quantity, price, line_id=order.lines[0].id))
    assert ("that is another purchase, so it is approved again" in made.told) is again
    assert (made.request_id != order.request_id) is again


def test_two_small_changes_of_quantity_and_price_are_one(office):
    """Each within 5 % of what stood; both together 9 % fewer and 7 % dearer than was approved."""
    order = office.ordered(office.line(quantity=80))
    amend(office, order.id, office.line(77, "12.90", line_id=order.lines[0].id))
    made = amend(office, order.id, office.line(73, "13.40", line_id=order.lines[0].id))
    assert "Both quantity and price of Sample lamps differ by more than 5%" in made.told


def test_a_refused_line_names_its_part(office, order):
    cancel(office, order.id)
    with pytest.raises(UserError, match="can't be lowered to 20 each: 30 each came"):
        amend(office, order.id, office.line(20, line_id=order.lines[0].id))
