"""Everything that the demonstration landlord will hold, worked out before anything is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from app.models.values import AccountKind, JournalKind, Money
from app.services.core.calendars import RentYear, week_monday
from app.services.demonstration import benefits, remarks
from app.services.demonstration.dto import Size
from app.services.demonstration.estate import GROUPS, Estate, Payer, Row, charged_years
from app.services.demonstration.lettings import fill_dwellings, fill_garages
from app.services.demonstration.rules.dice import Dice
from app.services.demonstration.rules.habits import Due, Habit, Receipt, receipts
from app.services.demonstration.rules.years import FreeWeeks, Years, free_weeks, years_to
from app.services.ledger.dto import Line


class Channel(NamedTuple):
    """Where lines come from: the name of the source, and the kind of journal it makes."""

    key: str
    source: str
    kind: JournalKind


_CHANNELS: Final = {
    "hb": Channel("hb", "Housing Benefit rebates", JournalKind.RECEIPTS),
    "dwp": Channel("dwp", "DWP schedule", JournalKind.RECEIPTS),
    "dd": Channel("dd", "Direct Debit", JournalKind.RECEIPTS),
    "cards": Channel("cards", "Payment card file", JournalKind.RECEIPTS),
    "bank": Channel("bank", "Bank statement", JournalKind.RECEIPTS),
    "counter": Channel("counter", "Cash office", JournalKind.RECEIPTS),
    "payroll": Channel("payroll", "Payroll deductions", JournalKind.RECEIPTS),
    "other": Channel("other", "Recharges, costs and adjustments", JournalKind.ADJUSTMENT),
}
_CHANNEL_OF: Final = {
    "RHB": "hb",
    "RUC": "dwp",
    "RDP": "dwp",
    "RDD": "dd",
    "RDN": "dd",
    "RBR": "cards",
    "RPY": "cards",
    "RSO": "bank",
    "RBP": "bank",
    "RCO": "counter",
    "RQP": "counter",
    "RCP": "counter",
    "RDS": "payroll",
}

_BENEFITS: Final = frozenset({"RHB", "RUC", "RDP"})


class Batch(NamedTuple):
    """The lines of one source in one week of one month, reported on the last of their days."""

    on: date
    channel: Channel
    week: date
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Plan:
    """The landlord's rows by table, and its money.

    Attributes:
        openings: pence of each account at the start of the current rent year, which stand in for the years before it.
        batches: the lines of each year, but for the weekly charges, in order of their accounting dates.
    """

    size: Size
    seed: str
    first_account: int
    years: Years
    rows: dict[str, list[Row]]
    openings: dict[int, int]
    batches: dict[RentYear, tuple[Batch, ...]]
    payers: tuple[Payer, ...]

    @property
    def today(self) -> date:
        """The day up to which the landlord is made."""
        return self.years.today

    def days(self, year: RentYear) -> set[date]:
        """The accounting dates of a year's journals."""
        return {*self.years.weeks(year), *(batch.on for batch in self.batches[year])}


def make_plan(size: Size, seed: str, today: date, first_account: int) -> Plan:
    """Work out a landlord; the same arguments always give the same one."""
    years = years_to(today, size.years)
    estate = Estate(size, years, seed, first_account)
    fill_garages(estate, fill_dwellings(estate))
    money = _Money(estate)
    for payer in estate.payers:
        money.follow(payer)
    for payer in estate.payers:
        remarks.add(estate, payer, money.balances[payer.number])
    benefits.add_all(estate, money.latest)
    _add_groups(estate)
    openings = {number: pence for number, pence in money.openings.items() if pence}
    batches = {year: money.batches(year) for year in years.all}
    return Plan(size, seed, first_account, years, dict(estate.rows), openings, batches, tuple(estate.payers))


class _Money:
    """What is due and paid on every account, year by year."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._years = estate.years
        self._charged = {
            (year, pattern): tuple(monday for monday in year.mondays() if monday not in free_weeks(year, pattern))
            for year in self._years.all
            for pattern in FreeWeeks
        }
        self._lines: dict[RentYear, defaultdict[tuple[date, int, str], list[Line]]] = {
            year: defaultdict(list) for year in self._years.all
        }
        self.openings: dict[int, int] = {}
        self.balances: dict[int, int] = {}
        self.latest: defaultdict[int, dict[str, tuple[date, int]]] = defaultdict(dict)
        """What came last of each benefit: the day and the pence, by account and code."""

    def follow(self, payer: Payer) -> None:
        """Work out an account from the first year to today."""
        dice = self._estate.dice("pay", payer.number)
        balance = payer.opening
        living = set(charged_years(self._years.all, payer.start, payer.end))
        for position, year in enumerate(self._years.all):
            if year is self._years.current:
                self.openings[payer.number] = balance
            if year in living:
                balance = self._year(payer, position, year, balance, dice)
            elif payer.end and payer.end < year.first_week_on:
                balance = self._after_the_end(payer, year, balance, dice)
        self.balances[payer.number] = balance

    def batches(self, year: RentYear) -> tuple[Batch, ...]:
        """A year's lines by source and week, in order of the last of their days."""
        found = [
            Batch(max(line.effective_on for line in lines), _CHANNELS[key], week, lines)
            for (week, _, key), lines in self._lines[year].items()
        ]
        return tuple(sorted(found, key=lambda batch: (batch.on, batch.channel.key)))

    def _year(self, payer: Payer, position: int, year: RentYear, balance: int, dice: Dice) -> int:
        first, last = max(payer.start, year.first_week_on), min(payer.end or year.ends_on, year.ends_on)
        due = self._due(payer, position, year, first, last)
        return self._settle(payer, year, due, balance, dice)

    def _after_the_end(self, payer: Payer, year: RentYear, balance: int, dice: Dice) -> int:
        if not balance and not payer.events:
            return 0
        due = Due(year, year.first_week_on, year.ends_on, _events(payer, year), 0, 0, year.weeks)
        habit = payer.habit if payer.habit is Habit.NOTHING else Habit.INSTALMENTS
        return self._settle(payer, year, due, balance, dice, habit)

    def _settle(
        self, payer: Payer, year: RentYear, due: Due, balance: int, dice: Dice, habit: Habit | None = None
    ) -> int:
        today = self._years.today
        for event in payer.events:
            if event.day in year and event.day <= today:
                self._add(payer, year, Receipt(event.day, event.code, event.pence), event.narrative)
        for receipt in receipts(habit or payer.habit, due, balance, dice):
            if receipt.day <= today and receipt.day <= year.ends_on and receipt.pence:
                self._add(payer, year, receipt)
                balance += receipt.pence
        return balance + sum(pence for day, pence in due.weeks if day <= today)

    def _due(self, payer: Payer, position: int, year: RentYear, first: date, last: date) -> Due:
        weekly = sum(element.amounts[position] for element in payer.elements)
        eligible = sum(element.amounts[position] for element in payer.elements if element.eligible)
        charged = self._charged[year, payer.group.free] if weekly else ()
        weeks = [(monday, _part(weekly, monday, first, last)) for monday in charged if _touches(monday, first, last)]
        return Due(year, first, last, tuple(sorted([*weeks, *_events(payer, year)])), weekly, eligible, len(charged))

    def _add(self, payer: Payer, year: RentYear, receipt: Receipt, narrative: str = "") -> None:
        day, code, pence = receipt
        monday = week_monday(day)
        if code in _BENEFITS:
            self.latest[payer.number][code] = (day, -pence)
        channel = _CHANNEL_OF.get(code, "other")
        week = monday if code == "RHB" else None
        line = Line(payer.number, code, pence, day, week, narrative)
        self._lines[year][monday, day.month, channel].append(line)


def _events(payer: Payer, year: RentYear) -> tuple[tuple[date, int], ...]:
    return tuple((event.day, event.pence) for event in payer.events if event.day in year)


def _touches(monday: date, first: date, last: date) -> bool:
    return monday <= last and monday + timedelta(days=6) >= first


def _part(weekly: int, monday: date, first: date, last: date) -> int:
    days = (min(last, monday + timedelta(days=6)) - max(first, monday)).days + 1
    return weekly if days == 7 else Money(weekly).times(days, 7).pence


def _add_groups(estate: Estate) -> None:
    estate.rows["rent_group"] = [
        {"id": group.id, "code": group.code, "name": group.name, "fund": group.fund, "version": 1} for group in GROUPS
    ]
    estate.rows["rent_free_week"] = [
        {"rent_group_id": group.id, "week_on": week}
        for group in GROUPS
        for year in estate.years.all
        for week in free_weeks(year, group.free)
    ]
    estate.rows["rent_year"] = [
        {"first_week_on": year.first_week_on, "weeks": year.weeks, "name": year.name, "version": 1}
        for year in estate.years.all
    ]


def is_live(payer: Payer) -> bool:
    """Whether an account is a live tenant's main account."""
    return payer.kind is AccountKind.RENT and payer.end is None
