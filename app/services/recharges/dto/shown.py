"""Recharges, court costs and credit notes as they are previewed and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.values import (
    AccountKind,
    InvoiceBy,
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
class Whose:
    """The tenancy that is invoiced.

    Attributes:
        account_id, reference, name, kind, balance: of its main account.
        subs: its recharge and court costs accounts that are open: reference and balance; the others are opened.
    """

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    balance: Money
    address: str
    subs: Mapping[AccountKind, tuple[str, Money]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RechargeForm:
    """What the sheets of a recharge and of court costs begin with.

    Attributes:
        fees: the court fees in force on each day that one changed, latest first, by fee.
        officers: ids and names of those who may be told.
        due_days: days to pay in.
        can_send: the ways the tenant can be reached.
        warnings: what the officer should know before, a sentence each.
    """

    today: date
    whose: Whose
    prices: tuple[PriceRow, ...]
    fees: Mapping[CourtFee, tuple[tuple[date, Money], ...]]
    officers: tuple[tuple[int, str], ...]
    me: int
    due_days: int
    can_send: frozenset[InvoiceBy]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditForm:
    """What the sheet of a credit note begins with: the invoice and what is left of it, before VAT and with it."""

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


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A credit note over an invoice."""

    recharge_id: int
    invoice_number: int | None
    state: RechargeState
    gross: Money
    reason: str
    raised_on: date | None


@dataclass(frozen=True, slots=True)
class RechargeDetail:
    """An invoice or credit note whole: who asked, on what evidence, who approved, what it did, what took it back.

    Attributes:
        for_account_id, for_reference: the tenant's main account.
        account_id, reference: the sub-account; none before it is raised for the first time.
        credits_number: of a credit note, the number of the invoice.
        credits: of an invoice, its credit notes.
        told: the officer who was told.
        link_id: the invoice as a document, to be opened.
        to_raise: it is approved, and waits for whoever raises it; `why_not` says why that can't be the officer.
    """

    recharge_id: int
    kind: RechargeKind
    state: RechargeState
    invoice_number: int | None
    for_account_id: int
    for_reference: str
    name: str
    account_id: int | None
    reference: str
    description: str
    job: str
    happened_on: date
    due_on: date | None
    net: Money
    vat: Money
    left: Money
    working: tuple[str, ...]
    reason: str
    credits_id: int | None
    credits_number: int | None
    credits: tuple[CreditRow, ...]
    journal: int | None
    link_id: int | None
    told: str
    sent: str
    terms: str
    arrangement_id: int | None
    request_id: int | None
    approved_by: str
    approved_at: datetime | None
    decision: str
    made_by: str
    made_at: datetime
    raised_by: str
    raised_on: date | None
    evidence: int
    version: int
    to_raise: bool = False
    why_not: str = ""
