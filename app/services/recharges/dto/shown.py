"""Recharges, court costs and credit notes as they are previewed and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models.values import (
    Money,
    RechargeKind,
    RechargeState,
    VatTreatment,
    WorkTime,
)
from app.services.core.changes import Changes
from app.services.recharges.dto.asked import CourtFee


@dataclass(frozen=True, slots=True)
class Raised:
    """What became of an invoice or credit note.

    Attributes:
        invoice_number: from when it is raised.
        request_id: the request that waits for a second officer, if one does.
        told: a sentence for the message bar.
    """

    recharge_id: int
    state: RechargeState
    invoice_number: int | None
    account_id: int | None
    request_id: int | None
    journal: int | None
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Amounts:
    """An amount before VAT, its VAT, and how it was worked out, a step on each line."""

    net: Money
    vat: Money
    working: tuple[str, ...] = ()

    @property
    def gross(self) -> Money:
        """What is to be paid."""
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A line of the price list on a day; prices are before VAT, none where it is charged by its cost."""

    key: str
    title: str
    code: str
    vat: VatTreatment
    prices: Mapping[WorkTime, Money]
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class PriceList:
    """The price list on a day, with the codes that a line may have and the rate of VAT in basis points."""

    on: date
    rows: tuple[PriceRow, ...]
    codes: tuple[tuple[str, str], ...]
    vat_basis_points: int


@dataclass(frozen=True, slots=True)
class Face:
    """An account as a sheet names it."""

    account_id: int
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class RechargeForm:
    """What the sheets of a recharge and of court costs begin with.

    Attributes:
        account: the account that it was opened from, if it was opened from one.
        prices: the lines of the price list that are in use.
        fees: the court fees with the day from which each was in force, latest first, by fee.
        officers: ids and names of those who may be told.
        due_days: days to pay in.
        needs_evidence: of a recharge, of court costs.
    """

    today: date
    account: Face | None
    prices: tuple[PriceRow, ...]
    fees: Mapping[CourtFee, tuple[tuple[date, Money], ...]]
    officers: tuple[tuple[int, str], ...]
    due_days: int
    needs_evidence: frozenset[RechargeKind]


@dataclass(frozen=True, slots=True)
class CreditForm:
    """What the sheet of a credit note begins with: the invoice and what is left of it; `shut` is why it can't be credited."""

    recharge_id: int
    invoice_number: int
    description: str
    reference: str
    raised_on: date
    net: Money
    vat: Money
    left: Amounts
    balance: Money
    shut: str = ""
