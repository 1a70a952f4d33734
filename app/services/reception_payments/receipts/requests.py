"""The void of a receipt as a kind of request: a second officer approves it on the day of the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.receipts import Receipt
from app.models.values import ApprovalState, Money, MoneyReceiptState, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.receipts import keeping, listing, rules, undoing

VOID: Final = "receipt_void"


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            VOID, "Receipt to be void", Permission.APPROVE_RECEIPTS, _apply, _details, ended=_ended, took=_took
        )
    )


def ask(ctx: Context, row: Receipt, number: str, why: str) -> int:
    """Ask a second officer to void a receipt; the request.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    amount = Money(row.pence)
    return approvals.ask(
        ctx,
        NewRequest(
            kind=VOID,
            subject=Subject.RECEIPT,
            subject_id=row.id,
            summary=f"Receipt {number} of {amount} to be void",
            reason=why,
            payload={"receipt_id": row.id, "pence": row.pence},
            total=amount,
            largest=amount,
            chain=f"receipt:{row.id}",
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    why = approvals.found(ctx, row.request_id).reason if row.request_id is not None else ""
    undoing.undo(ctx, row, ctx.clock.today(), MoneyReceiptState.VOID, why)
    return keeping.changes(ctx, row)


def _took(receipt_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever took the payment doesn't approve its void."""
    return (select(Receipt.id, Receipt.officer_id).where(Receipt.id.in_(receipt_ids)),)


def _ended(ctx: Context, payload: Payload, _state: ApprovalState, _reason: str) -> None:
    """It stands as it did; one that came back meanwhile is left as it is."""
    row = ctx.session.get(Receipt, payload["receipt_id"])
    if row is not None and row.state is MoneyReceiptState.VOID_ASKED:
        row.state = MoneyReceiptState.TAKEN


def _waiting(ctx: Context, payload: Payload) -> Receipt:
    row = ctx.session.get(Receipt, payload["receipt_id"])
    if row is None or row.state is not MoneyReceiptState.VOID_ASKED:
        raise UserError("This receipt doesn't wait for its void any more.", "Look at it on the page Reception.")
    return row


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """What was taken, how, and where it went."""
    row = ctx.session.get(Receipt, payload["receipt_id"])
    if row is None:
        return ()
    went = listing.shares_of(ctx, [row.id])[row.id]
    return (
        Detail("Receipt", undoing.number_of(ctx, row), "Void"),
        Detail("Paid by", rules.METHODS[row.taken_by], ""),
        *(Detail(share.reference or share.name, str(share.amount), str(Money(0))) for share in went),
    )
