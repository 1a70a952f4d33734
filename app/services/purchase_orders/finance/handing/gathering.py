"""The records that wait to be handed over, and the rows that a file has of them; each kind by a few statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, exists, literal, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.finance import FinanceFile, FinanceFileItem
from app.models.purchase_orders.orders import DeliveryPoint, OrderLine, OrderSplit, PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt, GoodsReceiptLine
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import FinanceFileKind, Money, OrderKind, OrderState, SupplierState, TransferState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.exports.dto import Value
from app.services.purchase_orders.amounts import write_price, write_quantity
from app.services.purchase_orders.finance.handing.dto import SUBJECTS
from app.services.purchase_orders.finance.handing.transferring import transfers
from app.services.purchase_orders.orders import keeping as orders

Rows = list[Mapping[str, Value]]
_NOT_HANDED: Final = (OrderKind.TEMPLATE, OrderKind.AGREEMENT)


def waiting(ctx: Context, kind: FinanceFileKind) -> dict[int, int]:
    """The records of a kind that no file has taken as they are now, with the version of each; what was rejected waits for a change."""
    table, version, which = _source(kind)
    taken = exists().where(
        FinanceFileItem.subject == SUBJECTS[kind],
        FinanceFileItem.subject_id == table.id,
        FinanceFileItem.version == version,
        FinanceFileItem.file_id == FinanceFile.id,
        FinanceFile.kind == kind,
    )
    rows = select(table.id, version.label("version")).where(which, ~taken).order_by(table.id)
    return {row.id: row.version for row in ctx.session.execute(rows)}


def _source(kind: FinanceFileKind) -> tuple[Any, Any, Any]:
    """The table of a kind, what counts its versions, and which of its records the finance system is told of."""
    if kind is FinanceFileKind.SUPPLIERS:
        return Supplier, Supplier.version, Supplier.state == SupplierState.ACTIVE
    if kind is FinanceFileKind.REQUISITIONS:
        told = PurchaseOrder.state.in_((OrderState.OPEN, OrderState.CLOSED, OrderState.CANCELLED))
        approved = PurchaseOrder.number.is_not(None) & PurchaseOrder.kind.not_in(_NOT_HANDED)
        return PurchaseOrder, PurchaseOrder.current, told & approved
    if kind is FinanceFileKind.TRANSFERS:
        return CodeTransfer, literal(1), CodeTransfer.state == TransferState.POSTED
    return GoodsReceipt, literal(1), GoodsReceipt.id.is_not(None)


def rows_of(ctx: Context, kind: FinanceFileKind, ids: Sequence[int]) -> Rows:
    """The rows of a file with these records, by field."""
    makers: dict[FinanceFileKind, Callable[[Context, Sequence[int]], Rows]] = {
        FinanceFileKind.SUPPLIERS: _suppliers,
        FinanceFileKind.REQUISITIONS: _requisitions,
        FinanceFileKind.RECEIPTS: _receipts,
        FinanceFileKind.TRANSFERS: transfers,
    }
    return [row for chunk in in_chunks(ids) for row in makers[kind](ctx, chunk)]


def _suppliers(ctx: Context, ids: Sequence[int]) -> Rows:
    rows = (
        select(Supplier, PurchaseCategory.name.label("category"))
        .join(PurchaseCategory, PurchaseCategory.id == Supplier.category_id)
        .where(Supplier.id.in_(ids))
        .order_by(Supplier.number)
    )
    return [
        {
            "number": f"S{each.number:05}",
            "reference": each.finance_reference,
            "name": each.name,
            "trading_as": each.trading_as,
            "address": ", ".join(each.address.splitlines()),
            "contact": each.contact,
            "phone": each.phone,
            "email": each.email,
            "remittance_email": each.remittance_email,
            "company_number": each.company_number,
            "vat_number": each.vat_number,
            "cis": each.cis.value,
            "cis_reference": each.cis_reference,
            "terms_days": each.terms_days,
            "category": category,
        }
        for each, category in ctx.session.execute(rows)
    ]


def _requisitions(ctx: Context, ids: Sequence[int]) -> Rows:
    """A row for each share of each line, in the order of the requisitions."""
    begins = orders.prefix(ctx)
    return [
        {
            "requisition": f"RQ{row.PurchaseOrder.requisition:05}",
            "order": orders.written(begins, row.PurchaseOrder.number, row.PurchaseOrder.requisition),
            "version": row.PurchaseOrder.current,
            "supplier_number": f"S{row.supplier_number:05}",
            "supplier_reference": row.finance_reference,
            "supplier": row.supplier,
            "title": row.PurchaseOrder.title,
            "line": row.OrderLine.place,
            "description": row.OrderLine.description,
            "quantity": _plain(row.OrderLine.quantity - row.OrderLine.cancelled),
            "unit": row.OrderLine.unit,
            "price": write_price(row.OrderLine.price).replace(",", ""),
            "vat": row.OrderLine.vat.value,
            "net": Money(row.OrderLine.net_pence),
            "vat_amount": Money(row.OrderLine.vat_pence),
            "cost_centre": row.cost_centre,
            "subjective": row.subjective,
            "share": Money(row.pence),
            "wanted_on": row.PurchaseOrder.wanted_on,
            "approved_on": row.PurchaseOrder.approved_at and row.PurchaseOrder.approved_at.astimezone().date(),
            "officer": row.officer,
            "delivery": row.delivery or "",
        }
        for row in ctx.session.execute(_shares(ids))
    ]


def _shares(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PurchaseOrder,
            OrderLine,
            OrderSplit.pence,
            Supplier.number.label("supplier_number"),
            Supplier.finance_reference,
            Supplier.name.label("supplier"),
            CostCentre.code.label("cost_centre"),
            SubjectiveCode.code.label("subjective"),
            Officer.name.label("officer"),
            DeliveryPoint.name.label("delivery"),
        )
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .join(OrderSplit, OrderSplit.line_id == OrderLine.id)
        .join(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .join(Budget, Budget.id == OrderSplit.budget_id)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .join(Officer, Officer.id == PurchaseOrder.made_by)
        .join(DeliveryPoint, DeliveryPoint.id == PurchaseOrder.delivery_point_id, isouter=True)
        .where(PurchaseOrder.id.in_(ids))
        .order_by(PurchaseOrder.requisition, OrderLine.place, OrderSplit.place)
    )


def _receipts(ctx: Context, ids: Sequence[int]) -> Rows:
    begins = orders.prefix(ctx)
    receiver = aliased(Officer)
    rows = (
        select(
            GoodsReceipt,
            GoodsReceiptLine.quantity,
            GoodsReceiptLine.pence,
            OrderLine.place,
            OrderLine.description,
            PurchaseOrder.number,
            PurchaseOrder.requisition,
            PurchaseOrder.finance_number,
            receiver.name.label("officer"),
        )
        .join(GoodsReceiptLine, GoodsReceiptLine.receipt_id == GoodsReceipt.id)
        .join(OrderLine, OrderLine.id == GoodsReceiptLine.line_id)
        .join(PurchaseOrder, PurchaseOrder.id == GoodsReceipt.order_id)
        .join(receiver, receiver.id == GoodsReceipt.received_by)
        .where(GoodsReceipt.id.in_(ids))
        .order_by(GoodsReceipt.number, OrderLine.place)
    )
    return [
        {
            "receipt": f"GR{row.GoodsReceipt.number:05}",
            "requisition": f"RQ{row.requisition:05}",
            "order": orders.written(begins, row.number, row.requisition),
            "finance_order": row.finance_number,
            "line": row.place,
            "description": row.description,
            "kind": row.GoodsReceipt.kind.value,
            "quantity": _plain(abs(row.quantity)),
            "amount": Money(row.pence),
            "received_on": row.GoodsReceipt.received_on,
            "officer": row.officer,
            "delivery_note": row.GoodsReceipt.delivery_note,
        }
        for row in ctx.session.execute(rows)
    ]


def _plain(quantity: int) -> str:
    """A quantity as another program reads it, without commas."""
    return write_quantity(quantity).replace(",", "")
