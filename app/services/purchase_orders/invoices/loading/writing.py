"""Writing many invoices down at once, a few statements for hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Table, insert, select

from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceState, Subject
from app.services.core import access, audit
from app.services.core.calendars import WorkingDays
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.search_index import index_records
from app.services.diary.calendar import office_days
from app.services.ledger import numbering
from app.services.purchase_orders.invoices import keeping, writing
from app.services.purchase_orders.invoices.dto import NewInvoice
from app.services.purchase_orders.invoices.rules import clock as clocks
from app.services.purchase_orders.invoices.rules.likeness import number_key

_AT_ONCE: Final = 400
_INVOICES: Final[Table] = SupplierInvoice.metadata.tables["supplier_invoice"]
_LINES: Final[Table] = InvoiceLine.metadata.tables["invoice_line"]
_SPLITS: Final[Table] = InvoiceSplit.metadata.tables["invoice_split"]
_GIVEN: Final = (
    "entry_key number kind state supplier_id supplier_number number_key invoice_on received_on due_on pay_by_on order_id "
    "order_quoted category_id net_pence vat_pence logged_by logged_at"
).split()
"""The columns that a file gives; the rest stand at their defaults."""


def write_all(ctx: Context, many: Sequence[NewInvoice]) -> list[str]:
    """Log invoices that were looked through, in their order; their numbers as they are written.

    They come without labour, retention, readings or a paper: nothing of a file says those.

    Raises:
        UserError: an order that one quotes is about an account that the officer may not work on.
        Cancelled: the officer asked for it.
    """
    number = numbering.take(ctx, "supplier_invoice", len(many))
    suppliers, office = _suppliers(ctx, {new.supplier_id for new in many}), office_days(ctx)
    written: list[str] = []
    for part in in_chunks(many, _AT_ONCE):
        ctx.cancel.check()
        first = number + len(written)
        rows = [
            _row(ctx, new, order, suppliers[new.supplier_id][0], first + at, office)
            for at, (new, order) in enumerate(zip(part, _orders(ctx, part), strict=True))
        ]
        _insert(ctx, _INVOICES, rows)
        between = _INVOICES.c.number.between(first, first + len(rows) - 1)
        ids = list(ctx.session.scalars(select(_INVOICES.c.id).where(between).order_by(_INVOICES.c.number)))
        _write_lines(ctx, ids, part)
        texts: dict[int, Iterable[str | None]] = {
            invoice_id: [keeping.written(row["number"]), row["supplier_number"], suppliers[row["supplier_id"]][1]]
            for invoice_id, row in zip(ids, rows, strict=True)
        }
        index_records(ctx, Subject.SUPPLIER_INVOICE, texts)
        written += [keeping.written(row["number"]) for row in rows]
        ctx.progress(len(written), len(many), "Logging invoices")
    for table, count in (
        (_INVOICES, len(many)),
        (_LINES, sum(len(new.lines) for new in many)),
        (_SPLITS, sum(bool(each.splits) for new in many for each in new.lines)),
    ):
        if count:
            audit.record_bulk(ctx, table.name, "insert", rows=count, first=written[0], last=written[-1])
    return written


def _suppliers(ctx: Context, ids: set[int]) -> dict[int, tuple[int, str]]:
    """The category and the name of suppliers."""
    found: dict[int, tuple[int, str]] = {}
    for chunk in in_chunks(sorted(ids)):
        rows = select(Supplier.id, Supplier.category_id, Supplier.name).where(Supplier.id.in_(chunk))
        found |= {row.id: (row.category_id, row.name) for row in ctx.session.execute(rows)}
    return found


def _orders(ctx: Context, part: Sequence[NewInvoice]) -> list[PurchaseOrder | None]:
    """The order of each.

    Raises:
        UserError: one is about an account that the officer may not work on.
    """
    found = writing.orders_quoted(ctx, part)
    for order_id in sorted({order.id for order in found if order is not None}):
        access.touch_subject(ctx, Subject.PURCHASE_ORDER, order_id)
    return found


def _row(
    ctx: Context, new: NewInvoice, order: PurchaseOrder | None, category_id: int, number: int, office: WorkingDays
) -> dict[str, Any]:
    """The columns of an invoice with its last day to pay."""
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
        logged_by=ctx.officer.id,
        logged_at=ctx.clock.now(),
    )
    row.pay_by_on = clocks.clock(keeping.timing(ctx, row, (), office), ctx.clock.today()).last_on
    return {name: getattr(row, name) for name in _GIVEN} | {"version": 1}


def _write_lines(ctx: Context, invoice_ids: Sequence[int], part: Sequence[NewInvoice]) -> None:
    lines = [
        {
            "invoice_id": invoice_id,
            "place": place,
            "description": each.description[:200],
            "quantity_thousandths": each.quantity,
            "price_thousandths": each.price,
            "vat": each.vat_kind,
            "vat_recovered": each.vat_recovered,
            "net_pence": (each.net if each.net is not None else new.net).pence,
            "vat_pence": each.vat.pence,
        }
        for invoice_id, new in zip(invoice_ids, part, strict=True)
        for place, each in enumerate(new.lines, 1)
    ]
    _insert(ctx, _LINES, lines)
    found = select(_LINES.c.id, _LINES.c.invoice_id, _LINES.c.place).where(_LINES.c.invoice_id.in_(invoice_ids))
    ids = {(row.invoice_id, row.place): row.id for row in ctx.session.execute(found)}
    splits = [
        {
            "line_id": ids[invoice_id, place],
            "place": 1,
            "budget_id": each.splits[0].budget_id,
            "pence": (each.net if each.net is not None else new.net).pence,
        }
        for invoice_id, new in zip(invoice_ids, part, strict=True)
        for place, each in enumerate(new.lines, 1)
        if each.splits
    ]
    _insert(ctx, _SPLITS, splits)


def _insert(ctx: Context, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        ctx.session.execute(insert(table), rows)
