"""What officers give of invoices: to log and change them, to accept differences, to dispute and settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, DisputeReason, InvoiceKind, MatchFault, Money, PurchaseVat, UtilityKind
from app.services.documents.dto import NewFile


@dataclass(frozen=True, slots=True)
class NewSplit:
    """The share of a line's cost that a budget bears."""

    budget_id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class NewInvoiceLine:
    """A line as the invoice has it.

    Attributes:
        quantity, price: in thousandths of a unit, in thousandths of a penny.
        net, vat: as printed; `net` of none is worked out of both.
        order_line_id: the line of the order that it charges.
        splits: nothing: by the order line's own codes.
    """

    description: str
    quantity: int
    price: int
    vat_kind: PurchaseVat
    vat: Money
    net: Money | None = None
    order_line_id: int | None = None
    vat_recovered: bool = True
    splits: tuple[NewSplit, ...] = ()


@dataclass(frozen=True, slots=True)
class NewReading:
    """What a bill says of a meter, for days from and to (both included); readings and use in thousandths of a unit."""

    meter_id: int
    from_on: date
    to_on: date
    opening: int | None
    closing: int | None
    used: int
    net: Money
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """An invoice, credit note or utility bill as it arrived. Amounts of a credit note are positive.

    Attributes:
        received_on: the day that it reached the council, anywhere.
        due_on: a later day that it names.
        order_quoted: the order number as it is printed, in any spelling; the order is found by it where `order_id` is none.
        category_id: none: the order's, else the supplier's.
        credits_id: of a credit note, the invoice.
        lines: none yet: they are typed or taken over from the order later.
        file, document_sha256: the invoice itself, new or kept already (of a post item).
        retention: kept back until `retention_on`; `retention_percent` (hundredths of one percent of the net amount) works it out.
        labour: of the net amount under CIS; none: by the order's labour lines.
        duplicates_why: why it is logged although another is suspected to be the same; empty: suspected ones are refused.
    """

    entry_key: str
    supplier_id: int
    supplier_number: str
    invoice_on: date
    received_on: date
    net: Money
    vat: Money
    kind: InvoiceKind = InvoiceKind.INVOICE
    due_on: date | None = None
    order_quoted: str = ""
    order_id: int | None = None
    category_id: int | None = None
    credits_id: int | None = None
    lines: tuple[NewInvoiceLine, ...] = ()
    readings: tuple[NewReading, ...] = ()
    post_item_id: int | None = None
    file: NewFile | None = None
    document_sha256: str | None = None
    retention: Money = ZERO
    retention_percent: int | None = None
    retention_on: date | None = None
    labour: Money | None = None
    note: str = ""
    duplicates_why: str = ""


@dataclass(frozen=True, slots=True)
class ChangedInvoice:
    """An invoice that isn't asked for yet, as it should be; `new.entry_key` doesn't matter, and its kind stays."""

    invoice_id: int
    version: int
    new: NewInvoice


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A difference that is accepted: as it was seen, so that another one isn't accepted by it."""

    invoice_id: int
    version: int
    fault: MatchFault
    line_place: int
    difference: str
    reason: str


@dataclass(frozen=True, slots=True)
class NewDispute:
    """Why an invoice is disputed.

    Attributes:
        found_on: the day on which the fault was found.
        notified_on, notified_how: the supplier was told by telephone or in person, when and whom; none: they are yet to be told.
    """

    invoice_id: int
    reason: DisputeReason
    words: str
    found_on: date
    notified_on: date | None = None
    notified_how: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a dispute ended, on which day."""

    dispute_id: int
    closed_on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class NewMeter:
    """A meter under an account with a supplier; the codes are those that its bills are on."""

    supplier_id: int
    account_number: str
    meter: str
    kind: UtilityKind
    site: str
    cost_centre_id: int
    subjective_id: int
    property_id: int | None = None
    registered_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChangedMeter:
    """A meter as it should be."""

    meter_id: int
    version: int
    new: NewMeter
    active: bool = True
