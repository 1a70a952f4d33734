"""What waits to be handed over, the files that were made and taken, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import case, func, select, true

from app.models.documents import Document
from app.models.officers import Officer
from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.finance import FinanceFile, FinanceFileItem
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import FinanceFileKind, Money, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.finance.handing import gathering
from app.services.purchase_orders.finance.handing.dto import HANDED, FileRow, ItemRow, ToHand
from app.services.purchase_orders.orders import keeping as orders


def to_hand(ctx: Context) -> tuple[ToHand, ...]:
    """How much of each kind waits to be handed over."""
    return tuple(ToHand(kind, len(gathering.waiting(ctx, kind))) for kind in HANDED)


def files(ctx: Context, kind: FinanceFileKind | None = None, most: int = 200) -> tuple[FileRow, ...]:
    """The files that went and came, the latest first."""
    answered = func.sum(case((FinanceFileItem.answered_at.is_not(None), 1), else_=0))
    rejected = func.sum(case((FinanceFileItem.rejected == true(), 1), else_=0))
    sums = (
        select(FinanceFileItem.file_id, answered.label("answered"), rejected.label("rejected"))
        .group_by(FinanceFileItem.file_id)
        .subquery()
    )
    statement = (
        select(FinanceFile, Officer.name, sums.c.answered, sums.c.rejected)
        .join(Officer, Officer.id == FinanceFile.officer_id)
        .join(sums, sums.c.file_id == FinanceFile.id, isouter=True)
        .order_by(FinanceFile.id.desc())
        .limit(most)
    )
    if kind is not None:
        statement = statement.where(FinanceFile.kind == kind)
    return tuple(
        FileRow(
            row.id,
            row.number,
            row.kind,
            row.file_name,
            row.count,
            Money(row.pence),
            officer,
            row.at,
            replied or 0,
            refused or 0,
        )
        for row, officer, replied, refused in ctx.session.execute(statement)
    )


def items(ctx: Context, file_id: int) -> tuple[ItemRow, ...]:
    """The records that a file took, those that were rejected first."""
    rows = ctx.session.scalars(
        select(FinanceFileItem)
        .where(FinanceFileItem.file_id == file_id)
        .order_by(FinanceFileItem.rejected.desc(), FinanceFileItem.subject_id)
    ).all()
    named = _named(ctx, rows)
    return tuple(
        ItemRow(
            row.subject,
            row.subject_id,
            *named.get((row.subject, row.subject_id), ("", "")),
            row.answer,
            row.answered_at.astimezone().date() if row.answered_at else None,
            row.rejected,
        )
        for row in rows
    )


def content(ctx: Context, file_id: int) -> bytes:
    """A file as it was made or came.

    Raises:
        UserError: it isn't kept.
    """
    kept = (
        select(Document.content)
        .join(FinanceFile, FinanceFile.document_sha256 == Document.sha256)
        .where(FinanceFile.id == file_id)
    )
    found = ctx.session.scalars(kept).first()
    if found is None:
        raise UserError("This file isn't kept.", "Its transactions are.")
    return found


def _named(ctx: Context, rows: Sequence[FinanceFileItem]) -> dict[tuple[Subject, int], tuple[str, str]]:
    """The number of each record, and what it is."""
    begins = orders.prefix(ctx)
    readers: dict[Subject, tuple[Any, Callable[[Any], tuple[str, str]]]] = {
        Subject.SUPPLIER: (
            select(Supplier.id, Supplier.number, Supplier.name),
            lambda row: (f"S{row.number:05}", row.name),
        ),
        Subject.PURCHASE_ORDER: (
            select(PurchaseOrder.id, PurchaseOrder.number, PurchaseOrder.requisition, PurchaseOrder.title),
            lambda row: (orders.written(begins, row.number, row.requisition), row.title),
        ),
        Subject.GOODS_RECEIPT: (
            select(GoodsReceipt.id, GoodsReceipt.number, PurchaseOrder.title).join(
                PurchaseOrder, PurchaseOrder.id == GoodsReceipt.order_id
            ),
            lambda row: (f"GR{row.number:05}", row.title),
        ),
        Subject.CODE_TRANSFER: (
            select(CodeTransfer.id, CodeTransfer.number, CodeTransfer.pence, CodeTransfer.reason),
            lambda row: (f"JT{row.number:05}", f"{Money(row.pence)}: {row.reason}"),
        ),
    }
    found: dict[tuple[Subject, int], tuple[str, str]] = {}
    for subject, (statement, words) in readers.items():
        key = statement.selected_columns[0]
        for chunk in in_chunks(sorted({row.subject_id for row in rows if row.subject is subject})):
            for row in ctx.session.execute(statement.where(key.in_(chunk))):
                found[subject, row.id] = words(row)
    return found
