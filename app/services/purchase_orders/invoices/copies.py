"""Looking for invoices that one may be a copy of: the same number, the same amount near the same day, near misses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from app.models.purchase_orders.invoices import InvoiceAccepted, SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceState, MatchFault, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.dto import NewInvoice, Suspect
from app.services.purchase_orders.invoices.rules import likeness
from app.services.purchase_orders.invoices.rules.likeness import Known

_YEAR: Final = timedelta(366)
_MOST: Final = 5
"""So many are named; more would hide the nearest."""
_OPEN: Final = frozenset({InvoiceState.LOGGED, InvoiceState.WAITING})
_FURTHER: Final = (InvoiceState.WAITING, InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID)


def of_new(ctx: Context, new: NewInvoice, but: int | None = None) -> tuple[Suspect, ...]:
    """What an invoice that isn't logged yet, or is being changed, may be a copy of; the same one again first."""
    return _suspects(ctx, known_of(new, but or 0), SupplierInvoice.id != (but or 0))


def of_many(ctx: Context, many: Sequence[NewInvoice]) -> list[tuple[Suspect, ...]]:
    """The same for many that aren't logged yet, in their order, by a few statements."""
    news = [known_of(new) for new in many]
    by_key: dict[str, dict[int, Known]] = {}
    by_sum: dict[tuple[int, int], dict[int, Known]] = {}
    gross = SupplierInvoice.net_pence + SupplierInvoice.vat_pence
    for column, wanted in (
        (SupplierInvoice.number_key, sorted({likeness.number_key(new.supplier_number) for new in news})),
        (gross, sorted({new.gross.pence for new in news})),
    ):
        for chunk in in_chunks(wanted):
            for row, supplier in ctx.session.execute(_standing().where(column.in_(chunk))):
                old = _known(row, supplier)
                by_key.setdefault(row.number_key, {})[row.id] = old
                by_sum.setdefault((row.supplier_id, row.gross_pence), {})[row.id] = old
    found = []
    for new in news:
        same = by_key.get(likeness.number_key(new.supplier_number), {})
        near = by_sum.get((new.supplier_id, new.gross.pence), {})
        days = ctx.policy.number("purchasing.duplicate_days", new.invoice_on)
        found.append(_compared(new, [old for _, old in sorted((same | near).items())], days))
    return found


def of_invoice(ctx: Context, row: SupplierInvoice) -> tuple[Suspect, ...]:
    """The invoices that one may be a copy of: earlier ones, and until it is approved later ones that are further on.

    A later one of which it was said why it is another is left out: whoever approved that has read it.
    """
    others = SupplierInvoice.id < row.id
    if row.state in _OPEN:
        explained = exists().where(
            InvoiceAccepted.invoice_id == SupplierInvoice.id, InvoiceAccepted.fault == MatchFault.DUPLICATE
        )
        others |= and_(SupplierInvoice.id > row.id, SupplierInvoice.state.in_(_FURTHER), ~explained)
    return _suspects(ctx, _known(row, ""), others)


def sentences(ctx: Context, row: SupplierInvoice) -> tuple[str, ...]:
    """The same as sentences, for the match."""
    return tuple(words(each) for each in of_invoice(ctx, row))


def words(suspect: Suspect) -> str:
    """A suspicion as a sentence."""
    return likeness.suspected_words(
        suspect.number, suspect.supplier_number, suspect.gross, suspect.invoice_on, suspect.why
    )


def _suspects(ctx: Context, new: Known, others: ColumnElement[bool]) -> tuple[Suspect, ...]:
    """By index: of the supplier near its day, and whatever has its number."""
    near = (
        (SupplierInvoice.supplier_id == new.supplier_id)
        & (SupplierInvoice.net_pence + SupplierInvoice.vat_pence == new.gross.pence)
        & SupplierInvoice.invoice_on.between(new.invoice_on - _YEAR, new.invoice_on + _YEAR)
    )
    same = SupplierInvoice.number_key == likeness.number_key(new.supplier_number)
    rows = ctx.session.execute(_standing().where(or_(near, same), others))
    days = ctx.policy.number("purchasing.duplicate_days", new.invoice_on)
    return _compared(new, [_known(row, supplier) for row, supplier in rows], days)


def _compared(new: Known, olds: Sequence[Known], days: int) -> tuple[Suspect, ...]:
    found: list[Suspect] = []
    for old in olds:
        same = likeness.exact(new, old)
        why = "the same invoice" if same else likeness.why_suspected(new, old, days)
        if why:
            found.append(
                Suspect(
                    old.invoice_id, old.number, old.supplier_number, old.invoice_on, old.gross, old.state, why, same
                )
            )
    return tuple(sorted(found, key=lambda each: (not each.exact, each.invoice_id))[:_MOST])


def _standing() -> Select[SupplierInvoice, str]:
    return (
        select(SupplierInvoice, Supplier.name)
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .where(SupplierInvoice.state != InvoiceState.CANCELLED)
        .order_by(SupplierInvoice.id)
    )


def _known(row: SupplierInvoice, supplier: str) -> Known:
    return Known(
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


def known_of(new: NewInvoice, invoice_id: int = 0) -> Known:
    """An invoice that isn't logged yet, or is being changed, as far as it may be a copy."""
    gross = new.net + new.vat
    number = new.supplier_number
    return Known(invoice_id, "", new.kind, InvoiceState.LOGGED, new.supplier_id, "", number, new.invoice_on, gross)
