"""What other tabs and sections hand over to the sections of this tab: `office.show_only("purchase_orders", ...)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.services.purchase_orders.invoices.dto import InvoiceView

MOST_ALONE: Final = 400
"""Invoices that can be handed over to be paid alone: so many numbers stand in the field."""


@dataclass(frozen=True, slots=True)
class InvoicesWanted:
    """The register of invoices by one of its views (None: as it is) and by words that are typed."""

    view: InvoiceView | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReceiveOrder:
    """An order whose lines came: Receiving lists it alone."""

    order_id: int
    number: str


@dataclass(frozen=True, slots=True)
class PayInvoices:
    """Invoices to be paid together, by our own numbers (IN00012): Payments begins a run of them."""

    numbers: tuple[str, ...]
