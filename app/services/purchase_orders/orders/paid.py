"""Is it paid? One question by an order's number, an invoice's or a supplier's name, and an answer for each invoice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select

from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import ZERO, InvoiceKind, InvoiceState, Money, PaidPart, SupplierRunState
from app.services.core.context import Context
from app.services.core.folding import like_pattern, words
from app.services.purchase_orders.orders import keeping, rules
from app.services.purchase_orders.orders.dto import PaidAnswer
from app.services.purchase_orders.payments import crediting
from app.services.purchase_orders.suppliers.rules import spelt

MOST: Final = 50
_SAID: Final[Mapping[InvoiceState, str]] = {
    InvoiceState.LOGGED: "Not yet: it is to be matched and approved",
    InvoiceState.WAITING: "Not yet: it waits for approval",
    InvoiceState.APPROVED: "Not yet: approved, and goes in the next run",
    InvoiceState.IN_RUN: "On its way",
    InvoiceState.PAID: "Paid",
    InvoiceState.CANCELLED: "No: it was cancelled",
}


def is_paid(ctx: Context, text: str) -> tuple[PaidAnswer, ...]:
    """Each invoice that a text may mean, the latest first; an order without any is an answer too. At most 50."""
    typed = text.strip()
    if not typed:
        return ()
    found = _of_invoices(ctx, _meant(typed))
    answered = {each.order_id for each in found}
    orders = [row for row in _orders(ctx, typed) if row[0].id not in answered]
    return (*found, *(_without(ctx, row, supplier) for row, supplier in orders))[:MOST]


def _meant(typed: str) -> ColumnElement[bool]:
    """The invoices that a text may mean: their own number, the supplier's, the order's, or the supplier's name."""
    key = "".join(letter for letter in typed.upper() if letter.isalnum())
    meant = [SupplierInvoice.supplier_number == typed, SupplierInvoice.number_key == key]
    number = rules.number_key(typed)
    if number is not None:
        meant.append(PurchaseOrder.number == number)
        if typed.isdigit():
            meant.append(SupplierInvoice.number == number)
    elif key.startswith("IN") and key[2:].isdigit():
        meant.append(SupplierInvoice.number == int(key[2:]))
    meant.append(PurchaseOrder.finance_number == typed)
    named = [Supplier.name.ilike(like_pattern(word), escape="/") for word in words(typed)[:6]]
    return or_(*meant, and_(*named)) if named else or_(*meant)


def _of_invoices(ctx: Context, meant: ColumnElement[bool]) -> tuple[PaidAnswer, ...]:
    read = (
        select(
            SupplierInvoice,
            Supplier.name,
            PurchaseOrder,
            SupplierRun.number,
            SupplierRun.pay_on,
            SupplierRun.state,
            crediting.used(),
        )
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == SupplierInvoice.order_id)
        .outerjoin(
            SupplierPaymentLine,
            (SupplierPaymentLine.invoice_id == SupplierInvoice.id)
            & (SupplierPaymentLine.part == PaidPart.INVOICE)
            & SupplierPaymentLine.stands,
        )
        .outerjoin(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .outerjoin(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
        .where(meant)
        .order_by(SupplierInvoice.received_on.desc(), SupplierInvoice.id.desc())
        .limit(MOST)
    )
    rows = ctx.session.execute(read).all()
    ids = [row[0].id for row in rows]
    open_ = select(InvoiceDispute.invoice_id).where(
        InvoiceDispute.invoice_id.in_(ids), InvoiceDispute.closed_on.is_(None)
    )
    disputed = set(ctx.session.scalars(open_)) if ids else set()
    begins = keeping.prefix(ctx)
    return tuple(_answer(row, begins, disputed=row[0].id in disputed) for row in rows)


def _answer(row: Any, begins: str, *, disputed: bool) -> PaidAnswer:
    invoice: SupplierInvoice = row[0]
    order: PurchaseOrder | None = row[2]
    run = f"PR{row[3]:05}" if row[3] is not None else ""
    return PaidAnswer(
        invoice.id,
        f"IN{invoice.number:05}",
        invoice.supplier_number,
        row[1],
        keeping.written(begins, order.number, order.requisition) if order is not None else "",
        order.id if order is not None else None,
        Money(invoice.gross_pence),
        invoice.state,
        invoice.pay_by_on,
        invoice.paid_on,
        run,
        _in_part(invoice, row[6]) or _words(invoice, run, row[4], row[5], disputed=disputed),
    )


def _in_part(invoice: SupplierInvoice, used: int) -> str:
    """Of a credit note that is taken off in parts how much is and how much is left; else empty."""
    if not used or invoice.state is InvoiceState.PAID:
        return ""
    left = invoice.payable_pence - used
    then = f"{Money(left)} is taken off the next invoices" if left else "all of it in runs that aren't paid yet"
    return f"In part: {Money(used)} is taken off, {then}."


def _words(invoice: SupplierInvoice, run: str, pay_on: Any, at: SupplierRunState | None, *, disputed: bool) -> str:
    if disputed and invoice.state is not InvoiceState.PAID:
        return f"No: it is disputed. To be paid by {spelt(invoice.pay_by_on)} as things stand."
    said = _SAID[invoice.state]
    if invoice.state is InvoiceState.PAID and invoice.paid_on is not None:
        what = "Taken off" if invoice.kind is InvoiceKind.CREDIT_NOTE else "Paid"
        return f"{what} on {spelt(invoice.paid_on)}{f' in run {run}' if run else ''}."
    if invoice.state is InvoiceState.IN_RUN and at is SupplierRunState.WAITING:
        return f"Not yet: in run {run}, which waits for a second officer; with the supplier on {spelt(pay_on)} if approved."
    if invoice.state is InvoiceState.IN_RUN:
        return f"{said} in run {run}, with the supplier on {spelt(pay_on)}." if run else f"{said}."
    if invoice.state is InvoiceState.CANCELLED:
        return f"{said}. {invoice.settled_why}".strip()
    return f"{said}. To be paid by {spelt(invoice.pay_by_on)}."


def _orders(ctx: Context, typed: str) -> list[tuple[PurchaseOrder, str]]:
    """The orders that a text names by number."""
    meant = [PurchaseOrder.finance_number == typed]
    number = rules.number_key(typed)
    if number is not None and not typed.upper().startswith("RQ"):
        meant.append(PurchaseOrder.number == number)
    read = select(PurchaseOrder, Supplier.name).join(Supplier, Supplier.id == PurchaseOrder.supplier_id)
    rows = ctx.session.execute(read.where(or_(*meant)).order_by(PurchaseOrder.id).limit(MOST))
    return [(row[0], row[1]) for row in rows]


def _without(ctx: Context, row: PurchaseOrder, supplier: str) -> PaidAnswer:
    number = keeping.number_of(ctx, row)
    words_ = f"No invoice for {number} has come; the order is {row.state.value}."
    return PaidAnswer(None, "", "", supplier, number, row.id, ZERO, None, None, None, "", words_)
