"""A credit by its age: what of it nobody claimed for six years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Money


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """What of a credit is over six years old.

    Attributes:
        credit: what stands to the credit of the account, without a sign.
        since: the first day of an unbroken credit; None where it isn't in credit.
        amount: the credit less what came in the last six years: the most that may be written on.
        last_on: the day of the newest line of it, from which attempts to give it back count; None where no line is so old.
        goes_on: its tenancy goes on, so that the credit is rent in advance and nothing of it is written on.
    """

    credit: Money
    since: date | None = None
    amount: Money = ZERO
    last_on: date | None = None
    goes_on: bool = False
