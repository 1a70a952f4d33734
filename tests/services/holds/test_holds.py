from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import HoldKind
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.holds import commands, queries
from app.services.holds.dto import PlaceHold
from app.services.holds.rules import is_live
from tests.factories import lettings

TODAY = date(2026, 11, 21)


@pytest.fixture
def account(desk):
    return desk.do(lambda ctx: lettings.letting(ctx).account.id)


def held(desk, kind=HoldKind.STATEMENTS, day=None):
    return desk.ask(queries.held, kind, day)


def on(desk, day):
    return Desk(desk.database, desk.officer, FixedClock(day))


def test_a_hold_holds_from_today_until_released(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENTS, "Letter came back"))
    assert held(desk) == {account: "Letter came back"}
    assert held(desk, HoldKind.REFUNDS) == {}
    assert held(desk, day=TODAY - timedelta(days=1)) == {}
    (row,) = desk.ask(queries.listed, account)
    assert (row.from_on, row.to_on, row.live, row.placed_by) == (TODAY, None, True, "Test Officer")


def test_released_later_it_held_until_the_day_before(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENTS, "Dispute"))
    (row,) = desk.ask(queries.listed, account)
    later = on(desk, date(2026, 12, 1))
    later.do(commands.release, row.hold_id)
    assert held(later) == {}
    assert held(later, day=date(2026, 11, 30)) == {account: "Dispute"}
    (row,) = later.ask(queries.listed, account)
    assert (row.to_on, row.live) == (date(2026, 11, 30), False)
    with pytest.raises(UserError, match="already ended"):
        later.do(commands.release, row.hold_id)


def test_released_on_the_day_it_never_held(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENTS, "Mistake"))
    (row,) = desk.ask(queries.listed, account)
    desk.do(commands.release, row.hold_id)
    assert desk.ask(queries.listed, account) == ()


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ({"reason": "  "}, "needs its reason"),
        ({"from_on": TODAY, "to_on": date(2026, 11, 20)}, "ends before it starts"),
        ({"account_id": 999_999}, "no longer there"),
        ({"reason": "Paid by card 4111 1111 1111 1111"}, "looks like a card number, ending 1111"),
    ],
)
def test_a_hold_that_makes_no_sense_is_refused(desk, account, new, message):
    values = {"account_id": account, "kind": HoldKind.STATEMENTS, "reason": "Why", "from_on": TODAY} | new
    with pytest.raises(UserError, match=message):
        desk.do(commands.place, PlaceHold(**values))


def test_two_holds_of_a_kind_do_not_overlap(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENTS, "One", TODAY, date(2026, 11, 30)))
    with pytest.raises(UserError, match="already on hold for statements then"):
        desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENTS, "Two", date(2026, 11, 30)))
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENTS, "Two", date(2026, 12, 1)))
    desk.do(commands.place, PlaceHold(account, HoldKind.LETTERS, "Other kind", TODAY))


@given(st.integers(-5, 5), st.none() | st.integers(0, 5))
def test_both_ends_are_held(start, length):
    from_on = TODAY + timedelta(days=start)
    to_on = None if length is None else from_on + timedelta(days=length)
    assert is_live(from_on, to_on, from_on)
    assert not is_live(from_on, to_on, from_on - timedelta(days=1))
    if to_on is not None:
        assert is_live(from_on, to_on, to_on)
        assert not is_live(from_on, to_on, to_on + timedelta(days=1))
