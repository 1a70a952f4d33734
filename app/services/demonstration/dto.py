"""How large a demonstration landlord is, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.models.values import Money


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made up: dwellings, garages, and rent years up to and including the current one."""

    dwellings: int = 9_000
    garages: int = 1_500
    years: int = 3


FULL: Final = Size()
SMALL: Final = Size(300, 50, 2)
"""For tests and for a look in a few seconds."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The landlord at a glance, today.

    Attributes:
        years: names of the rent years whose lines are there, the current one first.
        rent_roll: what the live dwellings are charged in a full current rent year.
        charged, received: this rent year so far, on every account.
        collected_basis_points: received as a share of charged, in hundredths of a percent.
        arrears: what live dwelling accounts owe, and `in_arrears` how many of them owe it; credits are not taken off.
        arrears_basis_points: arrears as a share of the rent roll.
        former_arrears: what accounts of ended tenancies owe.
    """

    dwellings: int
    garages: int
    years: tuple[str, ...]
    complete: bool
    people: int
    tenancies: int
    accounts: int
    live_dwelling_accounts: int
    void_dwellings: int
    rent_roll: Money
    charged: Money
    received: Money
    collected_basis_points: int
    in_arrears: int
    arrears: Money
    arrears_basis_points: int
    in_credit: int
    credits: Money
    former_arrears: Money
