"""Requisitions, quotations, amendments and what else is asked of orders, as officers enter them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Frequency, Money, OrderKind, OrderSent, PurchaseVat, WaiverReason
from app.services.documents.dto import NewFile


@dataclass(frozen=True, slots=True)
class NewSplit:
    """The share of a line on one code: an amount of its cost, or hundredths of one percent, or (alone) all of it."""

    budget_id: int
    amount: Money | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line: `quantity` in thousandths of a unit, `price` of one unit before VAT in thousandths of a penny.

    Attributes:
        splits: one alone takes all; several are all by amount or all by percentage.
        vat_recovered: False: the VAT can't be got back, so the code bears it.
        labour: labour of construction, from which CIS is deducted.
        line_id: of the order's line that an amendment changes; None is a new one.
    """

    description: str
    quantity: int
    price: int
    splits: tuple[NewSplit, ...] = ()
    unit: str = ""
    vat: PurchaseVat = PurchaseVat.STANDARD
    vat_recovered: bool = True
    labour: bool = False
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewRequisition:
    """A requisition as a draft; it may lack lines, codes and a supplier until it is asked for.

    Attributes:
        entry_key: the caller's own name for it: the same key never makes two.
        year: the financial year whose budgets its lines are on; None is that of today.
        from_id: the agreement that it is called off from, or the template or order that it repeats.
        instructions: to the supplier; printed.
        reason: why it is bought, for whoever approves.
        after_the_event: why it was ordered before it was approved; empty: it wasn't.
        most, until_on: of an agreement, the most that is called off before VAT, and its last day.
        repeat_every, repeat_on, repeat_until_on: of a template, how often a requisition is drafted, when next, and till when.
    """

    entry_key: str
    title: str
    category_id: int
    lines: tuple[NewLine, ...] = ()
    kind: OrderKind = OrderKind.ORDINARY
    supplier_id: int | None = None
    contract_id: int | None = None
    from_id: int | None = None
    year: int | None = None
    delivery_point_id: int | None = None
    wanted_on: date | None = None
    instructions: str = ""
    reason: str = ""
    after_the_event: str = ""
    most: Money | None = None
    until_on: date | None = None
    repeat_every: Frequency | None = None
    repeat_on: date | None = None
    repeat_until_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChangedRequisition:
    """A draft as it should be: everything of `new` but its key replaces what it was."""

    order_id: int
    version: int
    new: NewRequisition


@dataclass(frozen=True, slots=True)
class NewQuotation:
    """A price that was asked for: `given_on` and `net` are None where none was given, which the note explains."""

    order_id: int
    name: str = ""
    supplier_id: int | None = None
    written: bool = True
    asked_on: date | None = None
    given_on: date | None = None
    net: Money | None = None
    vat: Money = ZERO
    reference: str = ""
    note: str = ""
    file: NewFile | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """A quotation is taken; `why` where it isn't the lowest. The order takes its supplier."""

    quotation_id: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Waive:
    """Fewer quotations than the band wants are taken, and why; no reason takes the waiver back."""

    order_id: int
    version: int
    reason: WaiverReason | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Amend:
    """An order as it should be: a line that stands and isn't named is cancelled as far as it hasn't come."""

    order_id: int
    version: int
    reason: str
    lines: tuple[NewLine, ...]


@dataclass(frozen=True, slots=True)
class AmendAgreement:
    """An agreement as it should be: the most that may be called off it before VAT, and its last day."""

    order_id: int
    version: int
    reason: str
    most: Money
    until_on: date


@dataclass(frozen=True, slots=True)
class CancelRest:
    """What hasn't come of some lines won't; no lines named means all of them."""

    order_id: int
    version: int
    reason: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Send:
    """An order goes to the supplier: by e-mail to `to` (empty: the supplier's address), printed, or in the finance system."""

    order_id: int
    version: int
    by: OrderSent
    to: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A requisition like another one: a copy, the filling of a template, or a call-off from an agreement."""

    order_id: int
    entry_key: str
    wanted_on: date | None = None
    as_template: bool = False
    title: str = ""
