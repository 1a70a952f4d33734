"""An instalment as it is worked out: the terms, the sum in parts, and the collections planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import ZERO, Frequency, Money, PartKind

AREAS: Final = frozenset({"direct_debits"})
FREQUENCIES: Final = {
    Frequency.MONTHLY: "monthly",
    Frequency.WEEKLY: "weekly",
    Frequency.FORTNIGHTLY: "every two weeks",
    Frequency.FOUR_WEEKLY: "every four weeks",
    Frequency.QUARTERLY: "quarterly",
}
"""How often, as it is written after `collected`."""
PARTS: Final = {
    PartKind.CHARGES: "Charges",
    PartKind.HOUSING_BENEFIT: "Housing Benefit",
    PartKind.UNIVERSAL_CREDIT: "Universal Credit",
    PartKind.BALANCE: "Balance",
    PartKind.SINCE: "Rent since then",
    PartKind.ARRANGEMENT: "Arrangement",
    PartKind.TAKEN: "On their way",
    PartKind.LEFT: "Left by hand",
}
"""A part of the sum, in words."""
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
BY_MONTH: Final = frozenset({Frequency.MONTHLY, Frequency.QUARTERLY})


@dataclass(frozen=True, slots=True)
class Terms:
    """How often and on which day something is collected.

    Attributes:
        day: of the month (monthly, quarterly), else of the week: 0 is Monday.
        starts_on: nothing is collected before it; fortnights, four weeks and quarters are counted from it.
    """

    frequency: Frequency
    day: int
    starts_on: date

    @property
    def words(self) -> str:
        """Such as `monthly on the 8th`, `weekly on Friday`."""
        return f"{FREQUENCIES[self.frequency]} on {day_words(self.frequency, self.day)}"


def day_words(frequency: Frequency, day: int) -> str:
    """A day of the month or of the week: `the 8th`, `Friday`."""
    if frequency not in BY_MONTH:
        return WEEKDAYS[day] if 0 <= day < len(WEEKDAYS) else f"day {day}"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in {11, 12, 13} else 0, "th")
    return f"the {day}{ending}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sum, of one account; what lowers the sum is below nothing."""

    kind: PartKind
    account_id: int
    amount: Money
    words: str = ""

    @property
    def label(self) -> str:
        """What it is, in a word."""
        return PARTS[self.kind]


@dataclass(frozen=True, slots=True)
class Share:
    """An amount of one account."""

    account_id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Planned:
    """A collection that a schedule plans.

    Attributes:
        planned_on: the nominal day, such as the 1st.
        due_on: the working day of Bacs on which the money moves.
        shares: what of it goes to each account; they add up to it.
    """

    planned_on: date
    due_on: date
    amount: Money
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """An instalment as it is worked out: the parts add up to the total, and the planned collections too.

    Attributes:
        planned: none where nothing is collected; `why` says why.
        total: what is to be collected; of nothing to collect, what the parts come to.
        usual: each instalment but the first, which takes the odd pence.
        forecasts: the balance of each account at the end of `ends_on` if all goes as worked out (owed is positive).
        first_week_on: the first Monday whose charges are in it.
        ends_on: the last day of the rent year that it covers.
        left: what is owed and not collected, and why, as sentences.
    """

    terms: Terms
    parts: tuple[Part, ...]
    planned: tuple[Planned, ...]
    total: Money
    usual: Money
    first: Money
    forecasts: tuple[Share, ...]
    first_week_on: date
    ends_on: date
    why: str = ""
    left: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many collections there are."""
        return len(self.planned)

    @property
    def forecast(self) -> Money:
        """The balance of its accounts together at the end of `ends_on`."""
        return sum((each.amount for each in self.forecasts), ZERO)
