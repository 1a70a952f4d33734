"""Interest and compensation in the book of budgets: spent on the codes of the invoice that was paid late, once they are paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine
from app.models.values import PaidPart, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.amounts import shares
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.payments.dto import PARTS, invoice_number

LATE: Final = (PaidPart.INTEREST, PaidPart.COMPENSATION)


def book(ctx: Context, line_ids: Collection[int], on: date, *, back: bool = False) -> None:
    """Book what lines of runs pay for being late, with the day as the day of the book; `back`: it came back.

    It goes to the budgets of the invoice by the weight of each, of the financial year of the day where they are there.
    """
    by_run: defaultdict[int, list[tuple[int, int, date, str]]] = defaultdict(list)
    for chunk in in_chunks(sorted(line_ids)):
        rows = (
            select(SupplierPaymentLine, SupplierPayment.run_id, SupplierInvoice.number)
            .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
            .join(SupplierInvoice, SupplierInvoice.id == SupplierPaymentLine.invoice_id)
            .where(SupplierPaymentLine.id.in_(chunk), SupplierPaymentLine.part.in_(LATE))
            .order_by(SupplierPaymentLine.id)
        )
        found = ctx.session.execute(rows).all()
        weights = _weights(ctx, {row.SupplierPaymentLine.invoice_id for row in found}, on)
        for row in found:
            line, bears = row.SupplierPaymentLine, weights.get(row.SupplierPaymentLine.invoice_id, {})
            if sum(bears.values()) <= 0:
                continue
            words = f"{PARTS[line.part]}, {invoice_number(row.number)}{', came back' if back else ''}"
            parts = zip(bears, shares(line.pence, list(bears.values())), strict=True)
            by_run[row.run_id] += [(budget, -part if back else part, on, words) for budget, part in parts if part]
    for run_id, items in sorted(by_run.items()):
        budgets.spend(ctx, items, Subject.SUPPLIER_RUN, run_id)


def _weights(ctx: Context, invoice_ids: Collection[int], on: date) -> dict[int, dict[int, int]]:
    """By invoice what each budget bears of it, as its codes stand now."""
    rows = (
        select(InvoiceLine.invoice_id, InvoiceSplit.budget_id, func.sum(InvoiceSplit.pence).label("pence"))
        .join(InvoiceSplit, InvoiceSplit.line_id == InvoiceLine.id)
        .where(InvoiceLine.invoice_id.in_(sorted(invoice_ids)))
        .group_by(InvoiceLine.invoice_id, InvoiceSplit.budget_id)
        .order_by(InvoiceLine.invoice_id, InvoiceSplit.budget_id)
    )
    borne = [(row.invoice_id, row.budget_id, int(row.pence)) for row in ctx.session.execute(rows)]
    now = budgets.in_year(ctx, {budget_id for _, budget_id, _ in borne}, year_of(on)) if borne else {}
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for invoice_id, budget_id, pence in borne:
        there = now.get(budget_id, budget_id)
        found[invoice_id][there] = found[invoice_id].get(there, 0) + pence
    return found
