"""What the weekly charge run is asked and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import Money


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included; no last day means on."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """A dated charge of an account with the flags of its code: `weekly` is a charge week's amount, VAT included."""

    code: str
    weekly: Money
    span: Span
    apportion: bool = True
    free_week: bool = True
    vat: bool = False
    charged_in_void: bool = False


@dataclass(frozen=True, slots=True)
class PartWeek:
    """A charge for some of a week's days; a whole week has 7."""

    weekly: Money
    days: int
    amount: Money

    def __str__(self) -> str:
        if self.days == 7:
            return str(self.amount)
        return f"{self.weekly} x {self.days}/7 = {self.amount}"


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One line of the week's charge on an account."""

    code: str
    amount: Money
    effective_on: date
    narrative: str = ""


class GarageVat(StrEnum):
    """How VAT falls on a garage or parking space (HMRC VATGPB8345)."""

    TENANT = "tenant"
    LEASEHOLDER = "leaseholder"
    STANDARD = "standard"

    @property
    def charged(self) -> bool:
        """Whether the price has VAT in it."""
        return self is GarageVat.STANDARD

    @property
    def label(self) -> str:
        """The reason in words."""
        return _VAT_LABELS[self]


_VAT_LABELS = {
    GarageVat.TENANT: "no VAT: let to our own tenant near the home",
    GarageVat.LEASEHOLDER: "no VAT: let to our own leaseholder near the home",
    GarageVat.STANDARD: "standard-rated VAT",
}


class Concern(StrEnum):
    """Why an account is looked at before a week is charged, in the order they are shown."""

    WEEKS_LEFT_OUT = "weeks_left_out"
    NO_CHARGE = "no_charge"
    ZERO = "zero"
    OUT_OF_BOUNDS = "out_of_bounds"
    VAT_CHANGED = "vat_changed"
    VOID_WITHOUT_CHARGE = "void_without_charge"
    STARTED = "started"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ChargeException:
    """Something about the week that an officer should look at, as a sentence.

    Attributes:
        account_id: the account, or nothing for a void property or the run as a whole.
        reference: the payment reference, or the property's reference.
    """

    concern: Concern
    account_id: int | None
    reference: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class CodeTotal:
    """What one charge code comes to."""

    code: str
    name: str
    lines: int
    amount: Money


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """What one rent group comes to; `free` says that the week is rent-free for it."""

    code: str
    name: str
    accounts: int
    lines: int
    amount: Money
    free: bool


class Change(StrEnum):
    """Why an account's charge differs from the week before."""

    STARTED = "started"
    ENDED = "ended"
    PART_WEEK = "part_week"
    AMOUNT = "amount"
    FREE_WEEK = "free_week"


@dataclass(frozen=True, slots=True)
class Difference:
    """An account whose charge isn't that of the week before."""

    account_id: int
    reference: str
    name: str
    before: Money
    now: Money
    change: Change


@dataclass(frozen=True, slots=True)
class DifferenceTotal:
    """How many accounts changed for one reason, and by how much altogether."""

    change: Change
    accounts: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A week's charge before it is posted: exceptions first, then totals, then what differs from the week before.

    Attributes:
        week: the Monday.
        journal: the journal that charged the week already, if one has.
        lines, total: the lines that posting would write on accounts and the void control accounts, and their sum.
        void: the part of the total that goes to the void control accounts.
        differences: at most the number asked for, largest first; `difference_totals` counts them all.
    """

    week: date
    week_number: int
    rent_year: str
    accounting_on: date
    journal: int | None
    exceptions: tuple[ChargeException, ...]
    by_code: tuple[CodeTotal, ...]
    by_group: tuple[GroupTotal, ...]
    lines: int
    total: Money
    void: Money
    difference_totals: tuple[DifferenceTotal, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ChargeResult:
    """A week that was charged: its Monday, journal, lines and their sum in pence, and what should be looked at.

    `duplicate`: the week had been charged already, and this is that journal; nothing was posted.
    """

    week: date
    journal: int | None
    lines: int
    total_pence: int
    exceptions: tuple[ChargeException, ...]
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class ChargedWeek:
    """A week in the list of those charged."""

    week: date
    journal: int | None
    lines: int
    total: Money
    exceptions: int
