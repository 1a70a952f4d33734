"""Recharges, court costs and credit notes as they are asked for, previewed and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.values import (
    ZERO,
    AccountKind,
    Frequency,
    InvoiceBy,
    Money,
    RechargeKind,
    RechargeState,
    VatTreatment,
    WorkTime,
)
from app.services.core.changes import Changes


class CourtFee(StrEnum):
    """The court fees that are kept as policy; each is looked up by the day on which it was paid."""

    CLAIM = "claim"
    CLAIM_ONLINE = "claim_online"
    WARRANT = "warrant"
    APPLICATION = "application"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Terms:
    """Instalments that were agreed for a recharge; they become an arrangement on its sub-account when it is raised."""

    amount: Money
    every: Frequency
    starts_on: date


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every invoice is asked for with.

    Attributes:
        entry_key: the caller's own name for it: the same key never makes two.
        account_id: any account of the tenancy.
        evidence: ids of document links: the job, the tenant's acceptance, the order. Each is linked to the recharge.
        notify_id: the officer who is told.
        send_by: how the tenant gets the invoice.
        note: in the officer's own words, also for whoever approves it (at most 400 characters).
    """

    entry_key: str
    account_id: int
    evidence: tuple[int, ...] = ()
    notify_id: int | None = None
    send_by: InvoiceBy = InvoiceBy.LETTER
    terms: Terms | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewRecharge(_Asked):
    """A rechargeable repair.

    Attributes:
        item: the key of a line of the price list.
        at: when the work was done, which of its prices counts.
        quantity: how many of them, 1 to 99.
        done_on: the day of the work; the price and the rate of VAT of this day count.
        net: instead of the price of the list, before VAT; the note says why.
        description: as the invoice names it; empty takes the title of the item.
        job: the number of the repair job.
    """

    item: str = ""
    at: WorkTime = WorkTime.NORMAL
    quantity: int = 1
    done_on: date = date.min
    net: Money | None = None
    description: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True)
class NewCosts(_Asked):
    """What an order of a court awards; a fee that was only paid is spending and no debt.

    Attributes:
        claim: the number of the claim.
        order_on: the day of the order; the debt belongs to it.
        fee, fixed: the fee and the fixed costs as the order awards them; one of them may be nothing.
    """

    claim: str = ""
    order_on: date = date.min
    fee: Money = ZERO
    fixed: Money = ZERO


@dataclass(frozen=True, slots=True)
class NewCredit:
    """A credit note over the whole of what is left of an invoice, or over a part of it.

    Attributes:
        net: how much of it before VAT; None is all that is left.
    """

    entry_key: str
    recharge_id: int
    reason: str
    net: Money | None = None
    send_by: InvoiceBy = InvoiceBy.LETTER
    evidence: tuple[int, ...] = ()


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
class NewItem:
    """A line of the price list as the office wants it; its prices are policy values.

    Attributes:
        key: of the line that it changes; empty for a new one.
        version: of the line as it was read; 0 for a new one.
    """

    key: str
    title: str
    code: str
    vat: VatTreatment
    active: bool = True
    version: int = 0


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
