"""What a statement says, worked out and ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from app.models.values import Money


class Variant(StrEnum):
    """The forms in which a statement is made."""

    STANDARD = "standard"
    LARGE_PRINT = "large_print"
    """Every word at 16 point or larger, laid out anew (RNIB clear print asks for 16 to 18)."""
    TEXT = "text"
    """Plain text without columns, for a screen reader or a braille printer."""


class Line(NamedTuple):
    """One line of an account (a plain tuple: hundreds of thousands of them travel to the processes that draw).

    Attributes:
        on: the day it belongs to.
        week_on: the Monday of the rent week it belongs to, if it has one.
        what: what it was, in words for the tenant.
        amount_pence: a debit above 0, a credit below.
        balance_pence: the balance after it, owed above 0.
    """

    on: date
    week_on: date | None
    what: str
    amount_pence: int
    balance_pence: int

    @property
    def debit(self) -> Money | None:
        """The amount, if it is a debit."""
        return Money(self.amount_pence) if self.amount_pence > 0 else None

    @property
    def credit(self) -> Money | None:
        """The amount without its sign, if it is a credit."""
        return Money(-self.amount_pence) if self.amount_pence < 0 else None

    @property
    def balance(self) -> Money:
        """The balance after the line."""
        return Money(self.balance_pence)


@dataclass(frozen=True, slots=True)
class Sender:
    """The landlord as a statement shows it.

    Attributes:
        address: its lines.
        how_to_pay: the ways to pay, a line each.
    """

    name: str
    office: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    how_to_pay: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement of one account from one day to another, both included.

    Attributes:
        addressee: the rent account name, such as `Ms A One and Mr B Two`.
        address: where it is posted to, a line each, the postcode last; empty if nobody knows.
        about: what the account is for: the property in one line.
        made_on: the date printed on it.
        lines: in the order of the account; `brought_forward` and they add up to `carried_forward`.
    """

    account_id: int
    reference: str
    account_kind: str
    addressee: str
    address: tuple[str, ...]
    about: str
    from_on: date
    to_on: date
    made_on: date
    brought_forward: Money
    lines: tuple[Line, ...]
    carried_forward: Money

    @property
    def debits(self) -> Money:
        """All debits of the period."""
        return Money(sum(line.amount_pence for line in self.lines if line.amount_pence > 0))

    @property
    def credits(self) -> Money:
        """All credits of the period, without their sign."""
        return Money(-sum(line.amount_pence for line in self.lines if line.amount_pence < 0))

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.account_kind} statement {self.reference}, {long_date(self.from_on)} to {long_date(self.to_on)}"


def long_date(day: date) -> str:
    """A date in full: `6 April 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """A date for a column: `6 Apr 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
