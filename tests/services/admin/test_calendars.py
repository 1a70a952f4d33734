"""Rent years and closures; dates worked by hand from the calendar of 2026 and 2027."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.charges import ChargeRun
from app.models.properties import RentGroup
from app.models.values import Fund
from app.services.admin.calendars import rules
from app.services.admin.calendars.commands import add_closure, remove_closure, set_free_week, state_year
from app.services.admin.calendars.queries import working_year, year_sheet
from app.services.core.calendars import RentYear, holiday_names
from app.services.core.closures import office_days
from app.services.core.errors import UserError
from tests.prepared import prepared

FREE = date(2027, 3, 22)
CHARGED = date(2026, 11, 16)
YEAR = RentYear(date(2026, 4, 6), 52)


@prepared
def groups(desk):
    """Two rent groups, HRA and garages, and the week of 16 November charged."""

    def work(ctx):
        made = [
            RentGroup(code=code, name=name, fund=Fund.HRA) for code, name in (("HRA", "Dwellings"), ("GAR", "Garages"))
        ]
        ctx.session.add_all([*made, ChargeRun(week_on=CHARGED, lines=1, total_pence=1, exceptions=0)])
        ctx.session.flush()
        return [group.id for group in made]

    return desk.do(work)


def test_the_year_is_a_sheet_of_its_weeks(desk, groups):
    sheet = desk.ask(year_sheet)
    assert (sheet.name, sheet.first_week_on, sheet.weeks, sheet.stated) == ("2026-27", date(2026, 4, 6), 52, False)
    assert sheet.charged_weeks == 1
    assert [(group.code, group.charge_weeks) for group in sheet.groups] == [("GAR", 52), ("HRA", 52)]
    first = sheet.rows[0]
    assert first.days[0] == date(2026, 4, 6)
    assert first.off[0][0] == date(2026, 4, 6)
    week = next(row for row in sheet.rows if row.monday == CHARGED)
    assert (week.number, week.charged) == (33, True)
    assert (date(2027, 4, 5), "2027-28") in sheet.others


def test_a_week_is_made_free_for_some_groups_and_charged_again(desk, groups):
    desk.do(set_free_week, groups, FREE, free=True)
    desk.do(set_free_week, groups[:1], FREE, free=False)
    sheet = desk.ask(year_sheet, FREE)
    assert [(group.code, group.charge_weeks) for group in sheet.groups] == [("GAR", 51), ("HRA", 52)]
    assert next(row for row in sheet.rows if row.monday == FREE).free_for == ("GAR",)


def test_a_week_that_was_charged_stays(desk, groups):
    with pytest.raises(UserError, match="Week 33, from 16 Nov 2026, has been charged"):
        desk.do(set_free_week, groups, CHARGED, free=True)
    with pytest.raises(UserError, match="is no Monday of the rent year"):
        desk.do(set_free_week, groups, date(2027, 3, 23), free=True)


def test_eight_weeks_may_be_free_and_no_more(desk, groups):
    for week in range(8):
        desk.do(set_free_week, groups, FREE - timedelta(weeks=week), free=True)
    with pytest.raises(UserError, match="9 rent-free weeks in 2026-27 leave 43"):
        desk.do(set_free_week, groups, FREE - timedelta(weeks=9), free=True)


def test_a_year_that_has_not_begun_begins_on_another_monday(desk, groups):
    desk.do(state_year, date(2027, 7, 1), date(2027, 3, 29), 53)
    sheet = desk.ask(year_sheet, date(2027, 7, 1))
    assert (sheet.first_week_on, sheet.weeks, sheet.stated) == (date(2027, 3, 29), 53, True)
    assert desk.ask(year_sheet).weeks == 51
    desk.do(state_year, date(2027, 7, 1), date(2027, 4, 5), 52)
    assert desk.ask(year_sheet).weeks == 52


@pytest.mark.parametrize(
    ("on", "first", "weeks", "field"),
    [
        (date(2027, 7, 1), date(2027, 4, 6), 52, "first_week_on"),
        (date(2027, 7, 1), date(2027, 5, 3), 52, "first_week_on"),
        (date(2027, 7, 1), date(2027, 4, 5), 54, "weeks"),
        (date(2026, 7, 1), date(2026, 3, 30), 53, "first_week_on"),
    ],
)
def test_a_year_that_can_not_be_is_refused(desk, groups, on, first, weeks, field):
    with pytest.raises(UserError) as refused:
        desk.do(state_year, on, first, weeks)
    assert refused.value.field == field


def test_a_closure_takes_the_working_days_out_of_the_office_calendar_only(desk):
    desk.do(add_closure, date(2026, 12, 24), date(2027, 1, 3), "Christmas shutdown")
    shut = {each.day: each for each in desk.ask(working_year, 2026).days if each.local}
    assert sorted(shut) == [date(2026, 12, day) for day in (24, 29, 30, 31)]
    assert (shut[date(2026, 12, 24)].office, shut[date(2026, 12, 24)].statutory) == (False, True)
    calendar = desk.ask(lambda ctx: office_days(ctx.session))
    assert calendar.add(date(2026, 12, 23), 1) == date(2027, 1, 4)
    desk.do(remove_closure, date(2026, 12, 31))
    assert desk.ask(lambda ctx: office_days(ctx.session)).is_working(date(2026, 12, 31))


def test_working_days_of_2026_by_calendar(desk):
    working = dict(desk.ask(working_year, 2026).working)
    assert working["statutory"] == 261 - 8
    assert working["office"] == working["bacs"] == working["statutory"]
    assert working["foi"] < working["statutory"]


@pytest.mark.parametrize(
    ("first", "last", "name", "field"),
    [
        (date(2026, 12, 24), date(2026, 12, 23), "Shut", "last_on"),
        (date(2026, 12, 24), date(2027, 1, 24), "Shut", "last_on"),
        (date(2026, 12, 24), date(2026, 12, 24), " ", "name"),
        (date(2026, 12, 25), date(2026, 12, 28), "Shut", "first_on"),
        (date(2026, 11, 20), date(2026, 11, 20), "Shut", "first_on"),
    ],
)
def test_a_closure_that_changes_nothing_or_the_past_is_refused(desk, first, last, name, field):
    with pytest.raises(UserError) as refused:
        desk.do(add_closure, first, last, name)
    assert refused.value.field == field


def test_a_bank_holiday_stays(desk):
    with pytest.raises(UserError, match="no closure of the office's own"):
        desk.do(remove_closure, date(2026, 12, 25))


@given(st.dates(date(2026, 11, 21), date(2030, 1, 1)), st.integers(0, 30))
def test_a_closure_adds_only_working_days(first, length):
    try:
        added = rules.closure_days(first, first + timedelta(days=length), "Shut", date(2026, 11, 21), ())
    except UserError:
        return
    assert all(day.weekday() < 5 and day not in holiday_names("ENG", day.year) for day in added)
    assert added == sorted(set(added))
