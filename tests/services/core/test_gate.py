"""Whether a desk may save: the version of the database, the computer's clock, and a connection that was lost."""

import os
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.desks import Maintenance
from app.services.core import gate, schema
from app.services.core.clock import SystemClock
from app.services.core.clock_check import difference
from app.services.core.driver_words import raise_for_officer
from app.services.core.errors import UserError
from app.services.core.moments import database_moment
from app.services.core.reach import OutOfReach
from app.services.core.session import Desk
from app.services.workbench.presence import beat

NOON = datetime(2026, 7, 1, 11, tzinfo=UTC)
"""Noon in England, where it is summer."""
ENGLAND = timezone(timedelta(hours=1))


class WrongClock(SystemClock):
    """The computer's clock, put wrong."""

    def __init__(self, by):
        self._by = by

    def now(self):
        """The moment, in UTC."""
        return super().now() + self._by


def save(ctx):
    """A command that records nothing."""


def set_version(database, revision):
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


@pytest.mark.parametrize(("revision", "says"), [("9999", "upgraded by a newer"), ("0001", "put back to an older")])
def test_a_desk_that_is_open_stops_when_the_database_has_another_version(desk, revision, says):
    desk.do(save)
    set_version(desk.database, revision)
    with pytest.raises(gate.WrongVersion, match=says) as refused:
        desk.do(save)
    assert refused.value.replaced
    assert "What you typed is kept" in refused.value.hint
    set_version(desk.database, schema.newest())
    desk.do(save)


def test_what_keeps_drafts_and_tells_who_is_here_goes_through(desk):
    set_version(desk.database, "9999")
    assert desk.do(beat, "w1", []) == {}


def test_what_another_version_can_not_answer_is_told_as_that(desk):
    def ask(ctx):
        return ctx.session.execute(text("SELECT later FROM officer")).all()

    set_version(desk.database, "9999")
    with pytest.raises(gate.WrongVersion):
        desk.ask(ask)


def test_what_can_not_be_read_while_rentbook_is_closed_is_told_as_that(desk):
    """An administrator upgrades the server's database, and somebody reads before their desk has heard of it."""

    def ask(ctx):
        return ctx.session.execute(text("SELECT later FROM officer")).all()

    def close(ctx):
        begun = ctx.clock.now() - timedelta(days=365 * 20)
        ctx.session.add(Maintenance(words="", announced_at=begun, announced_by=ctx.officer.id, begins_at=begun))

    desk.do(close)
    with pytest.raises(gate.Closed, match="closed for maintenance"):
        desk.ask(ask)
    assert desk.ask(lambda ctx: ctx.session.scalar(text("SELECT 1"))) == 1


def test_what_changes_while_it_is_read_can_be_asked_again():
    words = "Snapshot isolation transaction failed because the object has been modified by a DDL statement (3961)"
    with pytest.raises(OutOfReach, match="busy"):
        raise_for_officer(DBAPIError("SELECT", {}, Exception(words)))


def test_a_database_without_the_tables_of_the_gate_is_an_older_one(desk):
    with desk.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE maintenance"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0041'"))
    with pytest.raises(gate.WrongVersion, match="older"):
        desk.do(save)


@pytest.mark.parametrize("minutes", [-14, -6, 0, 6, 14])
def test_a_clock_that_is_a_few_minutes_out_still_saves(desk, minutes):
    Desk(desk.database, desk.officer, WrongClock(timedelta(minutes=minutes))).do(save)


@pytest.mark.parametrize("by", [timedelta(minutes=16), -timedelta(minutes=16), timedelta(days=1)])
def test_one_that_is_further_out_does_not(desk, by):
    wrong = Desk(desk.database, desk.officer, WrongClock(by))
    with pytest.raises(gate.WrongClock, match="clock is") as refused:
        wrong.do(save)
    assert "takes its date from it" in refused.value.hint
    wrong.do(beat, "w1", [])


def test_a_computer_in_another_time_zone_may_not_save_while_its_day_is_another(desk, monkeypatch):
    """Samoa is thirteen hours ahead: for most of the day its date isn't England's, and Honolulu's is when Samoa's is."""
    here = Desk(desk.database, desk.officer, SystemClock())
    found = {}
    for zone in ("Pacific/Apia", "Pacific/Honolulu"):
        monkeypatch.setitem(os.environ, "TZ", zone)
        time.tzset()
        found[gate.clock_difference(here.clock, desk.ask(lambda ctx: database_moment(ctx.session))).wrong_day] = zone
    monkeypatch.setitem(os.environ, "TZ", found[True])
    time.tzset()
    with pytest.raises(gate.WrongClock, match="time zone isn't the office's"):
        here.do(save)
    monkeypatch.delitem(os.environ, "TZ")
    time.tzset()
    here.do(save)


@pytest.mark.parametrize(
    ("desk_says", "words"),
    [
        (NOON.astimezone(ENGLAND), ""),
        (NOON.astimezone(ENGLAND) + timedelta(minutes=5), ""),
        (NOON.astimezone(ENGLAND) + timedelta(minutes=7), "7 minutes ahead of the database's."),
        (NOON.astimezone(ENGLAND) - timedelta(hours=1, minutes=1), "1 hour and 1 minute behind the database's."),
        (NOON.astimezone(ENGLAND) - timedelta(days=1), "1 day behind the database's."),
        (NOON, "it has 11:00 on 1 Jul, and in England it is 12:00 on 1 Jul."),
    ],
)
def test_how_a_clock_differs_is_said_in_words(desk_says, words):
    found = difference(desk_says, NOON)
    assert found.words.endswith(words)
    assert bool(found.words) == bool(words)
    assert not found.wrong_day


def test_just_after_midnight_in_england_the_day_of_another_zone_is_another():
    moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert difference(moment, moment).wrong_day


def test_a_connection_that_was_lost_is_made_again_and_the_question_asked_again(desk):
    asked = []

    def ask(ctx):
        if not asked.append(1) and len(asked) == 1:
            ctx.session.connection().connection.dbapi_connection.close()
        return ctx.session.execute(text("SELECT 7")).scalar()

    assert desk.ask(ask) == 7
    asked.clear()
    assert desk.do(ask) == 7
    assert len(asked) == 2


def test_one_that_is_lost_again_is_told(desk):
    def ask(ctx):
        ctx.session.connection().connection.dbapi_connection.close()
        return ctx.session.execute(text("SELECT 7")).scalar()

    for way in (desk.ask, desk.do):
        with pytest.raises(OutOfReach, match="can't be reached"):
            way(ask)


def test_one_that_is_lost_while_it_saves_is_not_tried_again(desk):
    def save_last(ctx):
        ctx.session.connection().connection.dbapi_connection.close()

    with pytest.raises(UserError, match="it isn't known whether"):
        desk.do(save_last)
