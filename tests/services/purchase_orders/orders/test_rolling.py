"""Open orders taken into the new year: what is bound moves to the same codes, what is owed stays. Worked by hand."""

from datetime import date

import pytest

from app.models.values import Money, OrderState
from app.services.approvals.commands import approve
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Amend, NewSplit, Repeat
from tests.factories import purchasing


@pytest.fixture
def april(office):
    """The desk on 1 April 2027."""
    return Desk.sit_down(office.desk.database, "officer", FixedClock(date(2027, 4, 1)))


def next_year(office, subjective="4120"):
    """The same code in 2027/28."""
    return office.desk.do(purchasing.budget, "HR100", subjective, 1_000_00, 2027)


def test_what_is_bound_moves_and_what_is_owed_stays(office, april):
    """Nothing came of one (£125.00); 4 of 10 of another, £50.00 owed and £75.00 to come: £200.00 move, £50.00 stay."""
    whole, part, done = office.made(), office.made(), office.made()
    office.came(part.id, received=4)
    office.came(done.id, received=10)
    new = next_year(office)
    found = april.ask(queries.roll_preview, 2026)
    assert (found.orders, found.amount, found.stay, found.missing) == (2, Money(200_00), Money(175_00), ())
    told = april.do(commands.roll, 2026, 2).told
    assert told == "2 orders with £200.00 to come are rolled into 2027/28."
    assert office.stands() == (0, 175_00, 0)
    assert office.stands(new) == (200_00, 0, 0)
    assert [office.seen(each.id).year for each in (whole, part, done)] == [2027, 2027, 2026]
    lines = office.seen(part.id).lines
    assert [(each.quantity, each.received, each.cancelled, each.net) for each in lines] == [
        (4_000, 4_000, 0, 50_00),
        (6_000, 0, 0, 75_00),
    ]
    assert office.seen(part.id).net == 125_00
    assert april.ask(queries.roll_preview, 2026).orders == 0
    assert office.faults() == ()


def test_a_missing_code_stops_all_of_it_and_is_named(office, april):
    office.made()
    office.made(office.other)
    next_year(office)
    assert [each.code for each in april.ask(queries.roll_preview, 2026).missing] == ["HR100 4300"]
    with pytest.raises(UserError, match="2027/28 has no budget for HR100 4300"):
        april.do(commands.roll, 2026, 2)
    assert office.stands() == (125_00, 0, 0)


def test_a_code_that_would_go_over_is_told_and_stops_it_where_policy_says_so(office, april):
    """£125.00 into a budget of £100.00."""
    office.made()
    office.desk.do(purchasing.budget, "HR100", "4120", 100_00, 2027)
    found = april.ask(queries.roll_preview, 2026)
    assert (len(found.over), found.stops) == (1, False)
    assert "HR100 4120" in found.over[0]
    april.do(purchasing.policy, "purchasing.over_budget", "stop")
    assert april.ask(queries.roll_preview, 2026).stops
    with pytest.raises(UserError, match="HR100 4120"):
        april.do(commands.roll, 2026, 1)


def test_under_warn_a_code_that_would_go_over_is_rolled_all_the_same(office, april):
    office.made()
    new = office.desk.do(purchasing.budget, "HR100", "4120", 100_00, 2027)
    april.do(commands.roll, 2026, 1)
    assert office.stands(new) == (125_00, 0, 0)


def test_it_is_done_around_the_years_end_as_it_was_rehearsed(office, april):
    order = office.made()
    next_year(office)
    with pytest.raises(UserError, match="begins on 1 Apr 2027"):
        office.desk.do(commands.roll, 2026, 1)
    with pytest.raises(UserError, match="The rehearsal told of 2 orders; there are 1 now"):
        april.do(commands.roll, 2026, 2)
    april.do(commands.roll, 2026, 1)
    assert office.seen(order.id).state is OrderState.OPEN


def test_it_takes_as_many_queries_however_many_orders(office, april, query_log):
    next_year(office)
    office.made()
    query_log.clear()
    april.ask(queries.roll_preview, 2026)
    one = len(query_log)
    office.made()
    office.made()
    query_log.clear()
    april.ask(queries.roll_preview, 2026)
    assert len(query_log) == one
    query_log.clear()
    april.do(commands.roll, 2026, 3)
    selects = [each for each in query_log if each.startswith("SELECT") and "purchase_order" in each]
    assert len(selects) <= 8


def test_an_amendment_that_waits_is_decided_first(office, april):
    order = office.ordered()
    next_year(office)
    lines = (office.line(quantity=20, line_id=order.lines[0].id),)
    office.desk.do(commands.amend, Amend(order.id, order.version, "More", lines))
    with pytest.raises(UserError, match="Amendments wait for approval: PO00001"):
        april.do(commands.roll, 2026, 1)


def test_a_rolled_order_of_which_a_part_came_is_amended_and_copied(office, april):
    """4 of 10 came and stay on the code of 2026/27; of the 6 on the new one, two more at £12.50 need approval, one fewer none."""
    order = office.ordered()
    office.came(order.id, received=4)
    new = next_year(office)
    april.do(commands.roll, 2026, 1)
    came, rest = office.seen(order.id).lines
    old = office.line(4, line_id=came.id)

    def amended(quantity):
        lines = (old, office.line(quantity, line_id=rest.id, splits=(NewSplit(new),)))
        return april.do(commands.amend, Amend(order.id, office.seen(order.id).version, "Counted again", lines))

    assert "needs no approval" in amended(5).told
    assert (office.stands(), office.stands(new)) == ((0, 50_00, 0), (62_50, 0, 0))
    assert "It is £12.50 above the £125.00 that was approved" in amended(7).told
    made = april.do(commands.repeat, Repeat(order.id, "copy:1"))
    lines = april.ask(queries.detail, made.order_id).lines
    assert [(line.quantity, line.codes[0].budget_id) for line in lines] == [(4_000, new), (5_000, new)]
    codes = {each.budget_id for each in april.ask(queries.codes_of, order.id)}
    assert {office.budget, new} <= codes
    assert office.faults() == ()


def test_a_requisition_of_a_year_that_has_ended_is_not_ordered(office, april):
    made = office.draft()
    with pytest.raises(UserError, match="It is for the financial year 2026/27, which has ended"):
        april.do(commands.ask, made.order_id, made.version)
    march = Desk.sit_down(office.desk.database, "officer", FixedClock(date(2027, 3, 31)))
    asked = march.do(commands.ask, made.order_id, office.seen(made.order_id).version)
    late = Desk.sit_down(office.desk.database, "colleague", FixedClock(date(2027, 4, 1)))
    with pytest.raises(UserError, match="which has ended"):
        late.do(approve, (asked.request_id,))


def test_what_is_rolled_too_early_is_said_at_once(office, april):
    office.made()
    next_year(office)
    assert office.desk.ask(queries.roll_preview, 2026).early == (
        "2027/28 begins on 1 Apr 2027. Orders are rolled from that day on: what still comes before it belongs to the old year."
    )
    assert april.ask(queries.roll_preview, 2026).early == ""
