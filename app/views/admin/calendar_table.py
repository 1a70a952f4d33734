"""The columns of a rent year, of its rent groups and of the days off."""

from __future__ import annotations

from collections.abc import Callable

from app.services.admin.calendars.dto import DayOff, GroupYear, WeekRow
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _day(at: int) -> Column[WeekRow]:
    def shown(row: WeekRow) -> str:
        day = row.days[at]
        written = f"{day.day} {formats.month(day)}" if day.day == 1 or at == 0 else str(day.day)
        return f"{written} *" if _off(at)(row) else written

    def tone(row: WeekRow) -> str:
        return "warning" if _off(at)(row) else "muted" if at > 4 else ""

    return Column(
        _DAYS[at].lower(),
        _DAYS[at],
        lambda row: row.days[at],
        86 if at == 0 else 62,
        shown=shown,
        tone=tone,
        right=True,
        firm=True,
        holds=Holds.DATE,
        least=at + 1 if at else 0,
    )


def _off(at: int) -> Callable[[WeekRow], bool]:
    return lambda row: any(day == row.days[at] for day, _name in row.off)


def _shut(row: WeekRow) -> str:
    return "; ".join(f"{formats.weekday(day)[:3]} {name}" for day, name in row.off)


WEEKS: tuple[Column[WeekRow], ...] = (
    Column("number", "Week", lambda row: row.number, 58, right=True),
    *(_day(at) for at in range(7)),
    Column(
        "free",
        "Rent-free",
        lambda row: ", ".join(row.free_for),
        92,
        tone=lambda row: "good" if row.free_for else "",
    ),
    Column("charged", "Charged", lambda row: "yes" if row.charged else "", 80, tone=lambda _row: "muted", firm=True),
    Column("off", "Office shut (*)", _shut, 190, tone=lambda _row: "warning", least=1),
)
GROUPS: tuple[Column[GroupYear], ...] = (
    Column("code", "Group", lambda row: row.code, 66, least=2),
    Column("name", "Name", lambda row: row.name, 165, floor=160),
    Column("free", "Free", lambda row: len(row.free_weeks), 52, right=True, least=1),
    Column("weeks", "Charged", lambda row: row.charge_weeks, 80, right=True),
)


def _works(name: str, title: str, value: Callable[[DayOff], bool], width: int = 70, least: int = 0) -> Column[DayOff]:
    return Column(
        name,
        title,
        lambda row: "counts" if value(row) else "off",
        width,
        tone=lambda row: "" if value(row) else "warning",
        firm=True,
        least=least,
    )


def _without_year(row: DayOff) -> str:
    """`Thu 24 Dec`: the year is chosen over the table."""
    return formats.weekday(row.day).rpartition(" ")[0]


DAYS_OFF: tuple[Column[DayOff], ...] = (
    Column("day", "Day", lambda row: row.day, 96, shown=_without_year, firm=True),
    Column("name", "Why", lambda row: row.name, 250, floor=190),
    Column("local", "Whose", lambda row: "this office" if row.local else "bank holiday", 110, least=3),
    _works("office", "Office", lambda row: row.office),
    _works("statutory", "Statutory", lambda row: row.statutory, 84, least=1),
    _works("bacs", "Bacs", lambda row: row.bacs, least=2),
    _works("foi", "FOI", lambda row: row.foi),
)
