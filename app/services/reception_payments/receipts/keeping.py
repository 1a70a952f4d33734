"""What commands about receipts have in common."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.people import Person
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import FormatNeed
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError

AREAS: Final = frozenset({"reception_payments", "ledger", "rent", "home"})


def found(ctx: Context, receipt_id: int) -> Receipt:
    """A receipt.

    Raises:
        UserError: there is none.
    """
    row = ctx.session.get(Receipt, receipt_id)
    if row is None:
        raise UserError("There is no such receipt.", "Look at the list of receipts.")
    return row


def open_one(ctx: Context, receipt_id: int) -> Receipt:
    """A receipt that the officer may see: none of a restricted record, unless they took it themselves today.

    Raises:
        UserError: there is none, or it is of a restricted record.
    """
    row = found(ctx, receipt_id)
    if row.officer_id == ctx.officer.id and row.recorded_at.astimezone().date() == ctx.clock.today():
        return row
    went = select(ReceiptShare.account_id).where(ReceiptShare.receipt_id == row.id)
    access.open_accounts(ctx, list(ctx.session.scalars(went)))
    return row


def changes(ctx: Context, receipt: Receipt) -> Changes:
    """What a step of a receipt changed: the area, and the accounts that it went to."""
    went = select(ReceiptShare.account_id).where(ReceiptShare.receipt_id == receipt.id)
    return Changes(AREAS, frozenset(ctx.session.scalars(went)))


def reached(ctx: Context, receipt: Receipt) -> tuple[str, bool]:
    """Where the paper of a receipt can be sent, and whether it is printed large: as its payer has it, if they are a holder."""
    person = ctx.session.get(Person, receipt.person_id) if receipt.person_id is not None else None
    if person is None:
        return "", False
    return "" if person.do_not_contact else person.email, person.format_need is FormatNeed.LARGE_PRINT
