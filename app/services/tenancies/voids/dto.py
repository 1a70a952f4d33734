"""Voids as they are listed and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money, VoidReason

REASONS = {
    VoidReason.TO_LET: "To be let",
    VoidReason.REPAIRS: "Repairs",
    VoidReason.MAJOR_WORKS: "Major works",
    VoidReason.DECANT: "Tenant decanted",
    VoidReason.FIRE_OR_FLOOD: "Fire or flood",
    VoidReason.FOR_SALE: "For sale",
    VoidReason.DEMOLITION: "To be demolished",
    VoidReason.NOT_LETTABLE: "Not lettable",
}
"""What officers call each reason."""


@dataclass(frozen=True, slots=True)
class ChangeVoid:
    """A void has another reason from a day on; nothing is lost of the reason that it had before.

    Attributes:
        from_on: the first day of the reason; None from the first day that the property is empty.
        version: of the period that was shown; 0 where there was none.
    """

    property_id: int
    reason: VoidReason
    from_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class VoidPeriodRow:
    """A period of a void with its reason; no `to_on`: it still lasts."""

    period_id: int
    reason: VoidReason
    from_on: date
    to_on: date | None
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class VoidRow:
    """An empty property as listed.

    Attributes:
        since: the first day that it is empty; None where nobody ever held it.
        let_on: when the next tenancy starts, if one is known.
        reason, note, reason_since: of the period of today; no reason where none was given.
        weekly: what a week costs the void control account.
        lost: what it has cost since, by the days up to today, whatever weeks are rent free.
        account_id: of its last tenancy, to be opened.
    """

    property_id: int
    reference: str
    address: str
    area: str
    since: date | None
    days: int
    let_on: date | None
    reason: VoidReason | None
    reason_since: date | None
    note: str
    weekly: Money
    lost: Money
    account_id: int | None
    version: int
