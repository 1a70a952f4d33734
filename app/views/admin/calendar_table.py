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
        108,
        tone=lambda row: "good" if row.free_for else "",
    ),
    Column("charged", "Charged", lambda row: "yes" if row.charged else "", 80, tone=lambda _row: "muted", firm=True),
    Column("off", "Office shut (*)", _shut, 190, tone=lambda _row: "warning", least=1),
)
GROUPS: tuple[Column[GroupYear], ...] = (
    Column("code", "Group", lambda row: row.code, 60, least=1),
    Column("name", "Name", lambda row: row.name, 90),
    Column("free", "Free", lambda row: len(row.free_weeks), 48, right=True),
    Column("weeks", "Charged", lambda row: row.charge_weeks, 80, right=True),
)


def _works(name: str, title: str, value: Callable[[DayOff], bool]) -> Column[DayOff]:
    return Column(
        name,
        title,
        lambda row: "works" if value(row) else "off",
        78,
        tone=lambda row: "" if value(row) else "warning",
    )


DAYS_OFF: tuple[Column[DayOff], ...] = (
    Column("day", "Day", lambda row: row.day, 128, shown=lambda row: formats.weekday(row.day), firm=True),
    Column("name", "Why", lambda row: row.name, 200),
    Column("local", "Whose", lambda row: "this office" if row.local else "bank holiday", 110, least=1),
    _works("office", "Office", lambda row: row.office),
    _works("statutory", "Statutory", lambda row: row.statutory),
    _works("bacs", "Bacs", lambda row: row.bacs),
    _works("foi", "FOI", lambda row: row.foi),
)
