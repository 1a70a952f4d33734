"""A transfer between codes as a kind of request: the second officer's approval posts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from app.models.purchase_orders.budgets import Budget
from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.values import ApprovalState, InvoiceKind, LimitKind, Money, Subject, TransferState
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import last_day
from app.services.purchase_orders.coding import queries
from app.services.purchase_orders.coding.dto import transfer_number

KIND: Final = "code_transfer"
_CHANGES: Final = Changes(frozenset({"purchase_orders", "approvals"}))


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            KIND,
            "Transfer between codes",
            Permission.APPROVE_BUDGETS,
            _apply,
            _details,
            limit=LimitKind.ORDER,
            ended=_ended,
            took=_took,
        )
    )


def ask(ctx: Context, transfer: CodeTransfer) -> int:
    """Ask a second officer for a transfer; the request.

    Raises:
        UserError: the office has one officer.
    """
    amount = Money(transfer.pence)
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.CODE_TRANSFER,
            subject_id=transfer.id,
            summary=f"Transfer {transfer_number(transfer.number)}: {amount} to another code",
            reason=transfer.reason,
            payload={"transfer_id": transfer.id, "pence": transfer.pence, "to_id": transfer.to_id},
            total=amount,
            largest=amount,
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    split = ctx.session.get_one(InvoiceSplit, row.split_id)
    if split.budget_id != row.from_id or split.pence < row.pence:
        raise UserError(
            f"What {transfer_number(row.number)} moves isn't on its code any more.",
            "Refuse it, and look at the line again.",
        )
    _move(ctx, row, split)
    today = ctx.clock.today()
    year = ctx.session.scalars(select(Budget.year).where(Budget.id == row.from_id)).one()
    on = min(today, last_day(year))
    words = f"Transfer {transfer_number(row.number)}"
    signed = row.pence * _sign(ctx, split)
    items = [(row.from_id, -signed, on, words), (row.to_id, signed, on, words)]
    budgets.spend(ctx, items, Subject.CODE_TRANSFER, row.id)
    row.state, row.posted_by, row.posted_on = TransferState.POSTED, ctx.officer.id, today
    ctx.session.flush()
    return _CHANGES


def _move(ctx: Context, row: CodeTransfer, split: InvoiceSplit) -> None:
    """The share goes to the other code, whole or a part of it as a share of its own."""
    if row.pence == split.pence:
        split.budget_id = row.to_id
        return
    split.pence -= row.pence
    last = ctx.session.scalar(select(func.max(InvoiceSplit.place)).where(InvoiceSplit.line_id == split.line_id))
    ctx.session.add(InvoiceSplit(line_id=split.line_id, place=(last or 0) + 1, budget_id=row.to_id, pence=row.pence))


def _sign(ctx: Context, split: InvoiceSplit) -> int:
    """A share of a credit note gives its code money back, so that moving it takes money from the other."""
    kind = (
        select(SupplierInvoice.kind)
        .join(InvoiceLine, InvoiceLine.invoice_id == SupplierInvoice.id)
        .where(InvoiceLine.id == split.line_id)
    )
    return -1 if ctx.session.scalars(kind).one() is InvoiceKind.CREDIT_NOTE else 1


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:  # noqa: ARG001  a kind's own shape
    row = _waiting(ctx, payload)
    row.state = TransferState.REFUSED if state is ApprovalState.REFUSED else TransferState.WITHDRAWN
    ctx.session.flush()


def _took(ids: Sequence[int]) -> tuple[Took, ...]:
    return (select(CodeTransfer.id, CodeTransfer.made_by).where(CodeTransfer.id.in_(ids)),)


def _waiting(ctx: Context, payload: Payload) -> CodeTransfer:
    row = ctx.session.get(CodeTransfer, payload["transfer_id"])
    if row is None or row.state is not TransferState.WAITING:
        raise UserError("This transfer doesn't wait any more.", "Look at it under Purchase Orders, Coding.")
    return row


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    rows = queries.transfers(ctx, only=int(str(payload["transfer_id"])))
    if not rows:
        return ()
    found = rows[0]
    over = budgets.over(ctx, {int(str(payload["to_id"])): found.amount.pence})
    return (
        Detail("Invoice", "", f"{found.invoice}, {found.supplier}"),
        Detail("Code", found.from_code, found.to_code),
        Detail("Amount", "", str(found.amount)),
        *(Detail("Over budget", "", each.words) for each in over),
    )
