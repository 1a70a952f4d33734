from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.models.values import HoldKind, Stop
from app.services.core import database as databases
from app.services.core import schema
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Database, Desk
from app.services.diary import queries as diary
from app.services.diary.dto import Shown, TaskFilter, Whose
from app.services.holds import commands, jobs, keeping, previewing, queries
from app.services.holds.dto import ChangeHold, PlaceHold, ReleaseHold
from app.services.holds.rules import is_live
from tests.factories import lettings
from tests.prepared import prepared

TODAY = date(2026, 11, 21)


@prepared
def account(desk):
    return desk.do(lambda ctx: lettings.letting(ctx).account.id)


def stopped(desk, stop=Stop.STATEMENTS, day=None, account_ids=None):
    found = desk.ask(queries.stops, account_ids, stop, day)
    return {account_id: each.reason for account_id, each in found.items()}


def release(desk, hold_id, reason="It is over"):
    return desk.do(commands.release, ReleaseHold(hold_id, reason))


def on(desk, day):
    return Desk(desk.database, desk.officer, FixedClock(day))


def test_a_hold_holds_from_today_until_released(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENT_HOLD, "Letter came back"))
    assert stopped(desk) == {account: "Letter came back"}
    assert stopped(desk, Stop.REFUNDS) == {}
    assert stopped(desk, day=TODAY - timedelta(days=1)) == {}
    (row,) = desk.ask(queries.listed, account)
    assert (row.from_on, row.to_on, row.live, row.placed_by) == (TODAY, None, True, "Test Officer")


def test_released_later_it_held_until_the_day_before(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENT_HOLD, "Dispute"))
    (row,) = desk.ask(queries.listed, account)
    later = on(desk, date(2026, 12, 1))
    release(later, row.hold_id)
    assert stopped(later) == {}
    assert stopped(later, day=date(2026, 11, 30)) == {account: "Dispute"}
    (row,) = later.ask(queries.listed, account)
    assert (row.to_on, row.live) == (date(2026, 11, 30), False)
    with pytest.raises(UserError, match="already ended"):
        release(later, row.hold_id)


def test_released_on_the_day_it_never_stopped(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENT_HOLD, "Mistake"))
    (row,) = desk.ask(queries.listed, account)
    release(desk, row.hold_id)
    assert desk.ask(queries.listed, account) == ()


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ({"reason": "  "}, "needs its reason"),
        ({"from_on": TODAY, "to_on": date(2026, 11, 20)}, "ends before it starts"),
        ({"account_id": 999_999}, "no longer there"),
        ({"to_on": date(2037, 1, 1)}, "more than ten years off"),
        ({"stops": frozenset()}, "Nothing is stopped"),
        ({"kind": HoldKind.OTHER}, "Nothing is stopped"),
        ({"review_on": date(2026, 11, 20)}, "looked at before it starts"),
        ({"reason": "Paid by card 4111 1111 1111 1111"}, "looks like a card number, ending 1111"),
    ],
)
def test_a_hold_that_makes_no_sense_is_refused(desk, account, new, message):
    values = {"account_id": account, "kind": HoldKind.STATEMENT_HOLD, "reason": "Why", "from_on": TODAY} | new
    with pytest.raises(UserError, match=message):
        desk.do(commands.place, PlaceHold(**values))


def test_a_hold_begins_with_the_tenancy_at_the_earliest(desk):
    first = date(2026, 8, 3)
    account = desk.do(lambda ctx: lettings.letting(ctx, start_on=first).account.id)
    early = PlaceHold(account, HoldKind.DISPUTE, "Heating", date(2026, 8, 2))
    with pytest.raises(UserError, match="begins before the tenancy did, on 3 Aug 2026") as refused:
        desk.do(commands.place, early)
    assert refused.value.field == "from_on"
    with pytest.raises(UserError, match="begins before the tenancy did"):
        desk.ask(previewing.preview_place, early)
    desk.do(commands.place, replace(early, from_on=first))
    coming = desk.do(lambda ctx: lettings.letting(ctx, start_on=date(2026, 12, 7)).account.id)
    desk.do(commands.place, PlaceHold(coming, HoldKind.DISPUTE, "Heating", TODAY))  # let, not begun: stopped from today
    assert [row.from_on for each in (account, coming) for row in desk.ask(queries.listed, each)] == [first, TODAY]


def test_two_holds_of_a_kind_do_not_overlap(desk, account):
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENT_HOLD, "One", TODAY, date(2026, 11, 30)))
    with pytest.raises(UserError, match="already on hold then: statements only, from 21 Nov 2026 to 30 Nov 2026"):
        desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENT_HOLD, "Two", date(2026, 11, 30)))
    desk.do(commands.place, PlaceHold(account, HoldKind.STATEMENT_HOLD, "Two", date(2026, 12, 1)))
    desk.do(commands.place, PlaceHold(account, HoldKind.DO_NOT_CONTACT, "Other kind", TODAY))


def titles(desk):
    return [row.title for row in desk.ask(diary.tasks, TaskFilter(Whose.ALL, Shown.OPEN))]


def test_a_day_to_look_at_it_is_a_task_until_it_is_released(desk, account):
    looked = date(2026, 12, 14)
    desk.do(commands.place, PlaceHold(account, HoldKind.DISPUTE, "Heating", date(2026, 11, 1), review_on=looked))
    (title,) = titles(desk)
    assert title.startswith("Is the hold still needed? Dispute, account")
    (row,) = desk.ask(queries.listed, account)
    stops = frozenset({Stop.REFUNDS})
    desk.do(commands.change, ChangeHold(row.hold_id, row.version, "Heating", None, stops, date(2026, 12, 21)))
    assert len(titles(desk)) == 1
    assert stopped(desk, Stop.RECOVERY) == {}
    assert stopped(desk, Stop.REFUNDS) == {account: "Heating"}
    release(desk, row.hold_id)
    assert titles(desk) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"version": 99}, "colleague changed"),
        ({"to_on": date(2026, 11, 20)}, "passed already"),
        ({"to_on": date(2026, 10, 1)}, "ends before it starts"),
        ({"stops": frozenset()}, "Nothing is stopped"),
        ({"review_on": date(2026, 10, 1)}, "looked at before it starts"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(desk, account, changed, message):
    desk.do(commands.place, PlaceHold(account, HoldKind.DISPUTE, "Heating", date(2026, 11, 1)))
    (row,) = desk.ask(queries.listed, account)
    values = {"reason": "Heating", "to_on": None, "stops": frozenset(row.stops)} | changed
    with pytest.raises(UserError, match=message):
        desk.do(commands.change, ChangeHold(**{"hold_id": row.hold_id, "version": row.version} | values))


@given(st.integers(-5, 5), st.none() | st.integers(0, 5))
def test_both_ends_are_stopped(start, length):
    from_on = TODAY + timedelta(days=start)
    to_on = None if length is None else from_on + timedelta(days=length)
    assert is_live(from_on, to_on, from_on)
    assert not is_live(from_on, to_on, from_on - timedelta(days=1))
    if to_on is not None:
        assert is_live(from_on, to_on, to_on)
        assert not is_live(from_on, to_on, to_on + timedelta(days=1))


def test_a_copy_stops_the_same_until_the_same_day(desk, account):
    other = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    desk.do(commands.place, PlaceHold(account, HoldKind.DISPUTE, "Heating", TODAY, date(2026, 12, 31)))
    desk.do(commands.place, PlaceHold(account, HoldKind.COMPLAINT, "To come", date(2026, 12, 1)))
    assert len(desk.do(keeping.copy, account, other, TODAY)) == 1
    until = {account: date(2026, 12, 31), other: date(2026, 12, 31)}
    assert {key: each.until for key, each in desk.ask(queries.stops, None, Stop.WRITE_OFF).items()} == until


def test_holds_of_the_older_way_are_brought_over(tmp_path, clock):
    """A file of revision 0014, whose holds had what they stop for a kind: two that stand and one that has ended."""
    database = Database(databases.database_url(tmp_path / "older.db"))
    account = (
        "INSERT INTO account (id, kind, name, fund, payment_reference, reference_key, balance_pence, opened_on, version)"
        " VALUES (900, 'rent', 'Mx Sample', 'hra', '1', '1', 0, '2020-04-06', 1)"
    )
    hold = (
        "INSERT INTO hold (id, account_id, kind, reason, from_on, to_on, placed_by, version)"
        " VALUES (:id, 900, :kind, :reason, '2026-01-05', :to_on, 1, 1)"
    )

    def build(session):
        schema.migrate(session, "0014")
        session.execute(text("INSERT INTO officer (id, username, name, active) VALUES (1, 'one', 'One', 1)"))
        session.execute(text("INSERT INTO officer_role (officer_id, role) VALUES (1, 'senior_officer')"))
        session.execute(text(account))
        for number, kind, reason, to_on in (
            (1, "statements", "Letter came back", None),
            (2, "recovery", "In court", "2099-12-31"),
            (3, "letters", "Bereaved", "2026-02-01"),
        ):
            session.execute(text(hold), {"id": number, "kind": kind, "reason": reason, "to_on": to_on})
        schema.migrate(session)

    database.transact(build)
    desk = Desk.sit_down(database, "one", clock)
    rows = {row.hold_id: (row.kind, row.stops) for row in desk.ask(queries.listed, 900)}
    assert rows == {
        1: (HoldKind.STATEMENT_HOLD, (Stop.STATEMENTS,)),
        2: (HoldKind.OTHER, (Stop.RECOVERY,)),
        3: (HoldKind.OTHER, (Stop.LETTERS,)),
    }
    assert stopped(desk, Stop.RECOVERY) == {900: "In court"}
    assert stopped(desk, Stop.LETTERS) == {}
    assert jobs.note_ended(desk).ended == ()
    database.close()
