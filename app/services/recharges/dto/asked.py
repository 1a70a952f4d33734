"""Recharges, court costs, credit notes and lines of the price list as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import (
    ZERO,
    Frequency,
    InvoiceBy,
    Money,
    VatTreatment,
    WorkTime,
)
from app.services.documents.dto import NewFile


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
        files: more evidence, kept with it in the same transaction.
    """

    entry_key: str
    account_id: int
    evidence: tuple[int, ...] = ()
    notify_id: int | None = None
    send_by: InvoiceBy = InvoiceBy.LETTER
    terms: Terms | None = None
    note: str = ""
    files: tuple[NewFile, ...] = ()


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
    files: tuple[NewFile, ...] = ()


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
