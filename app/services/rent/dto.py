"""What the Accounts page is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import AccountKind, FormatNeed, Money, PaymentMethod, PropertyType, Tenure
from app.services.core.calendars import RentYear


class FindOrder(StrEnum):
    """The order in which found accounts are listed."""

    REFERENCE = "reference"
    NAME = "name"
    ADDRESS = "address"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class FindRequest:
    """What is looked for: every word of `text` in any order, in name, address, postcode, telephone or reference.

    Without text every account is found. `dwellings` and `garages` together mean either; former accounts are left
    out unless asked for or the text is a whole reference.
    """

    text: str = ""
    in_arrears: bool = False
    dwellings: bool = False
    garages: bool = False
    former: bool = False
    order: FindOrder = FindOrder.REFERENCE
    descending: bool = False


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """An account in the list; `former` says that its tenancy has ended."""

    account_id: int
    reference: str
    name: str
    address: str
    kind: AccountKind
    balance: Money
    former: bool


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """An account of the same people: this tenancy's, their garage's, a former one. `label` is what stands over it."""

    account_id: int
    kind: AccountKind
    label: str
    reference: str
    balance: Money
    former: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds the tenancy and how they may be reached."""

    name: str
    phone: str
    email: str
    language: str
    format_need: FormatNeed
    do_not_contact: bool


@dataclass(frozen=True, slots=True)
class Pill:
    """A word that officers must see; tone is good, warning, bad or nothing."""

    text: str
    tone: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ChargeElement:
    """A part of the weekly charge in force."""

    code: str
    name: str
    amount: Money
    from_on: date


@dataclass(frozen=True, slots=True)
class AccountHeader:
    """An account with who, where, tenure, contact, flags, and every linked account.

    Attributes:
        linked: every account of these people, this one among them, in the order they are shown.
        net: the sum of the linked balances.
        weekly: the charge of an ordinary charge week in force today, and its parts.
        flags: most important first; the page shows at most three.
        rent_year: the rent year of today, for the date filter.
    """

    account_id: int
    kind: AccountKind
    reference: str
    name: str
    address: str
    tenure: Tenure
    property_type: PropertyType
    bedrooms: int | None
    started_on: date
    ended_on: date | None
    payment_method: PaymentMethod
    rent_group: str
    balance: Money
    holders: tuple[Holder, ...]
    flags: tuple[Pill, ...]
    linked: tuple[LinkedAccount, ...]
    net: Money
    weekly: Money
    charges: tuple[ChargeElement, ...]
    rent_year: RentYear
