"""Changes of a tenancy as they are asked for, told beforehand and saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.values import PaymentMethod, PropertyType, TenancyChange, Tenure
from app.services.core.changes import Changes
from app.services.tenancies.starting.dto import NewCharge, NewTenant


@dataclass(frozen=True, slots=True)
class Rename:
    """The name that letters and statements carry is another; nothing else changes.

    Attributes:
        version: of the tenancy, as it was opened; so it is with every change.
        on: from which day; today or before.
        reason: why, for the history; names nobody.
    """

    tenancy_id: int
    version: int
    on: date
    name: str
    reason: str = ""
    letter: bool = False


@dataclass(frozen=True, slots=True)
class ToSole:
    """One of the tenants no longer holds it: by agreement, by a court's order, or because they were taken on in error.

    Attributes:
        on: the first day without them.
        leaves: the person.
        name: of the account from now on; empty: the names of those who stay.
        letter: a letter says so to those who stay.
    """

    tenancy_id: int
    version: int
    on: date
    leaves: int
    name: str = ""
    reason: str = ""
    letter: bool = True


@dataclass(frozen=True, slots=True)
class ToJoint:
    """Somebody holds it too from a day on; they owe what falls due from then, as the others do."""

    tenancy_id: int
    version: int
    on: date
    joins: tuple[NewTenant, ...]
    name: str = ""
    reason: str = ""
    letter: bool = True


class Trial(StrEnum):
    """What becomes of an introductory tenancy."""

    SECURE = "secure"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class EndTrial:
    """An introductory tenancy becomes secure when its trial is over, or its trial is extended.

    Attributes:
        on: the first day as a secure tenancy; of an extension, the day that notice of it was served.
        becomes: the tenure after the trial: secure, flexible or affordable.
    """

    tenancy_id: int
    version: int
    on: date
    what: Trial = Trial.SECURE
    becomes: Tenure = Tenure.SECURE
    term_ends_on: date | None = None
    reason: str = ""
    letter: bool = True


class Relation(StrEnum):
    """Who succeeds (Housing Act 1985 s.86A, s.87, s.113)."""

    PARTNER = "partner"
    FAMILY = "family"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Succeed:
    """Somebody succeeds a sole tenant who died: their tenancy ends, and the successor's begins in the same home.

    Attributes:
        on: the day of the death, which is the last of the old tenancy.
        heir: who succeeds.
        lived_from: since when they lived with the tenant, where that decides (family, before April 2012).
        excused: why somebody is let succeed who has no right to.
        garages: lettings of garages that pass with the home.
    """

    tenancy_id: int
    version: int
    on: date
    heir: tuple[NewTenant, ...]
    relation: Relation
    lived_from: date | None = None
    excused: str = ""
    payment_method: PaymentMethod = PaymentMethod.BANK_TRANSFER
    garages: tuple[int, ...] = ()
    reason: str = ""
    letter: bool = True


class Ground(StrEnum):
    """Why a secure tenancy may be assigned (Housing Act 1985 s.91)."""

    COURT = "court"
    WOULD_SUCCEED = "would_succeed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Assign:
    """The tenants make a tenancy over to somebody else: their account is closed, and another opened for the same home.

    Attributes:
        on: the first day of whoever it is assigned to.
        excused: why it is assigned on another ground than the two that the law names.
    """

    tenancy_id: int
    version: int
    on: date
    to: tuple[NewTenant, ...]
    ground: Ground
    excused: str = ""
    payment_method: PaymentMethod = PaymentMethod.BANK_TRANSFER
    garages: tuple[int, ...] = ()
    reason: str = ""
    letter: bool = True


@dataclass(frozen=True, slots=True)
class CorrectStart:
    """The tenancy began on another day than was recorded; what was charged is put right."""

    tenancy_id: int
    version: int
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CorrectEnd:
    """The tenancy ended on another day than was recorded; what was charged, and what went to the former account, is put right."""

    tenancy_id: int
    version: int
    on: date
    reason: str = ""


class Balance(StrEnum):
    """Where the balance of an account goes whose tenants move."""

    FORMER = "former"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Transfer:
    """The tenants move to another home of ours: one tenancy ends, another begins.

    Attributes:
        on: the first day of the new tenancy; the old one ends the day before.
        charges: of the new home; empty: what it is let at.
        balance: whether what is owed, or in credit, stays with the old tenancy or goes to the new account.
        keep_garages: lettings of garages that go with the new home from now on; `near` are those that are near it.
    """

    tenancy_id: int
    version: int
    on: date
    property_id: int
    tenure: Tenure
    payment_method: PaymentMethod
    charges: tuple[NewCharge, ...] = ()
    balance: Balance = Balance.FORMER
    keep_garages: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    reason: str = ""
    letter: bool = True


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two households exchange their homes (Housing Act 1985 s.92): both tenancies end, and each begins in the other home.

    Attributes:
        on: the first day in the other home.
        other: the tenancy, or an account, of the other household: its reference.
    """

    tenancy_id: int
    version: int
    on: date
    other: str
    reason: str = ""
    letter: bool = True


@dataclass(frozen=True, slots=True)
class Decant:
    """The tenants live in another home for a time, while theirs is repaired: they hold it on licence, and keep their tenancy.

    Rent is due for one of the two: what the lasting home is charged stops, and the other is charged what is given here.

    Attributes:
        on: the first day in the other home.
        charges: of the temporary home; empty: what the lasting one is charged.
    """

    tenancy_id: int
    version: int
    on: date
    property_id: int
    charges: tuple[NewCharge, ...] = ()
    reason: str = ""
    letter: bool = True


@dataclass(frozen=True, slots=True)
class Return:
    """The decant is over: the tenants are home again from a day on, and the licence of the other home ends the day before.

    `tenancy_id` is of the lasting home or of the temporary one.
    """

    tenancy_id: int
    version: int
    on: date
    reason: str = ""
    letter: bool = True


Change = (
    Rename
    | ToSole
    | ToJoint
    | EndTrial
    | Succeed
    | Assign
    | CorrectStart
    | CorrectEnd
    | Transfer
    | Exchange
    | Decant
    | Return
)
"""Anything that can be changed of a tenancy."""


@dataclass(frozen=True, slots=True)
class ChangeSaved:
    """A change that was saved.

    Attributes:
        account_id: the account to show: the same, or the new one.
        journal: what was posted with it, the last of several; None where nothing was.
        told: what was done, in a sentence.
    """

    tenancy_id: int
    account_id: int
    told: str
    changes: Changes
    journal: int | None = None
    not_written: str = ""


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
        trial_on: the first day after the trial; None where there is none.
        extended_to: the last day of the trial, if it were extended now; `notice_by` the last day to serve notice of that.
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
    trial_on: date | None
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
