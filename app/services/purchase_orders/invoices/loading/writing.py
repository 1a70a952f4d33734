"""Writing many invoices down at once, a few statements for hundreds of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceState, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.search_index import index_records
from app.services.ledger import numbering
from app.services.purchase_orders.invoices import keeping, writing
from app.services.purchase_orders.invoices.dto import NewInvoice
from app.services.purchase_orders.invoices.rules import clock as clocks
from app.services.purchase_orders.invoices.rules.likeness import number_key

_AT_ONCE: Final = 400


def write_all(ctx: Context, many: Sequence[NewInvoice]) -> list[str]:
    """Log invoices that were looked through, in their order; their numbers as they are written.

    They come without labour, retention, readings or a paper: nothing of a file says those.

    Raises:
        UserError: an order that one quotes is about an account that the officer may not work on.
        Cancelled: the officer asked for it.
    """
    number = numbering.take(ctx, "supplier_invoice", len(many))
    suppliers = _suppliers(ctx, {new.supplier_id for new in many})
    written: list[str] = []
    for part in in_chunks(many, _AT_ONCE):
        ctx.cancel.check()
        rows = [_row(ctx, new, suppliers[new.supplier_id][0], number + at) for at, new in enumerate(part, len(written))]
        ctx.session.add_all(rows)
        ctx.session.flush()
        _write_lines(ctx, rows, part)
        texts = {row.id: (keeping.number(row), row.supplier_number, suppliers[row.supplier_id][1]) for row in rows}
        index_records(ctx, Subject.SUPPLIER_INVOICE, {each: list(words) for each, words in texts.items()})
        written += [keeping.number(row) for row in rows]
        ctx.progress(len(written), len(many), "Logging invoices")
    return written


def _suppliers(ctx: Context, ids: set[int]) -> dict[int, tuple[int, str]]:
    """The category and the name of suppliers."""
    found: dict[int, tuple[int, str]] = {}
    for chunk in in_chunks(sorted(ids)):
        rows = select(Supplier.id, Supplier.category_id, Supplier.name).where(Supplier.id.in_(chunk))
        found |= {row.id: (row.category_id, row.name) for row in ctx.session.execute(rows)}
    return found


def _row(ctx: Context, new: NewInvoice, category_id: int, number: int) -> SupplierInvoice:
    order = writing.order_of(ctx, new) if new.order_quoted else None
    row = SupplierInvoice(
        entry_key=new.entry_key,
        number=number,
        kind=new.kind,
        state=InvoiceState.LOGGED,
        supplier_id=new.supplier_id,
        supplier_number=" ".join(new.supplier_number.split()),
        number_key=number_key(new.supplier_number),
        invoice_on=new.invoice_on,
        received_on=new.received_on,
        due_on=new.due_on,
        order_id=order.id if order is not None else None,
        order_quoted=" ".join(new.order_quoted.split()),
        category_id=order.category_id if order is not None else category_id,
        net_pence=new.net.pence,
        vat_pence=new.vat.pence,
        labour_pence=0,
        cis_pence=0,
        retention_pence=0,
        note="",
        finance_reference="",
        settled_why="",
        logged_by=ctx.officer.id,
        logged_at=ctx.clock.now(),
    )
    row.pay_by_on = clocks.clock(keeping.timing(ctx, row, ()), ctx.clock.today()).last_on
    return row


def _write_lines(ctx: Context, rows: Sequence[SupplierInvoice], part: Sequence[NewInvoice]) -> None:
    made: list[tuple[InvoiceLine, int]] = []
    for row, new in zip(rows, part, strict=True):
        for place, each in enumerate(new.lines, 1):
            line = InvoiceLine(
                invoice_id=row.id,
                place=place,
                description=each.description[:200],
                quantity=each.quantity,
                price=each.price,
                vat=each.vat_kind,
                vat_recovered=each.vat_recovered,
                net_pence=(each.net if each.net is not None else new.net).pence,
                vat_pence=each.vat.pence,
            )
            made.append((line, each.splits[0].budget_id if each.splits else 0))
    ctx.session.add_all(line for line, _ in made)
    ctx.session.flush()
    ctx.session.add_all(
        InvoiceSplit(line_id=line.id, place=1, budget_id=budget_id, pence=line.net_pence)
        for line, budget_id in made
        if budget_id
    )
    ctx.session.flush()
