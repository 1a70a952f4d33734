"""Changing calendars: rent-free weeks, a rent year's first Monday, office closures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from app.models import properties
from app.models.calendars import OfficeClosure
from app.models.charges import ChargeRun
from app.models.properties import RentFreeWeek, RentGroup
from app.services.admin.calendars import queries, rules
from app.services.core.calendars import RentYear, rent_year
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.rent_years import stated_years

_CHANGED = Changes(frozenset({"admin", "charges", "diary"}))


@requires(Permission.EDIT_CALENDARS)
def set_free_week(ctx: Context, rent_group_ids: Collection[int], monday: date, *, free: bool) -> Changes:
    """Make a week rent-free for some rent groups, or charge it after all.

    Raises:
        UserError: the week has been charged, is no Monday of a rent year, or too many weeks would be free.
    """
    year = rent_year(monday, stated_years(ctx.session))
    rules.check_free_week(year, monday, queries.charged_weeks(ctx, year))
    held = queries.free_weeks(ctx, year)
    for group_id in rent_group_ids:
        if ctx.session.get(RentGroup, group_id) is None:
            raise UserError("This rent group is no longer there.", "Look at the calendar again.")
        mine = held.get(group_id, set())
        if free and monday not in mine:
            rules.check_free_count(year, {*mine, monday})
            ctx.session.add(RentFreeWeek(rent_group_id=group_id, week_on=monday))
        elif not free and monday in mine:
            ctx.session.delete(ctx.session.get_one(RentFreeWeek, (group_id, monday)))
    ctx.session.flush()
    return _CHANGED


@requires(Permission.EDIT_CALENDARS)
def state_year(ctx: Context, on: date, first_week_on: date, weeks: int) -> Changes:
    """Begin the rent year of a day on another Monday, with 52 or 53 weeks; the years beside it meet it.

    Raises:
        UserError: it begins oddly, weeks of it have been charged, or a rent-free week would fall outside it.
    """
    stated = stated_years(ctx.session)
    now = rent_year(on, stated)
    charged = ctx.session.scalars(select(ChargeRun.week_on).where(ChargeRun.week_on >= now.first_week_on)).all()
    rules.check_year(first_week_on, weeks, now, charged)
    made = RentYear(first_week_on, weeks)
    lost = {week for mine in queries.free_weeks(ctx, now).values() for week in mine if week not in made}
    if lost:
        raise UserError(
            f"The rent-free week from {rules.day_in_words(min(lost))} would fall outside the year.",
            "Take that week's freedom away first.",
        )
    row = ctx.session.get(properties.RentYear, now.first_week_on)
    if row is not None and now.first_week_on != first_week_on:
        ctx.session.delete(row)
        ctx.session.flush()
        row = None
    if row is None:
        row = properties.RentYear(first_week_on=first_week_on)
        ctx.session.add(row)
    row.weeks, row.name = weeks, made.name
    ctx.session.flush()
    return _CHANGED


@requires(Permission.EDIT_CALENDARS)
def add_closure(ctx: Context, first_on: date, last_on: date, name: str) -> Changes:
    """Shut the office from a day to a day (both included): its weekdays that are no bank holiday stop counting.

    Raises:
        UserError: see `rules.closure_days`.
    """
    refuse_card_number(ctx, name, "name", "name")
    closed = set(ctx.session.scalars(select(OfficeClosure.closed_on)))
    days = rules.closure_days(first_on, last_on, name, ctx.clock.today(), closed)
    ctx.session.add_all([OfficeClosure(closed_on=day, name=name.strip()) for day in days])
    ctx.session.flush()
    return _CHANGED


@requires(Permission.EDIT_CALENDARS)
def remove_closure(ctx: Context, day: date) -> Changes:
    """Open the office on a day after all.

    Raises:
        UserError: it isn't a closure of the office's own, or has gone by.
    """
    row = ctx.session.get(OfficeClosure, day)
    if row is None:
        raise UserError(f"{rules.day_in_words(day)} is no closure of the office's own.", "Bank holidays stay.")
    if day < ctx.clock.today():
        raise UserError(f"{rules.day_in_words(day)} has gone by: deadlines were counted with it.")
    ctx.session.delete(row)
    ctx.session.flush()
    return _CHANGED
