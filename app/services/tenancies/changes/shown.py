"""What the sheets of changes are filled from, and a tenancy's history as it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.values import PaymentMethod, PropertyType, TenancyChange, Tenure


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a tenancy, with the days that are their own."""

    person_id: int
    name: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Garage:
    """A garage of the same people: its tenancy, where it is, and whether it goes with the home."""

    tenancy_id: int
    words: str
    linked: bool


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """What the sheets of changes are filled from.

    Attributes:
        version: of the tenancy.
        holders: who holds it today; of an ended one who held it at its end. `left` are those who held it before.
        trial_ends_on: the last day of the trial; None where there is none.
        extended_to: the last day of the trial, if it is extended; None where it can't be. `notice_by`: the last day to serve
            notice of that.
        decanted: the tenants live elsewhere for a time, or this is where.
        balance: of the main account, with DR or CR.
    """

    tenancy_id: int
    version: int
    tenancy_ref: str
    account_id: int
    reference: str
    name: str
    address: str
    type: PropertyType
    tenure: Tenure
    payment_method: PaymentMethod
    start_on: date
    end_on: date | None
    holders: tuple[Holder, ...]
    left: tuple[Holder, ...]
    trial_ends_on: date | None
    extended_to: date | None
    notice_by: date | None
    succeeded: bool
    decanted: bool
    balance: str
    owes: bool
    garages: tuple[Garage, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A line of a tenancy's history; `at` is UTC.

    Attributes:
        other: the reference of the other tenancy; `other_account` its account, to be opened.
        journal: the number of the journal that was posted with it.
    """

    event_id: int
    change: TenancyChange
    effective_on: date
    at: datetime
    by: str
    words: str
    other: str = ""
    other_account: int | None = None
    journal: int | None = None


@dataclass(frozen=True, slots=True)
class TenancyHistory:
    """A tenancy's facts, who holds and held it, and what happened to it, the latest first."""

    tenancy_ref: str
    tenure: Tenure
    start_on: date
    end_on: date | None
    trial_ends_on: date | None
    term_ends_on: date | None
    before: str
    succeeded: bool
    holders: tuple[Holder, ...]
    left: tuple[Holder, ...]
    rows: tuple[HistoryRow, ...]


WORDS = {
    TenancyChange.STARTED: "Started",
    TenancyChange.NOTICE: "Notice",
    TenancyChange.NOTICE_WITHDRAWN: "Notice withdrawn",
    TenancyChange.ENDED: "Ended",
    TenancyChange.ENDING_REVERSED: "Ending reversed",
    TenancyChange.TRANSFER: "Transfer",
    TenancyChange.MUTUAL_EXCHANGE: "Mutual exchange",
    TenancyChange.SUCCESSION: "Succession",
    TenancyChange.ASSIGNMENT: "Assignment",
    TenancyChange.TO_SOLE: "To sole tenant",
    TenancyChange.TO_JOINT: "To joint tenants",
    TenancyChange.TO_SECURE: "To secure",
    TenancyChange.TRIAL_EXTENDED: "Trial extended",
    TenancyChange.RENAMED: "Account renamed",
    TenancyChange.DECANT: "Decant",
    TenancyChange.RETURN: "Return from decant",
    TenancyChange.START_CORRECTED: "First day corrected",
    TenancyChange.END_CORRECTED: "Last day corrected",
    TenancyChange.LIFE_EVENT: "Life event",
}
"""What officers call each line of the history."""
