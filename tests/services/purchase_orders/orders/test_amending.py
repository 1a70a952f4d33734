"""Amendments as versions, what is cancelled, and how orders close: worked by hand on an order of £1,000.00."""

from datetime import date

import pytest

from app.models.purchase_orders.suppliers import SupplierBlock
from app.models.values import Money, OrderKind, OrderSent, OrderState, OrderVersionState, WaiverReason
from app.services.approvals import queries as approvals
from app.services.approvals.commands import refuse
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Amend, CancelRest, NewSplit, Send, Waive
from tests.factories import purchasing
from tests.prepared import prepared


@prepared
def order(office):
    """80 at £12.50: £1,000.00; 5 % of it, £50.00, may be added without approval."""
    return office.ordered(office.line(quantity=80))


def amended(office, order, *lines):
    """Amended to these lines."""
    version = office.seen(order.id).version
    return office.desk.do(commands.amend, Amend(order.id, version, "More are needed", lines))


def first(office, order, quantity, **more):
    """The first line with another quantity."""
    return office.line(quantity=quantity, line_id=order.lines[0].id, **more)


def test_two_small_rises_are_together_above_the_tolerance(office, order):
    """£1,050.00 is within it; £1,062.50 is only £12.50 more, but £62.50 above what somebody approved."""
    made = amended(office, order, first(office, order, 84))
    assert made.told.startswith("Version 2 of PO00001 stands. It is £50.00 above the £1,000.00 that was approved")
    assert office.stands() == (1_050_00, 0, 0)
    again = amended(office, order, first(office, order, 85))
    assert "so it is approved again" in again.told
    assert office.seen(order.id).net == 1_050_00
    office.approve(again.request_id)
    assert (office.seen(order.id).net, office.seen(order.id).current) == (1_062_50, 3)
    assert office.stands() == (1_062_50, 0, 0)
    assert amended(office, order, first(office, order, 86)).told.startswith("Version 4 of PO00001 stands.")


def test_what_lowers_it_is_approved_at_once_and_to_send_again(office, order):
    office.desk.do(commands.send, Send(order.id, order.version, OrderSent.PRINTED))
    amended(office, order, first(office, order, 70))
    seen = office.seen(order.id)
    assert (seen.net, seen.sent_at) == (875_00, None)
    versions = office.desk.ask(queries.detail, order.id).versions
    assert [(each.number, each.state) for each in versions] == [
        (2, OrderVersionState.APPROVED),
        (1, OrderVersionState.APPROVED),
    ]


def test_other_codes_are_approved_again(office, order):
    found = office.desk.ask(
        queries.preview_amendment,
        Amend(order.id, order.version, "Ours", (first(office, order, 80, splits=(NewSplit(office.other),)),)),
    )
    assert (found.needs_approval, found.why) == (True, "Other codes pay for it, so it is approved again.")
    assert found.changes == ("Sample lamps: other codes.",)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (lambda office, _: [office.line(quantity=80, description="Ladders")], "Ladders is new on it"),
        (
            lambda office, order: [first(office, order, 80, description="Ladders")],
            "Sample lamps becomes something else",
        ),
        (lambda office, order: [first(office, order, 80, vat_recovered=False)], "bear up to £200.00 more than was"),
    ],
)
def test_another_order_of_the_same_sum_is_approved_again(office, order, lines, why):
    made = amended(office, order, *lines(office, order))
    assert why in made.told
    assert office.stands() == (1_000_00, 0, 0)


def test_shares_of_the_same_codes_that_are_turned_round_are_approved_again(office):
    """99 % and 1 % of £125.00, then 1 % and 99 %: £122.50 more on the second code; £1.25 more is within 5 %, £6.25."""

    def shares(one):
        return (NewSplit(office.budget, percent=one * 100), NewSplit(office.other, percent=(100 - one) * 100))

    order = office.ordered(office.line(splits=shares(99)))
    made = amended(office, order, first(office, order, 10, splits=shares(98)))
    assert made.told.startswith("Version 2 of PO00001 stands.")
    made = amended(office, order, first(office, order, 10, splits=shares(1)))
    assert "Its codes bear up to £122.50 more than was approved" in made.told


def test_what_was_cancelled_is_ordered_again_by_two_and_not_of_a_blocked_supplier(office, order):
    """1 of 80 came and 79 were cancelled; then 79 in all: 78 more, though 80 were approved."""
    office.came(order.id, received=1)
    office.desk.do(commands.cancel_rest, CancelRest(order.id, office.seen(order.id).version, "Not made"))
    blocked = office.desk.do(lambda ctx: purchasing.block(ctx, office.supplier).id)
    with pytest.raises(UserError, match="is blocked for orders"):
        amended(office, order, first(office, order, 79))
    office.desk.do(lambda ctx: ctx.session.delete(ctx.session.get_one(SupplierBlock, blocked)))
    assert "so it is approved again" in amended(office, order, first(office, order, 79)).told
    assert office.stands() == (0, 12_50, 0)


def test_a_higher_band_is_approved_again_and_wants_its_quotations(office):
    """392 at £12.50 are £4,900.00, band 1. 410 are £5,125.00: within 5 %, and in band 2, which wants three in writing."""
    order = office.ordered(office.line(quantity=392))
    assert order.band == "Band 1, up to £5,000.00"
    wanted = Amend(order.id, order.version, "More are needed", (first(office, order, 410),))
    found = office.desk.ask(queries.preview_amendment, wanted)
    assert found.why.startswith("Standing orders want more of it now (Band 2, £5,000.01 to £25,000.00)")
    assert found.wanting[0].startswith("Band 2 wants 3 quotations; 0 are recorded.")
    with pytest.raises(UserError, match="Band 2 wants 3 quotations"):
        office.desk.do(commands.amend, wanted)
    office.desk.do(commands.waive, Waive(order.id, order.version, WaiverReason.EMERGENCY, "No light at all"))
    made = amended(office, order, first(office, order, 410))
    said = {each.label: each.after for each in office.colleague.ask(approvals.request, made.request_id).details}
    assert said["Standing orders"].startswith("Band 2, £5,000.01 to £25,000.00.")
    assert said["Fewer quotations than wanted"] == "Emergency. No light at all"
    office.approve(made.request_id)
    assert office.seen(order.id).band == "Band 2, £5,000.01 to £25,000.00"


def test_a_call_off_is_not_amended_above_its_agreement(office):
    """£130.00 may be called off; 10 at £12.50 are, and £131.00 would be within the tolerance."""
    agreed = office.draft(kind=OrderKind.AGREEMENT, most=Money(130_00), until_on=date(2027, 3, 31))
    office.approve(office.desk.do(commands.ask, agreed.order_id, agreed.version).request_id)
    order = office.ordered(kind=OrderKind.CALL_OFF, from_id=agreed.order_id)
    with pytest.raises(UserError, match=r"has £130\.00 left of £130\.00; this call-off comes to £131\.00"):
        amended(office, order, first(office, order, 10, price="13.10"))
    assert amended(office, order, first(office, order, 10, price="13.00")).told.startswith("Version 2")


def test_whoever_quoted_for_an_amendment_does_not_approve_it(office):
    order = office.ordered(office.line(quantity=392))
    office.colleague.do(commands.waive, Waive(order.id, order.version, WaiverReason.EMERGENCY, "No light at all"))
    made = amended(office, order, first(office, order, 410))
    with pytest.raises(UserError, match="step"):
        office.approve(made.request_id)


def test_what_came_is_neither_removed_nor_lowered(office, order):
    office.came(order.id, received=30)
    with pytest.raises(UserError, match=r"Line 1 \(Sample lamps\) can't be removed: 30 each of it came"):
        amended(office, order, office.line(description="Ladder"))
    with pytest.raises(UserError, match="can't be lowered to 20 each: 30 each came or was invoiced"):
        amended(office, order, first(office, order, 20))
    amended(office, order, first(office, order, 30))
    assert office.stands() == (0, 375_00, 0)


def test_a_line_that_is_left_out_is_cancelled_and_stays_in_the_book(office, order):
    made = amended(office, order, first(office, order, 80), office.line(quantity=4, description="Ladder"))
    office.approve(made.request_id)
    office.desk.do(commands.amend, Amend(order.id, office.seen(order.id).version, "No", (first(office, order, 80),)))
    assert [each.cancelled for each in office.seen(order.id).lines] == [0, 4_000]
    assert office.faults() == ()
    assert office.stands() == (1_000_00, 0, 0)


def test_a_refused_amendment_changes_nothing_and_a_second_one_waits_for_the_first(office, order):
    made = amended(office, order, first(office, order, 100))
    with pytest.raises(UserError, match="waits for approval already"):
        amended(office, order, first(office, order, 90))
    with pytest.raises(UserError, match="An amendment of PO00001 waits"):
        office.desk.do(commands.cancel_rest, CancelRest(order.id, office.seen(order.id).version, "No"))
    office.colleague.do(refuse, (made.request_id,), "Too many")
    assert office.seen(order.id).net == 1_000_00
    other = amended(office, order, first(office, order, 100))
    office.desk.do(commands.withdraw_amendment, order.id, office.seen(order.id).version, "Not now")
    with pytest.raises(UserError, match="withdrawn"):
        office.approve(other.request_id)


def test_an_amendment_is_ended_though_its_order_closed_meanwhile(office, order):
    """All 80 come and are invoiced while 90 are asked for: there is nothing to amend, and nothing waits for good."""
    made = amended(office, order, first(office, order, 90))
    office.came(order.id, received=80, invoiced=80)
    assert office.seen(order.id).state is OrderState.CLOSED
    with pytest.raises(UserError, match="The order is closed, so it can't be amended"):
        office.approve(made.request_id)
    office.colleague.do(refuse, (made.request_id,), "It is closed")
    assert office.desk.ask(queries.detail, order.id).versions[0].state is OrderVersionState.REFUSED
    assert office.seen(order.id).net == 1_000_00


def test_what_came_meanwhile_counts_when_it_is_approved(office, order):
    made = amended(office, order, office.line(quantity=85, description="Other lamps"))
    office.came(order.id, received=10)
    with pytest.raises(UserError, match="can't be removed: 10 each of it came"):
        office.approve(made.request_id)


def test_nothing_changed_is_said_and_a_blocked_supplier_takes_no_more(office, order):
    with pytest.raises(UserError, match="Nothing of the order is changed"):
        amended(office, order, first(office, order, 80))
    office.desk.do(purchasing.block, office.supplier)
    amended(office, order, first(office, order, 79))
    with pytest.raises(UserError, match="is blocked for orders"):
        amended(office, order, first(office, order, 82))


def test_what_is_left_is_cancelled(office, order):
    """30 of 80 came and are owed: £375.00; the other £625.00 go back to the code."""
    office.came(order.id, received=30)
    told = office.desk.do(commands.cancel_rest, CancelRest(order.id, office.seen(order.id).version, "Not made")).told
    assert told == "PO00001: 50 each of Sample lamps cancelled."
    assert office.stands() == (0, 375_00, 0)
    assert office.seen(order.id).state is OrderState.OPEN
    with pytest.raises(UserError, match="Nothing is left to cancel"):
        office.desk.do(commands.cancel_rest, CancelRest(order.id, office.seen(order.id).version, "Again"))
    office.came(order.id, invoiced=30)
    assert office.seen(order.id).state is OrderState.CLOSED


def test_a_quantity_that_is_amended_after_a_part_was_cancelled_is_what_is_wanted_in_all(office, order):
    """30 of 80 came, 50 were cancelled; then 40 in all: 10 at £12.50 are to come."""
    office.came(order.id, received=30)
    office.desk.do(commands.cancel_rest, CancelRest(order.id, office.seen(order.id).version, "Not made"))
    made = amended(office, order, first(office, order, 40))
    assert "up to £50.00 needs no approval" in made.told
    office.approve(made.request_id)
    assert office.stands() == (125_00, 375_00, 0)
    assert office.faults() == ()


def test_before_anything_came_the_order_is_cancelled_and_closed_by_hand_after(office, order):
    with pytest.raises(UserError, match="Nothing of PO00001 came"):
        office.desk.do(commands.close, order.id, order.version, "Done")
    sent = office.desk.do(commands.send, Send(order.id, order.version, OrderSent.PRINTED))
    done = office.desk.do(commands.cancel_rest, CancelRest(order.id, sent.version, "Not wanted"))
    assert done.warnings == ("Sample Paints Limited has the order as it was: tell them.",)
    assert (office.seen(order.id).state, office.stands()) == (OrderState.CANCELLED, (0, 0, 0))
    other = office.ordered(office.line(quantity=80))
    office.came(other.id, received=30)
    office.desk.do(commands.close, other.id, office.seen(other.id).version, "They don't make more")
    assert (office.seen(other.id).state, office.stands()) == (OrderState.CLOSED, (0, 375_00, 0))
