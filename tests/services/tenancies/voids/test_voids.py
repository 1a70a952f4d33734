from datetime import date

import pytest
from sqlalchemy import select

from app.models.endings import VoidPeriod
from app.models.values import EndReason, Money, Tenure, VoidReason
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.tenancies.endings import keeping as endings
from app.services.tenancies.endings.keeping import EndHere
from app.services.tenancies.voids import commands, keeping, queries
from app.services.tenancies.voids.dto import ChangeVoid
from tests.factories import lettings
from tests.prepared import prepared

SUNDAY = date(2026, 11, 1)
EMPTY = date(2026, 11, 2)


@prepared
def home(desk):
    """Empty since Monday 2 November, let at 70.00, and heating at 3.50 that no void is charged."""
    return desk.do(lettings.letting, "70.00", DHE="3.50", end_on=SUNDAY)


def listed(desk, *asked):
    return desk.ask(queries.listed, *asked)


def periods(desk):
    found = desk.database.read(lambda session: session.scalars(select(VoidPeriod).order_by(VoidPeriod.from_on)).all())
    return [(each.reason, each.from_on, each.to_on) for each in found]


def test_what_stands_empty_is_listed_with_what_it_costs(desk, home):
    desk.do(lettings.letting, "80.00")  # lived in
    desk.do(lettings.letting, None, tenure=Tenure.LEASEHOLD, end_on=SUNDAY)  # sold
    never = desk.do(lettings.dwelling)
    empty, unlet = listed(desk)
    assert (empty.reference, empty.since, empty.days) == (home.property.ref, EMPTY, 20)
    assert (empty.weekly, empty.lost) == (Money(70_00), Money(200_00))  # 20 of 7 days
    assert (empty.reason, empty.account_id, empty.let_on) == (None, home.account.id, None)
    assert (unlet.reference, unlet.since, unlet.days) == (never.ref, None, 0)


def test_it_is_found_by_its_address_and_its_reason(desk, home):
    desk.do(commands.change, ChangeVoid(home.property.id, VoidReason.REPAIRS))
    assert len(listed(desk, "sample close", VoidReason.REPAIRS)) == 1
    assert listed(desk, "sample close", VoidReason.FOR_SALE) == ()
    assert listed(desk, "elsewhere") == ()


def test_a_reason_is_given_from_the_first_empty_day_and_another_from_a_later_one(desk, home):
    desk.do(commands.change, ChangeVoid(home.property.id, VoidReason.TO_LET))
    (row,) = listed(desk)
    later = ChangeVoid(home.property.id, VoidReason.MAJOR_WORKS, date(2026, 11, 16), "New roof", row.version)
    said = [(each.text, each.before, each.after) for each in desk.ask(queries.preview, later)]
    assert said[:2] == [
        ("Reason from 16 Nov 2026", "To be let", "Major works"),
        ("To be let stays on record from 2 Nov 2026", "", "to 15 Nov 2026"),
    ]
    desk.do(commands.change, later)
    assert periods(desk) == [
        (VoidReason.TO_LET, EMPTY, date(2026, 11, 15)),
        (VoidReason.MAJOR_WORKS, date(2026, 11, 16), None),
    ]
    (row,) = listed(desk)
    assert (row.reason, row.reason_since, row.note) == (VoidReason.MAJOR_WORKS, date(2026, 11, 16), "New roof")
    # the same day again puts it right
    desk.do(commands.change, ChangeVoid(home.property.id, VoidReason.REPAIRS, date(2026, 11, 16), "", row.version))
    assert periods(desk)[-1] == (VoidReason.REPAIRS, date(2026, 11, 16), None)


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 10, 30), "empty only from 2 Nov 2026"), (date(2026, 12, 1), "still to come")]
)
def test_a_reason_lies_in_the_void(desk, home, day, words):
    with pytest.raises(UserError, match=words) as refused:
        desk.do(commands.change, ChangeVoid(home.property.id, VoidReason.REPAIRS, day))
    assert refused.value.field == "from_on"


def test_a_home_that_is_lived_in_has_no_void(desk):
    lived_in = desk.do(lettings.letting)
    with pytest.raises(UserError, match="isn't empty"):
        desk.do(commands.change, ChangeVoid(lived_in.property.id, VoidReason.REPAIRS))


def test_two_officers_at_one_void(desk, home):
    desk.do(commands.change, ChangeVoid(home.property.id, VoidReason.TO_LET))
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.change, ChangeVoid(home.property.id, VoidReason.REPAIRS))


def test_a_void_opens_with_an_ending_and_ends_with_the_next_letting(desk):
    lived_in = desk.do(lettings.letting, "70.00")
    desk.do(endings.end_here, EndHere(lived_in.tenancy.id, EndReason.SURRENDER, SUNDAY))
    assert periods(desk) == [(VoidReason.TO_LET, EMPTY, None)]
    desk.do(keeping.let_again, lived_in.property.id, date(2026, 11, 23))
    assert periods(desk) == [(VoidReason.TO_LET, EMPTY, date(2026, 11, 22))]
    desk.do(keeping.let_again, lived_in.property.id, EMPTY)
    assert periods(desk) == []
