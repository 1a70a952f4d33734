"""Lettings of the made-up estate: homes, leases and garages, with voids, ended tenancies and sub-accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.values import AccountKind, PropertyType, Tenure
from app.services.demonstration import people
from app.services.demonstration.estate import (
    GARAGES,
    GENERAL,
    LEASEHOLD,
    SHELTERED,
    TEMPORARY,
    Element,
    Estate,
    Event,
    Group,
    Household,
    Payer,
    element,
    monday_between,
)
from app.services.demonstration.rules.dice import Dice
from app.services.demonstration.rules.habits import Habit, opening

_STREET: Final = 24
"""Homes in a street."""
_KINDS: Final = (("houses", 58), ("flats", 30), ("sheltered", 9), ("temporary", 3))
_BEDROOMS: Final = {
    "houses": ((2, 38), (3, 52), (4, 9), (5, 1)),
    "flats": ((1, 45), (2, 50), (3, 5)),
    "sheltered": ((0, 10), (1, 80), (2, 10)),
    "temporary": ((1, 50), (2, 40), (3, 10)),
}
_RENTS: Final = {0: 74_00, 1: 91_50, 2: 105_80, 3: 118_40, 4: 133_00, 5: 148_00}
"""Pence a week by bedrooms, of 52 weeks in the current year; each home lies within 8% of it."""
_PENSIONERS: Final = (
    (Habit.REBATE, 42),
    (Habit.PART_REBATE, 12),
    (Habit.DIRECT_DEBIT, 24),
    (Habit.STANDING_ORDER, 8),
    (Habit.CARD, 5),
    (Habit.COUNTER, 5),
    (Habit.BANK, 4),
)
_WORKING: Final = (
    (Habit.DIRECT_DEBIT, 37),
    (Habit.STANDING_ORDER, 11),
    (Habit.UC_MANAGED, 14),
    (Habit.UC_SELF, 11),
    (Habit.CARD, 10),
    (Habit.BANK, 9),
    (Habit.SALARY, 2),
    (Habit.STRUGGLING, 6),
)
_GARAGE_PAYERS: Final = ((Habit.DIRECT_DEBIT, 62), (Habit.STANDING_ORDER, 8), (Habit.BANK, 16), (Habit.CARD, 14))
_LEASE_PAYERS: Final = ((Habit.DIRECT_DEBIT, 55), (Habit.STANDING_ORDER, 25), (Habit.BANK, 20))


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling as its lettings need it."""

    number: int
    property_id: int
    kind: str
    group: Group
    street: people.Street
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Let:
    """A live tenancy that may take a garage."""

    tenancy_id: int
    household: Household
    street: people.Street
    start: date


def fill_dwellings(estate: Estate) -> list[Let]:
    """Every dwelling with its lettings; the live ones."""
    streets = -(-estate.size.dwellings // _STREET)
    live: list[Let] = []
    for number in range(1, estate.size.dwellings + 1):
        street_number, door = divmod(number - 1, _STREET)
        kind = estate.dice("street", street_number).weighted(_KINDS)
        dice = estate.dice("home", number)
        leased = kind == "flats" and dice.chance(110)
        home = _home(estate, number, door + 1, people.street(street_number, streets), kind, dice, leased=leased)
        let = _lease(estate, home, dice) if leased else _let_home(estate, home, dice)
        if let:
            live.append(let)
    return live


def fill_garages(estate: Estate, lets: list[Let]) -> None:
    """Every garage: with a home near by, with one further off, let to anybody, or void."""
    for number in range(1, estate.size.garages + 1):
        dice = estate.dice("garage", number)
        let = lets[number * 7 % len(lets)]
        use = dice.weighted((("near", 56), ("far", 7), ("private", 27), ("void", 10)))
        property_id = estate.add_property(
            f"G{number:05}",
            PropertyType.GARAGE,
            GARAGES,
            let.street,
            address_1=f"Garage {number}, {let.street.name}",
        )
        household = let.household if use in {"near", "far"} else estate.add_household(dice, 1, (22, 80))
        habit = dice.weighted(_GARAGE_PAYERS)
        price = element("DGA", dice.pick((17_90, 17_90, 21_60)), estate.years, GARAGES.free, eligible=False)
        start = max(let.start, _long_ago(estate, dice))
        end = None
        if use == "void":
            end = monday_between(max(start, estate.years.first_day), estate.years.today, dice) - timedelta(days=1)
            start = min(start, end - timedelta(days=90))
        tenancy_id = estate.add_tenancy(property_id, household, Tenure.GARAGE, start, end, habit)
        if use in {"near", "far"}:
            link = {"tenancy_id": tenancy_id, "home_id": let.tenancy_id, "near": use == "near"}
            estate.rows["garage_home"].append(link)
        _open(estate, tenancy_id, household, AccountKind.GARAGE, GARAGES, habit, start, end, (price,), dice)


def _home(
    estate: Estate, number: int, door: int, street: people.Street, kind: str, dice: Dice, *, leased: bool
) -> Home:
    group = {"sheltered": SHELTERED, "temporary": TEMPORARY}.get(kind, GENERAL)
    group = LEASEHOLD if leased else group
    bedrooms = dice.weighted(_BEDROOMS[kind])
    flat = kind in {"flats", "sheltered"}
    property_id = estate.add_property(
        f"D{number:05}",
        PropertyType.DWELLING,
        group,
        street,
        uprn=f"{990000000000 + number}",
        address_1=f"Flat {door}, {street.block}" if flat else f"{door * 2 - 1} {street.name}",
        address_2=street.name if flat else "",
        bedrooms=bedrooms,
    )

    def charge(code: str, pence: int, *, eligible: bool) -> Element:
        return element(code, pence, estate.years, group.free, eligible=eligible)

    elements: list[Element] = []
    if leased:
        elements = [charge("DSC", dice.between(18_00, 31_00), eligible=False), charge("DCI", 2_35, eligible=False)]
    else:
        elements.append(charge("DBR", _RENTS[bedrooms] * dice.between(920, 1080) // 1000, eligible=True))
        if flat:
            elements += [charge("DCB", 4_15, eligible=True), charge("DLL", 1_48, eligible=True)]
        if kind == "sheltered":
            elements += [charge("DSC", 11_20, eligible=True), charge("DHE", 13_60, eligible=False)]
        if street.area == people.AREAS[2]:
            elements.append(charge("DWR", 8_90, eligible=False))
    return Home(number, property_id, kind, group, street, tuple(elements))


def _let_home(estate: Estate, home: Home, dice: Dice) -> Let | None:
    """The lettings of a home, in order: perhaps one that ended with a debt, one that ended lately, and the live one."""
    years = estate.years
    start = _long_ago(estate, dice)
    if dice.chance(22):
        _old_debt(estate, home, start, dice)
    if dice.chance(62 * len(years.all)):
        moved = monday_between(years.first_day + timedelta(days=28), years.today, dice)
        ended = moved - timedelta(days=1)
        started = moved + timedelta(days=7 * dice.between(2, 10) + (dice.below(5) if dice.chance(300) else 0))
        _tenancy(estate, home, min(start, ended - timedelta(days=400)), ended, dice)
        if started > years.today:
            return None
        start = started
    return _tenancy(estate, home, start, None, dice)


def _tenancy(estate: Estate, home: Home, start: date, end: date | None, dice: Dice) -> Let:
    age = (62, 93) if home.kind == "sheltered" else dice.weighted((((19, 61), 68), ((58, 90), 32)))
    count = 1 if home.kind == "sheltered" and dice.chance(700) else dice.weighted(((1, 62), (2, 35), (3, 3)))
    household = estate.add_household(dice, count, age)
    habit = dice.weighted(_PENSIONERS if age[0] > 50 else _WORKING)
    tenancy_id = estate.add_tenancy(home.property_id, household, _tenure(estate, home, start, dice), start, end, habit)
    kind = AccountKind.FORMER_TENANT if end else AccountKind.RENT
    _open(estate, tenancy_id, household, kind, home.group, habit, start, end, home.elements, dice)
    _add_sub_accounts(estate, tenancy_id, household, home, habit, max(start, estate.years.first_day), end, dice)
    return Let(tenancy_id, household, home.street, start)


def _lease(estate: Estate, home: Home, dice: Dice) -> Let:
    household = estate.add_household(dice, dice.weighted(((1, 55), (2, 45))), (26, 80))
    habit = dice.weighted(_LEASE_PAYERS)
    start = _long_ago(estate, dice)
    tenancy_id = estate.add_tenancy(home.property_id, household, Tenure.LEASEHOLD, start, None, habit)
    _open(estate, tenancy_id, household, AccountKind.LEASEHOLD, LEASEHOLD, habit, start, None, home.elements, dice)
    return Let(tenancy_id, household, home.street, start)


def _old_debt(estate: Estate, home: Home, before: date, dice: Dice) -> None:
    """A tenancy that ended before the first year and left a debt, a credit or a small sum that is written off."""
    ended = min(before, estate.years.first_day) - timedelta(days=dice.between(15, 60))
    ended -= timedelta(days=ended.weekday() + 1)
    household = estate.add_household(dice, 1, (24, 85))
    start = ended - timedelta(weeks=dice.between(60, 900))
    balance = dice.weighted(
        ((dice.between(5_00, 49_00), 30), (dice.between(50_00, 1900_00), 50), (-dice.between(8_00, 240_00), 20))
    )
    day = monday_between(estate.years.first_day, estate.years.today, dice)
    events: tuple[Event, ...] = ()
    habit = Habit.INSTALMENTS if balance > 0 and dice.chance(350) else Habit.NOTHING
    if 0 < balance < 50_00 and habit is Habit.NOTHING and dice.chance(600):
        events = (Event(day, "WOF", -balance, "Uneconomic to pursue"),)
    elif balance < 0 and dice.chance(400):
        events = (Event(day, "RDR", -balance, "Credit refunded"),)
    tenancy_id = estate.add_tenancy(home.property_id, household, Tenure.SECURE, start, ended, habit)
    number = estate.take_account()
    payer = Payer(number, AccountKind.FORMER_TENANT, home.group, habit, start, ended, (), balance, events)
    estate.add_account(tenancy_id, household, payer)


def _open(
    estate: Estate,
    tenancy_id: int,
    household: Household,
    kind: AccountKind,
    group: Group,
    habit: Habit,
    start: date,
    end: date | None,
    elements: tuple[Element, ...],
    dice: Dice,
) -> None:
    weekly = sum(each.amounts[0] for each in elements)
    before = opening(habit, weekly, dice) if start < estate.years.first_day else 0
    payer = Payer(estate.take_account(), kind, group, habit, start, end, elements, before)
    estate.add_account(tenancy_id, household, payer)


def _add_sub_accounts(
    estate: Estate,
    tenancy_id: int,
    household: Household,
    home: Home,
    habit: Habit,
    first: date,
    end: date | None,
    dice: Dice,
) -> None:
    """Recharges, court costs and benefit overpayments, each on an account of its own."""
    last = end or estate.years.today
    struggling = habit is Habit.STRUGGLING
    wanted: list[tuple[AccountKind, str, int, str]] = []
    if dice.chance(90 if struggling else 25):
        pence, what = dice.pick(((76_40, "Lock changed"), (104_03, "Blocked WC cleared"), (60_17, "Window boarded")))
        wanted.append((AccountKind.RECHARGE, "DRR", pence, what))
    if struggling and dice.chance(160):
        wanted.append((AccountKind.COURT_COSTS, "DCC", 404_00 + dice.pick((0, 69_50)), "Possession claim"))
    if habit in {Habit.REBATE, Habit.PART_REBATE} and dice.chance(20):
        wanted.append((AccountKind.HB_OVERPAYMENT, "ADJ", dice.between(40_00, 600_00), "Benefit overpaid"))
    for kind, code, pence, what in wanted:
        day = first + timedelta(days=dice.below(max((last - first).days, 1)))
        payer = Payer(
            estate.take_account(),
            kind,
            home.group,
            Habit.INSTALMENTS if dice.chance(750) else Habit.NOTHING,
            day,
            None,
            events=(Event(day, code, pence, what),),
        )
        estate.add_account(tenancy_id, household, payer)


def _tenure(estate: Estate, home: Home, start: date, dice: Dice) -> Tenure:
    if home.kind == "temporary":
        return dice.weighted(((Tenure.NON_SECURE, 80), (Tenure.LICENCE, 20)))
    if (estate.years.today - start).days < 365:
        return Tenure.INTRODUCTORY
    return dice.weighted(
        ((Tenure.SECURE, 89), (Tenure.FLEXIBLE, 5), (Tenure.AFFORDABLE, 4), (Tenure.USE_AND_OCCUPATION, 2))
    )


def _long_ago(estate: Estate, dice: Dice) -> date:
    """A Monday before the first year: mostly within twenty years, seldom forty."""
    weeks = min(dice.between(5, 2000), dice.between(5, 2000))
    return estate.years.first_day - timedelta(weeks=weeks)
