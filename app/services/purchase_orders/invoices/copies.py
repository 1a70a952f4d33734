"""Looking for invoices that one may be a copy of: the same number, the same amount near the same day, near misses."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceState, Money
from app.services.core.context import Context
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.dto import NewInvoice, Suspect
from app.services.purchase_orders.invoices.rules import likeness
from app.services.purchase_orders.invoices.rules.likeness import Known

_MOST = 5
"""So many are named; more would hide the nearest."""


def of_new(ctx: Context, new: NewInvoice, but: int | None = None) -> tuple[Suspect, ...]:
    """What an invoice that isn't logged yet, or is being changed, may be a copy of; the same one again first."""
    known = Known(
        but or 0,
        "",
        new.kind,
        InvoiceState.LOGGED,
        new.supplier_id,
        "",
        new.supplier_number,
        new.invoice_on,
        new.net + new.vat,
    )
    return _suspects(ctx, known, SupplierInvoice.id != (but or 0))


def of_invoice(ctx: Context, row: SupplierInvoice) -> tuple[Suspect, ...]:
    """The earlier invoices that one may be a copy of."""
    known = Known(
        row.id,
        keeping.number(row),
        row.kind,
        row.state,
        row.supplier_id,
        "",
        row.supplier_number,
        row.invoice_on,
        Money(row.gross_pence),
    )
    return _suspects(ctx, known, SupplierInvoice.id < row.id)


def sentences(ctx: Context, row: SupplierInvoice) -> tuple[str, ...]:
    """The same as sentences, for the match."""
    return tuple(words(each) for each in of_invoice(ctx, row))


def words(suspect: Suspect) -> str:
    """A suspicion as a sentence."""
    return likeness.suspected_words(
        suspect.number, suspect.supplier_number, suspect.gross, suspect.invoice_on, suspect.why
    )


def _suspects(ctx: Context, new: Known, others: ColumnElement[bool]) -> tuple[Suspect, ...]:
    days = ctx.policy.number("purchasing.duplicate_days", new.invoice_on)
    found: list[Suspect] = []
    for row, supplier in ctx.session.execute(_candidates(new, others)):
        old = Known(
            row.id,
            keeping.number(row),
            row.kind,
            row.state,
            row.supplier_id,
            supplier,
            row.supplier_number,
            row.invoice_on,
            Money(row.gross_pence),
        )
        same = likeness.exact(new, old)
        why = "the same invoice" if same else likeness.why_suspected(new, old, days)
        if why:
            found.append(
                Suspect(row.id, old.number, old.supplier_number, old.invoice_on, old.gross, old.state, why, exact=same)
            )
    return tuple(sorted(found, key=lambda each: (not each.exact, each.invoice_id))[:_MOST])


def _candidates(new: Known, others: ColumnElement[bool]) -> Select[SupplierInvoice, str]:
    """By index: of the supplier near its day, and whatever has its number."""
    key = likeness.number_key(new.supplier_number)
    near = (
        (SupplierInvoice.supplier_id == new.supplier_id)
        & (SupplierInvoice.net_pence + SupplierInvoice.vat_pence == new.gross.pence)
        & SupplierInvoice.invoice_on.between(new.invoice_on - timedelta(366), new.invoice_on + timedelta(366))
    )
    return (
        select(SupplierInvoice, Supplier.name)
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .where(or_(near, SupplierInvoice.number_key == key), SupplierInvoice.state != InvoiceState.CANCELLED, others)
        .order_by(SupplierInvoice.id)
    )
