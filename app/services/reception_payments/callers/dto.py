"""A caller: who they may be, what they are asked, and what they owe. Answers are compared by eye, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.values import ZERO, AccountKind, Money


class Way(StrEnum):
    """How a caller is there, which decides what they are asked."""

    COUNTER = "counter"
    TELEPHONE = "telephone"


class Ask(StrEnum):
    """A security question; its policy is `reception.ask_<value>`."""

    PAPER = "paper"
    BIRTH = "birth"
    POSTCODE = "postcode"
    PHONE = "phone"
    LAST_PAYMENT = "last_payment"
    JOINT = "joint"
    START = "start"


QUESTIONS: Final[Mapping[Ask, str]] = {
    Ask.PAPER: "Paper with name and photograph",
    Ask.BIRTH: "Date of birth",
    Ask.POSTCODE: "Postcode of the home",
    Ask.PHONE: "A telephone number we have",
    Ask.LAST_PAYMENT: "Their last payment",
    Ask.JOINT: "Who else holds the tenancy",
    Ask.START: "When the tenancy began",
}
"""What is asked, as officers read it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answer that is right; the officer hears it from the caller, and never tells it."""

    ask: Ask
    answer: str

    @property
    def words(self) -> str:
        """What is asked."""
        return QUESTIONS[self.ask]


@dataclass(frozen=True, slots=True)
class CallerPerson:
    """Somebody who may be calling about an account.

    Attributes:
        questions: what they are asked, in the order of the office.
        flags: what officers must know before they speak to them, safety first.
        large_print: their papers are printed large.
    """

    person_id: int
    name: str
    mobile: str
    email: str
    questions: tuple[Question, ...]
    flags: tuple[str, ...] = ()
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class OwedRow:
    """An account that the caller pays.

    Attributes:
        title: what it is for, and where: `Rent account, 12 Sample Close`.
        due: what of an arrangement on it should have been paid off and wasn't.
        weekly: what it is charged in a week.
        ended_on: its tenancy has ended.
        people: who of the callers holds or held it.
        paid_today: what was taken for it today.
    """

    account_id: int
    reference: str
    kind: AccountKind
    title: str
    balance: Money
    due: Money = ZERO
    weekly: Money = ZERO
    ended_on: date | None = None
    people: frozenset[int] = frozenset()
    paid_today: Money = ZERO


@dataclass(frozen=True, slots=True)
class Caller:
    """An account that somebody calls about.

    Attributes:
        people: who may be calling; nobody of an account of which nothing may be shown.
        accounts: what they pay, rent first; of a shut one only itself, without figures.
        needed: how many questions must be answered rightly.
        shut: why nothing of it is shown, as a sentence; money is taken for it all the same.
    """

    account_id: int
    reference: str
    name: str
    people: tuple[CallerPerson, ...]
    accounts: tuple[OwedRow, ...]
    needed: int
    shut: str = ""


def rent_arrears(rows: tuple[OwedRow, ...]) -> Money:
    """What is owed for rent alone; a credit elsewhere doesn't lessen it."""
    return sum((row.balance for row in rows if row.kind is AccountKind.RENT and row.balance.pence > 0), ZERO)


def net(rows: tuple[OwedRow, ...]) -> Money:
    """What all of it comes to, credits set against debts."""
    return sum((row.balance for row in rows), ZERO)
