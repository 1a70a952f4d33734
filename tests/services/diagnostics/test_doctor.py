"""The doctor says how things are in words, and what to do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from app.models.properties import RentFreeWeek, RentGroup
from app.models.values import Fund
from app.services.core import keys, logs
from app.services.core.clock import FixedClock
from app.services.core.database import open_database
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.diagnostics import jobs, machine
from app.services.diagnostics.dto import Finding, Health, Report
from app.services.home import keeping
from app.services.ledger.chain_end import broken_links
from tests.prepared import copy_of


def found(desk, about, **how):
    return next(each for each in jobs.examine(desk, **how).findings if each.about == about)


def at(desk, day):
    return Desk.sit_down(desk.database, desk.officer.username, FixedClock(day))


def test_a_fresh_database_has_no_fault_but_what_nobody_has_done_yet(desk):
    report = jobs.examine(desk)
    assert [each.about for each in report.findings if each.health is Health.FAULT] == []
    assert {"Backup", "Ledger", "Policy"} <= {each.about for each in report.findings if each.health is Health.WARNING}
    assert all(each.next for each in report.findings if each.health is Health.WARNING and each.about != "Jobs")


def test_the_worst_is_told_of_the_whole():
    fine, bad = Finding("One", Health.OK, "Fine."), Finding("Two", Health.FAULT, "Not fine.")
    assert Report(datetime.now(UTC), (fine, bad)).health is Health.FAULT
    assert Report(datetime.now(UTC), ()).health is Health.OK


def test_a_desk_without_the_key_is_told_what_to_do(desk, tmp_path):
    for path in (tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys").iterdir():
        path.unlink()
    keys.forget()
    told = found(desk, "Key")
    keys.forget()
    assert told.health is Health.FAULT
    assert "rentbook key import" in told.next


def test_the_last_check_is_told_with_its_age(desk):
    desk.do(keeping.record_run, keeping.Run.CHECK, good=True, words="Whole")
    assert found(desk, "Ledger").words == "The whole ledger was checked 0 days ago, and was whole."
    later = found(at(desk, desk.clock.today() + timedelta(days=7)), "Ledger")
    assert (later.health, later.words) == (Health.WARNING, "The whole ledger was checked 7 days ago, and was whole.")
    earlier = found(at(desk, desk.clock.today() - timedelta(days=30)), "Ledger")
    assert (earlier.health, "bears a day to come" in earlier.words) == (Health.WARNING, True)
    desk.do(keeping.record_run, keeping.Run.CHECK, good=False, words="2 faults")
    assert found(desk, "Ledger").health is Health.FAULT


def test_the_whole_ledger_is_proved_where_that_is_wanted(desk):
    assert found(desk, "Ledger", full=True).words == "The whole ledger was checked just now, and is whole."


@pytest.mark.parametrize(
    ("weeks", "day", "health"),
    [
        ((date(2026, 12, 21),), date(2027, 2, 3), Health.OK),
        ((date(2026, 12, 21),), date(2027, 2, 4), Health.WARNING),
        ((date(2026, 12, 21), date(2027, 12, 20)), date(2027, 2, 4), Health.OK),
        ((), date(2027, 2, 4), Health.OK),
    ],
)
def test_rent_free_weeks_of_the_next_year_are_asked_for_sixty_days_before_it_begins(desk, weeks, day, health):
    """The rent year 2027/28 begins on Monday 5 April 2027; sixty days before that is 4 February."""

    def state(ctx):
        group = RentGroup(code="TEST", name="Test", fund=Fund.HRA)
        ctx.session.add(group)
        ctx.session.flush()
        ctx.session.add_all([RentFreeWeek(rent_group_id=group.id, week_on=week) for week in weeks])

    desk.do(state)
    assert found(at(desk, day), "Calendar").health is health


def test_december_asks_for_the_offices_closures(desk):
    told = found(at(desk, date(2026, 12, 1)), "Calendar")
    assert told.words == "The calendar is not complete: no closure of the office is entered for this December."


def test_a_broken_link_at_the_end_of_the_chain_is_found(demonstration_desk):
    desk = demonstration_desk
    assert desk.ask(broken_links, 50) == ()

    def tamper(session):
        number = session.scalar(text("SELECT MAX(number) - 3 FROM journal"))
        session.execute(text("DROP TRIGGER journal_no_update"))
        session.execute(text("UPDATE journal SET source = 'other' WHERE number = :number"), {"number": number})
        return number

    number = desk.database.transact(tamper)
    assert desk.ask(broken_links, 50) == (number,)
    assert desk.ask(broken_links, 3) == ()
    assert found(desk, "Chain").words == f"Journal {number} is not as it was posted: its digest doesn't match."


@pytest.fixture
def demonstration_desk(demonstration, tmp_path, clock):
    database = open_database(copy_of(demonstration, tmp_path / "copy.db"))
    yield Desk.sit_down(database, system_user()[0], clock)
    database.close()


def test_a_database_that_cannot_be_opened_is_the_first_thing_told():
    report = jobs.examine_without(UserError("The file is damaged.", "Restore the last backup."))
    assert report.findings[0] == Finding("Database", Health.FAULT, "The file is damaged.", "Restore the last backup.")
    assert {"Program", "Fonts", "Log"} <= {each.about for each in report.findings}


def test_where_there_is_no_database_yet_that_is_told_and_none_is_made(tmp_path):
    report = jobs.examine_nothing(tmp_path / "none.db")
    assert report.findings[0].words == "There is no database here yet."
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("free", "health"),
    [(1 << 30, Health.OK), ((1 << 30) - 1, Health.WARNING), ((200 << 20) - 1, Health.FAULT)],
)
def test_little_room_is_told(monkeypatch, tmp_path, free, health):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: type("Room", (), {"free": free}))
    assert machine.room("Room", tmp_path / "not" / "there").health is health


def test_unexpected_errors_of_the_last_week_are_counted():
    logs.log_file().parent.mkdir(parents=True)
    lines = ["2026-11-13 09:00:00,000 ERROR rentbook RB-1", "2026-11-14 09:00:00,000 ERROR rentbook RB-2"]
    logs.log_file().write_text("\n".join([*lines, "2026-11-20 09:00:00,000 WARNING rentbook no error"]), "utf-8")
    assert machine.errors(date(2026, 11, 21)).words == "1 unexpected error in the last seven days."
