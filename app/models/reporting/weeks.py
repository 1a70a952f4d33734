"""The view of the rent calendar: the years that the landlord states, and the others as the rule has them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    Integer,
    Subquery,
    Unicode,
    and_,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from app.models.reporting.declared import Shown, View, day, table, view, weeks_between, weeks_later, yes

_FIRST, _LAST = 2000, 2060
"""Years that the view knows; a landlord's ledger is younger, and a program of 2060 makes its views anew."""
_APRIL: Final = 4
_GROUP, _YEAR = table("rent_group"), table("rent_year")


def _begins(year: int) -> tuple[int, int, int]:
    """The first Monday from 1 April, on which a year begins that isn't stated (rules.md 1.1)."""
    first = date(year, _APRIL, 1)
    begins = first + timedelta(-first.weekday() % 7)
    return begins.year, begins.month, begins.day


def _by_rule() -> Subquery:
    """Each year by the rule: its name, the day it begins, that of the next, and the first days of four calendar years."""
    return union_all(
        *(
            select(
                literal(f"{year}-{(year + 1) % 100:02}", Unicode(7)).label("name"),
                day(*_begins(year)).label("begins_on"),
                day(*_begins(year + 1)).label("next_on"),
                *(day(year + at, 1, 1).label(f"from_{at + 1}") for at in (-1, 0, 1, 2)),
            )
            for year in range(_FIRST, _LAST)
        )
    ).subquery("by_rule")


def _years() -> Subquery:
    """Every year from that of the first journal to the next one, and all that are stated.

    A year next to a stated one is lengthened or cut to meet it, as in `services.core.calendars.rent_year`.
    """
    rule, journal = _by_rule(), table("journal")
    before, own, after = (_YEAR.alias(name) for name in ("year_before", "own_year", "year_after"))

    def within(stated: Any, at: int) -> Any:
        begins = stated.c.first_week_on
        return and_(begins >= rule.c[f"from_{at}"], begins < rule.c[f"from_{at + 1}"])

    first = func.coalesce(own.c.first_week_on, weeks_later(before.c.first_week_on, before.c.weeks), rule.c.begins_on)
    following = func.coalesce(after.c.first_week_on, weeks_later(own.c.first_week_on, own.c.weeks), rule.c.next_on)
    earliest = select(func.coalesce(func.min(journal.c.accounting_on), func.current_date())).scalar_subquery()
    wanted = and_(following > earliest, first <= weeks_later(func.current_date(), literal_column("52", Integer)))
    return (
        select(
            func.coalesce(own.c.name, rule.c.name).label("name"),
            first.label("first_week_on"),
            func.coalesce(own.c.weeks, weeks_between(first, following)).label("weeks"),
        )
        .select_from(
            rule.outerjoin(before, within(before, 0)).outerjoin(own, within(own, 1)).outerjoin(after, within(after, 2))
        )
        .where(or_(own.c.weeks.is_not(None), wanted))
        .subquery("years")
    )


def rent_week() -> View:
    """The view."""
    year, free, run = _years(), table("rent_free_week"), table("charge_run")
    digits = union_all(*(select(literal_column(f"{each}", Integer).label("n")) for each in range(10)))
    tens, ones = digits.subquery("tens"), digits.subquery("ones")
    place = tens.c.n * 10 + ones.c.n
    week = weeks_later(year.c.first_week_on, place)
    return view(
        "rent_week",
        "one week of one rent year for one rent group",
        "The calendar of rent weeks, with the weeks that are free of rent and those that were charged: from the year of the "
        "first journal to the next year, whether the landlord states them or they begin on the first Monday from 1 April.",
        [
            Shown("rent_year", year.c.name, "The name of the rent year."),
            Shown("week", cast(place + 1, Integer), "The number of the week in it, from 1."),
            Shown("week_on", week, "The Monday that it begins on."),
            Shown(
                "weeks_in_year",
                year.c.weeks,
                "52 or 53; a year next to one that the landlord states may be shorter or longer.",
            ),
            Shown("rent_group", _GROUP.c.code, "The code of the rent group."),
            Shown("rent_free", yes(free.c.week_on.is_not(None)), "1 where the group isn't charged in it."),
            Shown("charged", yes(run.c.week_on.is_not(None)), "1 where the week was charged."),
        ],
        lambda found: found.select_from(
            year.join(tens, true())
            .join(ones, place < year.c.weeks)
            .join(_GROUP, true())
            .outerjoin(free, and_(free.c.rent_group_id == _GROUP.c.id, free.c.week_on == week))
            .outerjoin(run, run.c.week_on == week)
        ),
    )
