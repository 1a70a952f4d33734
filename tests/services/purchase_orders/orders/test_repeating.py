"""Copies, templates that repeat, the finder and the home page."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.purchase_orders.orders import PurchaseOrder
from app.models.values import Frequency, OrderKind, OrderState
from app.services.core import finding
from app.services.core.clock import FixedClock
from app.services.core.errors import UserErrors
from app.services.core.session import Desk
from app.services.home import orders as home
from app.services.purchase_orders.orders import commands, daily, queries
from app.services.purchase_orders.orders.dto import Repeat
from tests.factories import purchasing


def template(office, **more):
    """A template that repeats monthly from today."""
    values = {"kind": OrderKind.TEMPLATE, "repeat_every": Frequency.MONTHLY, "repeat_on": date(2026, 11, 21)}
    return office.draft(**values | more)


def drafted(office):
    """How many requisitions there are beside the template."""
    kinds = select(func.count()).select_from(PurchaseOrder).where(PurchaseOrder.kind == OrderKind.ORDINARY)
    return office.desk.ask(lambda ctx: ctx.session.scalar(kinds))


def day(office, on):
    """The day's work on a day."""
    Desk.sit_down(office.desk.database, "colleague", FixedClock(on)).do(daily.each_day)


def test_a_template_is_drafted_on_its_day_once(office):
    made = template(office)
    day(office, date(2026, 11, 20))
    assert drafted(office) == 0
    day(office, date(2026, 11, 21))
    day(office, date(2026, 11, 21))
    assert drafted(office) == 1
    assert office.desk.ask(queries.detail, made.order_id).repeat_on == date(2026, 12, 21)
    assert office.desk.ask(queries.my_drafts) == 1


def test_of_days_gone_by_the_latest_is_drafted_and_the_last_day_counts(office):
    """Monthly from 21 November until 21 January: on 2 February that of January is drafted, and no more comes."""
    template(office, repeat_until_on=date(2027, 1, 21))
    day(office, date(2027, 2, 2))
    day(office, date(2027, 3, 2))
    assert drafted(office) == 1
    keys = office.desk.ask(lambda ctx: ctx.session.scalars(select(PurchaseOrder.entry_key)).all())
    assert [key for key in keys if key.startswith("repeat")] == ["repeat:1:2027-01-21"]


@pytest.mark.parametrize(
    ("every", "after"),
    [
        (Frequency.WEEKLY, date(2026, 2, 7)),
        (Frequency.FOUR_WEEKLY, date(2026, 2, 28)),
        (Frequency.MONTHLY, date(2026, 2, 28)),
        (Frequency.QUARTERLY, date(2026, 4, 30)),
    ],
)
def test_the_next_day(every, after):
    assert daily.next_on(date(2026, 1, 31), every, date(2026, 1, 31)) == after


def test_a_copy_of_last_year_takes_the_codes_of_this_one(office):
    order = office.made()
    new = office.desk.do(purchasing.budget, "HR100", "4120", 1_000_00, 2027)
    april = Desk.sit_down(office.desk.database, "officer", FixedClock(date(2027, 4, 1)))
    copy = april.do(commands.repeat, Repeat(order.id, "copy:1"))
    found = april.ask(queries.detail, copy.order_id)
    assert (found.row.year, found.row.state, found.lines[0].codes[0].budget_id) == (2027, OrderState.DRAFT, new)
    other = office.made(office.other)
    bare = april.do(commands.repeat, Repeat(other.id, "copy:2"))
    assert april.ask(queries.detail, bare.order_id).lines[0].codes == ()


def test_a_template_says_both_how_often_and_when(office):
    with pytest.raises(UserErrors, match="how often, and the next day"):
        template(office, repeat_on=None)


def test_orders_are_found_by_number_title_and_supplier(office):
    order = office.ordered(title="Hostel lamps")
    for text in ("PO00001", "hostel", "sample paints"):
        groups = office.desk.ask(finding.find, text)
        found = next(group for group in groups if group.title == "Orders")
        assert [each.title for each in found.found] == [f"Order {order.number}"]


def test_the_home_page_says_what_waits(office):
    office.draft()
    office.asked()
    office.made(wanted_on=date(2026, 11, 20))
    said = {line.title: line.words for line in office.desk.ask(home.lines)}
    assert said == {
        "My requisitions, not asked for": "1",
        "Awaiting approval": "1",
        "Approved, to send": "1",
        "Overdue": "1",
    }
