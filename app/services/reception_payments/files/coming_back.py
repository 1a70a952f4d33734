"""Receipts that a file takes back: off their accounts, or into suspense where something was done with them since."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.reception_payments.files import ReceiptFile, ReceiptFileLine
from app.models.reception_payments.receipts import Receipt
from app.models.values import MoneyReceiptState, ReceiptLineState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.reception_payments.files import posting
from app.services.reception_payments.files.dto import Placed
from app.services.reception_payments.receipts import undoing


def take_back(ctx: Context, row: ReceiptFile, placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """Take back the receipts of a file's lines; where each line went in the end."""
    return tuple(each if each.receipt_id is None else _take_back(ctx, row, each) for each in placed)


def _take_back(ctx: Context, row: ReceiptFile, each: Placed) -> Placed:
    receipt = ctx.session.get_one(Receipt, each.receipt_id)
    words = f"Came back by receipt file {row.number}, line {each.line.place}"
    at = ReceiptFileLine.file_id == row.id, ReceiptFileLine.place == each.line.place
    line = ctx.session.scalars(select(ReceiptFileLine).where(*at)).one()
    try:
        with ctx.session.begin_nested():
            line.journal = undoing.undo(ctx, receipt, line.paid_on, MoneyReceiptState.RETURNED, words)
    except UserError as refused:
        ctx.session.refresh(receipt)
        line.receipt_id, line.why = None, refused.message[:200]
        posting.post_later(ctx, row, [line])
        return each._replace(state=ReceiptLineState.SUSPENSE, receipt_id=None)
    ctx.session.flush()
    return each
