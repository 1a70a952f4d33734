"""What the match looks at, as it stands: the order's lines, what came, what was invoiced, and the invoice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.models.values import InvoiceKind, Money, OrderKind, OrderState, PurchaseVat
from app.services.purchase_orders.invoices.dto import CodeShare


@dataclass(frozen=True, slots=True)
class Tolerances:
    """By how much an invoice may differ: of a price the percentage and the amount, whichever is less, count."""

    price_percent: Decimal
    price: Money
    quantity_percent: Decimal
    vat: Money


@dataclass(frozen=True, slots=True)
class Ordered:
    """A line of the order; quantities in thousandths of a unit, prices in thousandths of a penny.

    Attributes:
        before, before_pence: what other invoices of it, approved or waiting, less credit notes, charged before VAT.
        codes: with the shares of the line's whole cost.
    """

    line_id: int
    place: int
    description: str
    unit: str
    labour: bool
    quantity: int
    cancelled: int
    received: int
    before: int
    before_pence: int
    price: int
    vat_kind: PurchaseVat
    vat_recovered: bool
    codes: tuple[CodeShare, ...] = ()


@dataclass(frozen=True, slots=True)
class Charged:
    """A line of the invoice.

    Attributes:
        rate: of its kind of VAT on the invoice's date, in percent.
        credited, credited_pence: of this line by credit notes of this invoice that aren't approved yet.
        codes: as typed; nothing: by the order line's own.
    """

    line_id: int | None
    place: int
    order_line_id: int | None
    description: str
    quantity: int
    price: int
    net: Money
    vat_kind: PurchaseVat
    vat: Money
    rate: Decimal
    vat_recovered: bool
    credited: int = 0
    credited_pence: int = 0
    codes: tuple[CodeShare, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """The order that an invoice is of."""

    order_id: int
    number: str
    kind: OrderKind
    state: OrderState
    supplier_id: int | None
    closed_why: str
    lines: tuple[Ordered, ...]


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice with all that the match holds it against.

    Attributes:
        order_needed: by policy and category; `band` is what an amount without an order is by standing orders.
        vat_registered: the supplier has a VAT number.
        suspected: sentences about invoices that it may be a copy of.
        credited_gross: of a credit note, what is left of the invoice that it credits; none: it credits none.
        warnings: what is said without standing in the way.
    """

    kind: InvoiceKind
    supplier_id: int
    supplier: str
    net: Money
    vat: Money
    lines: tuple[Charged, ...]
    order: OrderFacts | None
    quoted: str
    order_needed: bool
    band: str
    vat_registered: bool
    suspected: tuple[str, ...] = ()
    credited_gross: Money | None = None
    warnings: tuple[str, ...] = ()
