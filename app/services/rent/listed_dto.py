"""The accounts as they are listed: what is looked for, in which order, and a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import AccountKind, Money, Tenure


class AccountSort(StrEnum):
    """The columns by which accounts are sorted; a name is the last name of whoever is named first."""

    NAME = "name"
    REFERENCE = "reference"
    ADDRESS = "address"
    KIND = "kind"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts are listed; what is left empty doesn't matter.

    Attributes:
        text: words that must all be found in the name, address, postcode, phone or a reference.
        kinds, tenures, rent_groups, areas: any of these; rent groups by their code.
        live: True for current tenancies, False for former ones.
        owing: True for accounts in debt, False for accounts in credit.
        at_least: balance owed, or credit, of at least so much.
        below: balance owed, or credit, of less than so much.
    """

    text: str = ""
    kinds: frozenset[AccountKind] = frozenset()
    tenures: frozenset[Tenure] = frozenset()
    rent_groups: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    live: bool | None = None
    owing: bool | None = None
    at_least: Money | None = None
    below: Money | None = None


EVERY_ACCOUNT = AccountFilter()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as listed. `ended_on` is the last day of a former tenancy."""

    account_id: int
    reference: str
    name: str
    address: str
    postcode: str
    kind: AccountKind
    tenure: Tenure | None
    rent_group: str
    started_on: date
    ended_on: date | None
    balance: Money


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of the accounts page offer: rent groups by code and name, and areas."""

    rent_groups: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]
