"""What is awaited of open orders, what came of one, and the sheet of a receipt."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from app.models.purchase_orders.orders import OrderLine, PurchaseOrder, WorksOrder
from app.models.purchase_orders.receipts import GoodsReceipt, GoodsReceiptLine
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import BlockScope, Money, OrderKind, OrderState, Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.finding import has_word
from app.services.core.ids import read_ids
from app.services.core.officers import officer_names
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.orders.rules import number_key
from app.services.purchase_orders.receipts import keeping, rules
from app.services.purchase_orders.receipts.accruals import accruals
from app.services.purchase_orders.receipts.dto import (
    AwaitedFilter,
    AwaitedRow,
    AwaitedSort,
    FormLine,
    ReceiptForm,
    ReceiptRow,
    ReceivedLine,
)
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.workbench.listing import Totals

__all__ = ["accruals", "detail", "form", "ids", "of_order", "rows", "totals", "totals_of"]

_LEFT: Final[Any] = OrderLine.quantity - OrderLine.cancelled - OrderLine.received
_AMOUNT: Final[Any] = OrderLine.net_pence * _LEFT / OrderLine.quantity
_SORTS: Final[dict[AwaitedSort, Any]] = {
    AwaitedSort.ORDER: PurchaseOrder.number,
    AwaitedSort.SUPPLIER: Supplier.name,
    AwaitedSort.DESCRIPTION: OrderLine.description,
    AwaitedSort.WANTED: PurchaseOrder.wanted_on,
    AwaitedSort.AMOUNT: _AMOUNT,
}


def ids(ctx: Context, wanted: AwaitedFilter, sort: AwaitedSort, *, descending: bool) -> array[int]:
    """The numbers of the lines that are awaited, in order; lines of one order stand together."""
    key = _SORTS[sort]
    beside = () if sort is AwaitedSort.ORDER else (PurchaseOrder.number,)
    order = (key.desc() if descending else key, *beside, OrderLine.place, OrderLine.id)
    return read_ids(ctx.session, _awaited(ctx, wanted, OrderLine.id).order_by(*order), ctx.cancel)


def rows(ctx: Context, line_ids: Sequence[int]) -> tuple[AwaitedRow, ...]:
    """The lines with these numbers; of works in the home of a restricted record a list says nothing to anybody."""
    found: list[AwaitedRow] = []
    shut = access.restricted_accounts(ctx) if line_ids else frozenset()
    for chunk in in_chunks(line_ids):
        read = (
            select(OrderLine, PurchaseOrder, Supplier.name, WorksOrder.account_id)
            .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
            .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
            .outerjoin(WorksOrder, WorksOrder.order_id == PurchaseOrder.id)
            .where(OrderLine.id.in_(chunk))
        )
        for line, order, supplier, account_id in ctx.session.execute(read):
            found.append(_row(ctx, line, order, supplier or "", shut=account_id in shut))
    return tuple(found)


def totals(ctx: Context, wanted: AwaitedFilter) -> Totals:
    """How many lines are awaited, and what they come to before VAT."""
    count, pence = ctx.session.execute(_awaited(ctx, wanted, *_sums())).one()
    return Totals(count, Money(int(pence)))


def totals_of(ctx: Context, line_ids: Sequence[int]) -> Totals:
    """What some lines come to."""
    found = Totals()
    for chunk in in_chunks(line_ids):
        count, pence = ctx.session.execute(select(*_sums()).where(OrderLine.id.in_(chunk))).one()
        found += Totals(count, Money(int(pence)))
    return found


def form(ctx: Context, order_id: int) -> ReceiptForm:
    """What the sheet of a receipt begins with.

    Raises:
        UserError: there is no such order, or it is of a restricted record that the officer may not open.
    """
    access.open_subject(ctx, Subject.PURCHASE_ORDER, order_id)
    order = orders.order(ctx, order_id)
    today = ctx.clock.today()
    supplier = suppliers.supplier(ctx, order.supplier_id).name if order.supplier_id else ""
    percent = Decimal(ctx.policy.value("purchasing.over_receipt", today))
    lines = [_form_line(line, percent) for line in orders.lines(ctx, order_id)]
    held = suppliers.blocked(ctx, [order.supplier_id or 0], BlockScope.ORDERS, today)
    return ReceiptForm(
        order.id,
        order.version,
        orders.number_of(ctx, order),
        order.title,
        supplier,
        tuple(lines),
        today,
        held.get(order.supplier_id or 0, ""),
        _refused(ctx, order),
    )


def of_order(ctx: Context, order_id: int) -> tuple[ReceiptRow, ...]:
    """The receipts of an order, the latest first.

    Raises:
        UserError: it is of a restricted record that the officer may not open.
    """
    access.open_subject(ctx, Subject.PURCHASE_ORDER, order_id)
    return _receipts(ctx, GoodsReceipt.order_id == order_id)


def detail(ctx: Context, receipt_id: int) -> ReceiptRow:
    """One receipt.

    Raises:
        UserError: there is none, or it is of a restricted record that the officer may not open.
    """
    row = keeping.receipt(ctx, receipt_id)
    return next(each for each in of_order(ctx, row.order_id) if each.receipt_id == receipt_id)


def _awaited(ctx: Context, wanted: AwaitedFilter, *columns: ColumnElement[Any] | Any) -> Select[Any]:
    statement = (
        select(*columns)
        .select_from(OrderLine)
        .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
        .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .where(
            PurchaseOrder.state == OrderState.OPEN,
            PurchaseOrder.kind.not_in((OrderKind.TEMPLATE, OrderKind.AGREEMENT)),
            _LEFT > 0,
        )
    )
    for word in wanted.text.split():
        number = number_key(word)
        by_words = has_word(word, PurchaseOrder.title, Supplier.name, OrderLine.description)
        statement = statement.where(by_words if number is None else by_words | (PurchaseOrder.number == number))
    if wanted.text and (shut := access.closed_accounts(ctx)):
        of_shut = select(WorksOrder.order_id).where(WorksOrder.account_id.in_(sorted(shut)[:900]))
        statement = statement.where(PurchaseOrder.id.not_in(of_shut))
    if wanted.order_id is not None:
        statement = statement.where(PurchaseOrder.id == wanted.order_id)
    if wanted.supplier_id is not None:
        statement = statement.where(PurchaseOrder.supplier_id == wanted.supplier_id)
    if wanted.late:
        statement = statement.where(PurchaseOrder.wanted_on < ctx.clock.today())
    elif wanted.late is False:
        on_time = PurchaseOrder.wanted_on.is_(None) | (PurchaseOrder.wanted_on >= ctx.clock.today())
        statement = statement.where(on_time)
    return statement


def _sums() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.count(OrderLine.id), func.coalesce(func.sum(_AMOUNT), 0)


def _row(ctx: Context, line: OrderLine, order: PurchaseOrder, supplier: str, *, shut: bool) -> AwaitedRow:
    left = rules.Standing(line.description, line.unit, line.quantity, line.cancelled, line.received, line.invoiced).left
    late = (ctx.clock.today() - order.wanted_on).days if order.wanted_on else 0
    return AwaitedRow(
        line.id,
        order.id,
        orders.number_of(ctx, order),
        access.RESTRICTED_NAME if shut else order.title,
        order.supplier_id,
        supplier,
        access.RESTRICTED_NAME if shut else line.description,
        line.unit,
        line.quantity - line.cancelled,
        line.received,
        left,
        Money(amounts.net(left, line.price)),
        order.wanted_on,
        max(0, late),
    )


def _form_line(line: OrderLine, percent: Decimal) -> FormLine:
    stands = keeping.standing(line)
    return FormLine(
        line.id,
        line.place,
        line.description,
        line.unit,
        line.price,
        line.quantity,
        line.cancelled,
        line.received,
        line.invoiced,
        stands.left,
        rules.most(stands, percent),
    )


def _refused(ctx: Context, order: PurchaseOrder) -> str:
    why = keeping.why_not(ctx, order)
    if why:
        return why
    try:
        keeping.refuse_received_by(ctx, order)
    except UserError as error:
        return str(error)
    return ""


def _receipts(ctx: Context, which: ColumnElement[bool]) -> tuple[ReceiptRow, ...]:
    wrong = aliased(GoodsReceipt)
    found = ctx.session.execute(
        select(GoodsReceipt, PurchaseOrder, Supplier.name, wrong)
        .join(PurchaseOrder, PurchaseOrder.id == GoodsReceipt.order_id)
        .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .outerjoin(wrong, wrong.id == GoodsReceipt.corrects_id)
        .where(which)
        .order_by(GoodsReceipt.number.desc())
    ).all()
    names = officer_names(ctx.session, [row.received_by for row, *_ in found])
    lines = _lines(ctx, [row.id for row, *_ in found])
    stands = _stands(ctx, [row.id for row, *_ in found])
    put_right: dict[int, list[str]] = {}
    for row, *_ in reversed(found):
        if row.corrects_id is not None:
            put_right.setdefault(row.corrects_id, []).append(keeping.number(row))
    return tuple(
        ReceiptRow(
            row.id,
            keeping.number(row),
            row.kind,
            row.order_id,
            orders.number_of(ctx, order),
            supplier or "",
            row.received_on,
            names.get(row.received_by, ""),
            row.delivery_note,
            row.reason,
            keeping.number(corrected) if row.corrects_id else "",
            tuple(put_right.get(row.id, ())),
            row.document_sha256,
            tuple(lines.get(row.id, ())),
            tuple(stands.get(row.id, {}).items()),
        )
        for row, order, supplier, corrected in found
    )


def _stands(ctx: Context, receipt_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """What each receipt comes to by line, with those that put it right."""
    found: dict[int, dict[int, int]] = {}
    of = func.coalesce(GoodsReceipt.corrects_id, GoodsReceipt.id)
    for chunk in in_chunks(receipt_ids):
        sums = (
            select(
                of.label("receipt_id"), GoodsReceiptLine.line_id, func.sum(GoodsReceiptLine.quantity).label("quantity")
            )
            .join(GoodsReceipt, GoodsReceipt.id == GoodsReceiptLine.receipt_id)
            .where(of.in_(chunk))
            .group_by(of, GoodsReceiptLine.line_id)
        )
        for row in ctx.session.execute(sums):
            found.setdefault(row.receipt_id, {})[row.line_id] = row.quantity
    return found


def _lines(ctx: Context, receipt_ids: Sequence[int]) -> dict[int, list[ReceivedLine]]:
    found: dict[int, list[ReceivedLine]] = {}
    for chunk in in_chunks(receipt_ids):
        read = (
            select(GoodsReceiptLine, OrderLine)
            .join(OrderLine, OrderLine.id == GoodsReceiptLine.line_id)
            .where(GoodsReceiptLine.receipt_id.in_(chunk))
            .order_by(GoodsReceiptLine.receipt_id, OrderLine.place)
        )
        for moved, line in ctx.session.execute(read):
            found.setdefault(moved.receipt_id, []).append(
                ReceivedLine(line.id, line.place, line.description, line.unit, moved.quantity, Money(moved.pence))
            )
    return found
