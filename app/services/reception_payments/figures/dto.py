"""The figures of the reception as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money, MoneyReceiptState
from app.services.ledger.dto import CodeReceived


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken under a name: a desk, an officer, a way to pay, an hour of the day; what was voided isn't counted."""

    name: str
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class TakenOn:
    """What was taken on a day: at desks, and by telephone."""

    on: date
    count: int
    desks: Money
    telephone: Money


@dataclass(frozen=True, slots=True)
class AccountPaid:
    """What was taken for an account; of a restricted one that the officer may not open nothing but that is told."""

    account_id: int
    reference: str
    name: str
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A receipt that was taken back: voided, returned unpaid or charged back."""

    receipt_id: int
    number: str
    on: date
    how: str
    amount: Money
    state: MoneyReceiptState
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Waited:
    """How long people waited who came for a reason: in whole minutes on average, and at most."""

    reason: str
    count: int
    left: int
    average: int | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class ReceptionFigures:
    """The figures of some days, both included."""

    from_on: date
    to_on: date
    count: int
    total: Money
    taken_back: Money
    average_wait: int | None
    days: tuple[TakenOn, ...]
    ways: tuple[Taken, ...]
    desks: tuple[Taken, ...]
    officers: tuple[Taken, ...]
    hours: tuple[Taken, ...]
    channels: tuple[CodeReceived, ...]
    accounts: tuple[AccountPaid, ...]
    undone: tuple[TakenBack, ...]
    waits: tuple[Waited, ...]
