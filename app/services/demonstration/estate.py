"""The made-up estate: homes and garages by street, who holds them, what they are charged and how they pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from app.models.values import AccountKind, Fund, Money, PropertyType, Tenure
from app.services.core.calendars import RentYear, week_monday
from app.services.demonstration import people
from app.services.demonstration.dto import Size
from app.services.demonstration.rules.dice import Dice
from app.services.demonstration.rules.habits import PAYMENT_METHODS, Habit
from app.services.demonstration.rules.years import FreeWeeks, Years, charge_amount, rents
from app.services.rent.references import new_reference
from app.services.rent.rules import full_name

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """A rent group of the landlord."""

    id: int
    code: str
    name: str
    fund: Fund
    free: FreeWeeks


GROUPS: Final = (
    Group(1, "GEN", "General needs", Fund.HRA, FreeWeeks.TWO),
    Group(2, "SHE", "Sheltered homes", Fund.HRA, FreeWeeks.FOUR),
    Group(3, "TEM", "Temporary accommodation", Fund.GENERAL, FreeWeeks.NONE),
    Group(4, "GAR", "Garages", Fund.HRA, FreeWeeks.NONE),
    Group(5, "LEA", "Leaseholders", Fund.HRA, FreeWeeks.NONE),
)
GENERAL, SHELTERED, TEMPORARY, GARAGES, LEASEHOLD = GROUPS


@dataclass(frozen=True, slots=True)
class Element:
    """A charge by year, in pence a charge week; `eligible` says that benefits pay it."""

    code: str
    amounts: tuple[int, ...]
    eligible: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A line that is no weekly charge: a recharge, costs, a write-off."""

    day: date
    code: str
    pence: int
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Payer:
    """An account, as what is due and paid on it is worked out.

    Attributes:
        number: the account's id.
        start, end: the first and last day of its tenancy.
        elements: its weekly charges.
        opening: pence with which it enters the first year, where it is older than that.
    """

    number: int
    kind: AccountKind
    group: Group
    habit: Habit
    start: date
    end: date | None
    elements: tuple[Element, ...] = ()
    opening: int = 0
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Household:
    """People who hold a tenancy together."""

    ids: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(slots=True)
class Estate:
    """Rows by table, and the payer of each account. Ids are given here, from 1 in each table but that of accounts."""

    size: Size
    years: Years
    seed: str
    next_account: int
    rows: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    payers: list[Payer] = field(default_factory=list)

    def dice(self, *what: object) -> Dice:
        """Throws for one thing of this landlord."""
        return Dice(self.seed, *what)

    def add_household(self, dice: Dice, count: int, age: tuple[int, int]) -> Household:
        """So many people, who mostly share a last name."""
        ids: list[int] = []
        names: list[str] = []
        last_name = ""
        for _ in range(count):
            row = people.person(
                len(self.rows["person"]) + 1, dice, last_name=last_name, age=age, today=self.years.today
            )
            self.rows["person"].append(row)
            ids.append(row["id"])
            names.append(full_name(row["title"], row["first_name"], row["last_name"]))
            last_name = row["last_name"] if dice.chance(700) else ""
        return Household(tuple(ids), tuple(names))

    def add_property(self, ref: str, kind: PropertyType, group: Group, street: people.Street, **columns: Any) -> int:
        """A property of the street; its id."""
        rows = self.rows["property"]
        rows.append(
            {
                "id": len(rows) + 1,
                "ref": ref,
                "uprn": None,
                "type": kind,
                "address_2": "",
                "town": people.TOWN,
                "postcode": street.postcode,
                "bedrooms": None,
                "area": street.area,
                "rent_group_id": group.id,
                "version": 1,
            }
            | columns
        )
        return len(rows)

    def add_tenancy(
        self,
        property_id: int,
        household: Household,
        tenure: Tenure,
        start: date,
        end: date | None,
        habit: Habit,
    ) -> int:
        """A tenancy with its tenants; its id."""
        rows = self.rows["tenancy"]
        number = len(rows) + 1
        rows.append(
            {
                "id": number,
                "ref": f"T{number:06}",
                "ref_key": f"T{number:06}",
                "property_id": property_id,
                "tenure": tenure,
                "start_on": start,
                "end_on": end,
                "payment_method": PAYMENT_METHODS[habit],
                "version": 1,
            }
        )
        self.rows["tenant"] += [
            {"tenancy_id": number, "person_id": person_id, "position": position}
            for position, person_id in enumerate(household.ids, start=1)
        ]
        return number

    def add_account(self, tenancy_id: int, household: Household, payer: Payer) -> None:
        """The account of a payer with its dated charges."""
        reference = new_reference("mod11", payer.number, ())
        self.rows["account"].append(
            {
                "id": payer.number,
                "kind": payer.kind,
                "tenancy_id": tenancy_id,
                "rent_group_id": payer.group.id,
                "fund": payer.group.fund,
                "payment_reference": reference,
                "reference_key": reference,
                "name": " and ".join(household.names),
                "opened_on": payer.start,
                "closed_on": None,
                "balance_pence": 0,
                "version": 1,
            }
        )
        self.payers.append(payer)
        for element in payer.elements:
            self._add_charges(payer, element)

    def take_account(self) -> int:
        """The id of a new account."""
        self.next_account += 1
        return self.next_account - 1

    def _add_charges(self, payer: Payer, element: Element) -> None:
        last = self.years.current
        for year, amount in zip(self.years.all, element.amounts, strict=True):
            first = max(payer.start, year.first_week_on)
            to_on = payer.end if year is last else min(payer.end or year.ends_on, year.ends_on)
            if first > year.ends_on or (to_on is not None and to_on < first):
                continue
            rows = self.rows["charge"]
            rows.append(
                {
                    "id": len(rows) + 1,
                    "account_id": payer.number,
                    "code": element.code,
                    "amount_pence": amount,
                    "from_on": first,
                    "to_on": to_on,
                    "version": 1,
                }
            )


def element(code: str, pence: int, years: Years, free: FreeWeeks, *, eligible: bool) -> Element:
    """A charge that rose with the rents; `pence` is about its regulated 52-week figure in the current year."""
    regulated = rents(Money(pence), years.all)
    amounts = zip(regulated, years.all, strict=True)
    return Element(code, tuple(charge_amount(amount, year, free).pence for amount, year in amounts), eligible)


def monday_between(first: date, last: date, dice: Dice) -> date:
    """A Monday from the week of `first` to the week of `last`."""
    weeks = max((last - first).days // 7, 0)
    return week_monday(first) + timedelta(weeks=dice.between(0, weeks))


def charged_years(years: Sequence[RentYear], start: date, end: date | None) -> list[RentYear]:
    """The years in which a tenancy lives on some day."""
    return [year for year in years if start <= year.ends_on and (end is None or end >= year.first_week_on)]
