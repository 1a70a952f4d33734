"""A rent year as a sheet of weeks, and the days off of a calendar year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from app.models.calendars import OfficeClosure
from app.models.charges import ChargeRun
from app.models.properties import RentFreeWeek, RentGroup
from app.services.admin.calendars import rules
from app.services.admin.calendars.dto import DayOff, GroupYear, WeekRow, WorkingYear, YearSheet
from app.services.core import calendars
from app.services.core.calendars import RentYear, rent_year
from app.services.core.closures import bacs_days, office_days
from app.services.core.context import Context
from app.services.core.rent_years import stated_years

_YEARS_BACK, _YEARS_AHEAD = 6, 2
_NATIONS = ("ENG", "WLS", "SCT", "NIR")


def year_sheet(ctx: Context, on: date | None = None) -> YearSheet:
    """The rent year of a day (of today, if none is given): its weeks, rent groups and days off."""
    stated = stated_years(ctx.session)
    today = ctx.clock.today()
    year = rent_year(on or today, stated)
    charged = charged_weeks(ctx, year)
    free = free_weeks(ctx, year)
    groups = tuple(
        GroupYear(group.id, group.code, group.name, mine, year.charge_weeks(mine))
        for group in ctx.session.scalars(select(RentGroup).order_by(RentGroup.code))
        for mine in (frozenset(free.get(group.id, ())),)
    )
    names = _days_off(ctx, year.first_week_on, year.ends_on)
    rows = tuple(_week(number, monday, names, groups, charged) for number, monday in enumerate(year.mondays(), 1))
    first = year.first_week_on
    others = [rent_year(date(each, 7, 1), stated) for each in _years(ctx, today, first)]
    return YearSheet(
        year.name,
        first,
        year.weeks,
        first != calendars.monday_on_or_after(date(first.year, 4, 1)),
        len(charged),
        groups,
        rows,
        tuple((each.first_week_on, each.name) for each in others),
    )


def working_year(ctx: Context, year: int | None = None) -> WorkingYear:
    """The weekdays of a calendar year that aren't working days in some calendar."""
    shown = year or ctx.clock.today().year
    mine = office_days(ctx.session)
    local = {row.closed_on: row.name for row in ctx.session.scalars(_closures(date(shown, 1, 1), date(shown, 12, 31)))}
    names: dict[date, str] = {}
    for nation in _NATIONS:
        for day, name in calendars.holiday_names(nation, shown).items():
            names.setdefault(day, name)
    bacs = bacs_days(ctx.policy, ctx.clock.today())
    names |= {day: names.get(day, "Bacs is closed") for day in bacs.closures if day.year == shown}
    listed = (mine, calendars.STATUTORY, bacs, calendars.FOI)
    days = tuple(
        DayOff(day, local.get(day) or names[day], day in local, *(each.is_working(day) for each in listed))
        for day in sorted({*names, *local})
        if day.weekday() < 5 and not all(each.is_working(day) for each in listed)
    )
    return WorkingYear(shown, days, tuple((each.name, rules.working_days(each, shown)) for each in listed))


def charged_weeks(ctx: Context, year: RentYear) -> frozenset[date]:
    """The weeks of a year that have been charged."""
    weeks = select(ChargeRun.week_on).where(ChargeRun.week_on.between(year.first_week_on, year.ends_on))
    return frozenset(ctx.session.scalars(weeks))


def free_weeks(ctx: Context, year: RentYear) -> dict[int, set[date]]:
    """The rent-free Mondays of a year by rent group."""
    found: dict[int, set[date]] = {}
    rows = select(RentFreeWeek).where(RentFreeWeek.week_on.between(year.first_week_on, year.ends_on))
    for row in ctx.session.scalars(rows):
        found.setdefault(row.rent_group_id, set()).add(row.week_on)
    return found


def _years(ctx: Context, today: date, shown: date) -> range:
    begun = ctx.session.scalar(select(func.min(ChargeRun.week_on))) or today
    first = max(min(begun.year, shown.year), today.year - _YEARS_BACK)
    return range(min(first, shown.year), max(today.year + _YEARS_AHEAD, shown.year) + 1)


def _week(
    number: int, monday: date, names: dict[date, str], groups: tuple[GroupYear, ...], charged: frozenset[date]
) -> WeekRow:
    days = tuple(monday + timedelta(days=ahead) for ahead in range(7))
    off = tuple((day, names[day]) for day in days if day in names)
    free = tuple(group.code for group in groups if monday in group.free_weeks)
    return WeekRow(number, monday, days, off, free, monday in charged)


def _days_off(ctx: Context, first: date, last: date) -> dict[date, str]:
    names: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        names |= calendars.holiday_names("ENG", year)
    return names | {row.closed_on: row.name for row in ctx.session.scalars(_closures(first, last))}


def _closures(first: date, last: date) -> Select[Any]:
    return select(OfficeClosure).where(OfficeClosure.closed_on.between(first, last)).order_by(OfficeClosure.closed_on)
