"""The figures behind the charts as columns, and as bars."""

from __future__ import annotations

from app.models.values import Money
from app.services.home.dto import Band, Load, Week
from app.views.common import formats
from app.views.common.bars import Bar, Series
from app.views.common.columns import Column, money_column


def band_words(band: Band) -> str:
    """`under £100`, `£100 to £250`, `£2,000 and more`."""
    if band.below is None:
        return f"{_pounds(band.at_least)} and more"
    return f"{_pounds(band.at_least)} to {_pounds(band.below)}" if band.at_least else f"under {_pounds(band.below)}"


def _pounds(amount: Money) -> str:
    return f"£{amount.pence // 100:,}"


ARREARS: tuple[Column[Band], ...] = (
    Column("band", "Owing", band_words, 140),
    Column("accounts", "Accounts", lambda row: row.accounts, 80, right=True),
    money_column("owed", "Owed together", lambda row: row.owed, 110),
)
COLLECTION: tuple[Column[Week], ...] = (
    Column("week", "Week of", lambda row: row.week, 100),
    money_column("charged", "Charged", lambda row: row.charged, 110),
    money_column("received", "Received", lambda row: row.received, 110),
)
WORKLOAD: tuple[Column[Load], ...] = (
    Column("name", "With", lambda row: row.name, 140),
    Column("overdue", "Overdue", lambda row: row.overdue, 80, right=True),
    Column("waiting", "Not yet due", lambda row: row.waiting, 90, right=True),
)
ACCOUNTS = (Series("Accounts", "brand"),)
MONEY = (Series("Charged", "muted"), Series("Received", "brand"))
TASKS = (Series("Overdue", "bad"), Series("Not yet due", "brand"))


def arrears_bar(band: Band) -> Bar:
    """How many accounts owe so much."""
    end = "" if band.below is None else _pounds(band.below)
    short = f"< {end}" if not band.at_least else f"{_pounds(band.at_least)}+"
    words = f"{band_words(band)}: {formats.count(band.accounts, 'account')}, {band.owed} together"
    return Bar(short, (float(band.accounts),), words)


def week_bar(week: Week) -> Bar:
    """What was charged and received in a week, in pounds."""
    words = f"week of {formats.day(week.week)}: {week.charged} charged, {week.received} received"
    short = f"{week.week.day} {formats.month(week.week)}"
    return Bar(short, (week.charged.pence / 100, week.received.pence / 100), words)


def load_bar(load: Load) -> Bar:
    """The tasks of somebody."""
    words = f"{load.name}: {load.overdue:,} overdue, {load.waiting:,} not yet due"
    return Bar(load.name, (float(load.overdue), float(load.waiting)), words)


def collected(weeks: tuple[Week, ...]) -> str:
    """How much of what was charged came in, over all the weeks: `98.2 % collected`."""
    charged = sum(week.charged.pence for week in weeks)
    received = sum(week.received.pence for week in weeks)
    return f"{received * 1000 // charged / 10:.1f} % collected" if charged > 0 else ""
