"""Changes of a tenancy as they are asked for, told beforehand and saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import PaymentMethod, Tenure
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
    """The tenants live in another home for a time, while theirs is repaired.

    They hold it on licence at no rent; their tenancy goes on, and so does the rent of their lasting home.

    Attributes:
        on: the first day in the other home.
    """

    tenancy_id: int
    version: int
    on: date
    property_id: int
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
