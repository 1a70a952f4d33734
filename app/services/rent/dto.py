"""Accounts as they are found and headed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import (
    AccountKind,
    Authority,
    FormatNeed,
    Fund,
    HoldKind,
    Money,
    PaymentMethod,
    PersonFlagKind,
    PropertyType,
    Stop,
    Tenure,
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A tenant and how they may be reached."""

    person_id: int
    reference: str
    name: str
    date_of_birth: date | None
    email: str
    mobile: str
    phone: str
    language: str
    format_need: FormatNeed
    do_not_contact: bool
    contact_note: str


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A dated charge, a charge week's amount with VAT included; `free_week`: not charged in the group's free weeks."""

    code: str
    what: str
    amount: Money
    from_on: date
    to_on: date | None
    free_week: bool


class Link(StrEnum):
    """How an account belongs with another."""

    SAME_TENANCY = "same_tenancy"
    GARAGE = "garage"
    HOME = "home"
    SAME_PEOPLE = "same_people"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """An account that belongs with the one shown, with its own balance and what it is charged a week."""

    account_id: int
    reference: str
    kind: AccountKind
    link: Link
    address: str
    started_on: date
    ended_on: date | None
    balance: Money
    weekly: Money


@dataclass(frozen=True, slots=True)
class FlagRow:
    """Something to be seen on the account.

    Attributes:
        kind: of a flag on a person; None of a flag on the account.
    """

    flag: str
    note: str
    from_on: date
    to_on: date | None
    kind: PersonFlagKind | None = None


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Somebody who may speak, or act, for a person of the account today."""

    name: str
    relation: str
    authority: Authority
    person_id: int


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Something that must not happen to the account, until the last day if there is one."""

    kind: HoldKind
    reason: str
    from_on: date
    to_on: date | None
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that an area above tells of an account, such as how its arrangement stands.

    Attributes:
        tone: good, warning, bad or none.
        why: more of it, shown when it is pointed at.
        in_line: it stands among the facts, not as a pill.
    """

    text: str
    tone: str = ""
    why: str = ""
    in_line: bool = False


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """An ending that is noted and not finished: the last day, and the keys that are due or came back (moments are UTC)."""

    ends_on: date
    keys_due_at: datetime | None
    keys_returned_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountHeader:
    """Who and where an account is, and what belongs with it, today.

    Attributes:
        address: the lines of the address, without the postcode.
        charges: in force today, by code; `weekly` is their sum.
        free_weeks: the Mondays of the current rent year that the rent group has free.
        speakers: who may speak or act for the people today, in the order of the people.
        linked: every other account of the tenancy, its garages and the same people, the current ones first.
        net: the balance with those of every linked account.
        declared: why the officer who looks may not work on it, as a sentence; empty if they may.
        restricted: it is a restricted record, and this view of it is logged.
    """

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    fund: Fund
    balance: Money
    net: Money
    rent_group: str
    tenancy_ref: str
    tenure: Tenure | None
    started_on: date
    ended_on: date | None
    payment_method: PaymentMethod | None
    property_ref: str
    property_type: PropertyType | None
    address: tuple[str, ...]
    postcode: str
    bedrooms: int | None
    area: str
    people: tuple[PersonRow, ...]
    flags: tuple[FlagRow, ...]
    holds: tuple[HoldRow, ...]
    marks: tuple[Mark, ...]
    charges: tuple[ChargeRow, ...]
    weekly: Money
    free_weeks: tuple[date, ...]
    linked: tuple[LinkedAccount, ...]
    speakers: tuple[SpeakerRow, ...] = ()
    notice: NoticeRow | None = None
    declared: str = ""
    restricted: bool = False
