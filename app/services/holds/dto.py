"""Holds as they are placed, changed, released and listed, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.values import HoldKind, Money, Stop
from app.services.core.changes import Changes

KINDS: Final[Mapping[HoldKind, str]] = {
    HoldKind.BREATHING_SPACE: "Breathing space",
    HoldKind.BANKRUPTCY: "Bankruptcy",
    HoldKind.DEBT_RELIEF_ORDER: "Debt relief order",
    HoldKind.IVA: "Individual voluntary arrangement",
    HoldKind.DISPUTE: "Dispute",
    HoldKind.COMPLAINT: "Complaint",
    HoldKind.COURT: "Court proceedings",
    HoldKind.DECEASED: "Tenant has died",
    HoldKind.DO_NOT_CONTACT: "Do not contact",
    HoldKind.STATEMENT_HOLD: "Statements only",
    HoldKind.OTHER: "Other reason",
}
"""Why, as it is listed."""

STOPS: Final[Mapping[Stop, str]] = {
    Stop.STATEMENTS: "Statements",
    Stop.LETTERS: "Letters",
    Stop.RECOVERY: "Recovery",
    Stop.ARREARS_COLLECTION: "Collection of arrears",
    Stop.REFUNDS: "Refunds",
    Stop.WRITE_OFF: "Write-off",
}
"""What, as it is listed; in this order."""


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """A hold to be placed; both days are held.

    Attributes:
        stops: what it stops; None: what is usual for its kind.
        from_on: None: today.
        to_on: None: until it is released.
        review_on: the day by which somebody looks whether it is still needed.
    """

    account_id: int
    kind: HoldKind
    reason: str
    from_on: date | None = None
    to_on: date | None = None
    stops: frozenset[Stop] | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChangeHold:
    """What a standing hold is to be from now on; the version is the one that was shown."""

    hold_id: int
    version: int
    reason: str
    to_on: date | None
    stops: frozenset[Stop]
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """A hold to be released: from today on nothing is stopped by it."""

    hold_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why something is stopped on an account, and until when.

    Attributes:
        reason: what the officer wrote.
        until: the last day; None: until the hold is released.
        hold_id: the hold that stops it the longest.
    """

    reason: str
    until: date | None
    kind: HoldKind
    hold_id: int


class HoldsShown(StrEnum):
    """Which holds the register lists. ENDING: in force, with an end in the next two weeks; REVIEW: due to be looked at."""

    LIVE = "live"
    ENDING = "ending"
    REVIEW = "review"
    CASES = "cases"
    TO_COME = "to_come"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class HoldFilter:
    """What the register shows; `text`: a name, a reference of an account or a case, words of a reason."""

    shown: HoldsShown = HoldsShown.LIVE
    text: str = ""


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as listed.

    Attributes:
        stops: in the order of `STOPS`.
        live: it holds today.
        case_id, case: of the breathing space or insolvency case that it belongs to, with its reference.
        released: why it was released before its end.
    """

    hold_id: int
    version: int
    account_id: int
    reference: str
    name: str
    balance: Money
    kind: HoldKind
    stops: tuple[Stop, ...]
    reason: str
    from_on: date
    to_on: date | None
    review_on: date | None
    placed_by: str
    live: bool
    case_id: int | None = None
    case: str = ""
    released: str = ""


@dataclass(frozen=True, slots=True)
class HoldForm:
    """What the sheets of holds begin with: the account and the holds on it that haven't ended."""

    account_id: int
    reference: str
    name: str
    standing: tuple[HoldRow, ...]


@dataclass(frozen=True, slots=True)
class EndedHold:
    """A hold whose end was noted: by itself, on its last day."""

    hold_id: int
    account_id: int
    reference: str
    kind: HoldKind
    stops: tuple[Stop, ...]
    ended_on: date
    case: str = ""


@dataclass(frozen=True, slots=True)
class HoldsEnded:
    """The holds whose end was noted now, the earliest first; each account got one task to be looked at."""

    ended: tuple[EndedHold, ...]
    changes: Changes
