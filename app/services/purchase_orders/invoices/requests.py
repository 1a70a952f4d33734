"""Invoices as a kind of request: approved by somebody who neither logged them nor accepted a difference of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceAccepted, InvoiceDispute, SupplierInvoice
from app.models.values import (
    ApprovalState,
    BlockScope,
    InvoiceKind,
    InvoiceState,
    LimitKind,
    Money,
    Subject,
)
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.documents.evidence import links_of
from app.services.purchase_orders.invoices import gathering, keeping, posting, showing
from app.services.purchase_orders.invoices.dto import Match
from app.services.purchase_orders.invoices.dto.listed import CHANGED
from app.services.purchase_orders.suppliers import keeping as suppliers

INVOICE: Final = "supplier_invoice"


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            INVOICE,
            "Supplier's invoice",
            Permission.APPROVE_INVOICES,
            _apply,
            showing.details,
            LimitKind.ORDER,
            _ended,
            _took,
        )
    )


def ask(ctx: Context, row: SupplierInvoice, reason: str) -> int:
    """Ask a second officer to approve an invoice; the request.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    amount = Money(row.gross_pence)
    what = "Credit note" if row.kind is InvoiceKind.CREDIT_NOTE else "Invoice"
    return approvals.ask(
        ctx,
        NewRequest(
            kind=INVOICE,
            subject=Subject.SUPPLIER_INVOICE,
            subject_id=row.id,
            summary=f"{what} {keeping.number(row)} of {amount}",
            reason=reason.strip() or "It matches, or its differences were accepted.",
            payload={"invoice_id": row.id, "pence": row.gross_pence},
            total=amount,
            largest=amount,
            evidence=links_of(ctx, Subject.SUPPLIER_INVOICE, row.id),
        ),
    )


def refuse_unready(ctx: Context, row: SupplierInvoice) -> Match:
    """Refuse to go on with an invoice while something stands in the way.

    Raises:
        UserError: the first thing that does.
    """
    why = why_not(ctx, row, match := gathering.match(ctx, row))
    if why:
        raise UserError(why, "Put it right, accept it with a reason, or dispute the invoice.")
    return match


def refuse_unready_notes(ctx: Context, row: SupplierInvoice) -> None:
    """Refuse to ask for an invoice while something stands in the way of a credit note that is approved with it.

    Raises:
        UserError: the first thing that does.
    """
    for note in gathering.credited_by(ctx, row.id, InvoiceState.LOGGED):
        standing = next((each for each in gathering.match(ctx, note).differences if each.open), None)
        if standing is not None:
            words = f"Its credit note {keeping.number(note)}: {standing.words}"
            raise UserError(words, "Open the credit note, and put that right or accept it.")


def why_not(ctx: Context, row: SupplierInvoice, match: Match) -> str:
    """Why an invoice can't be approved as it stands; empty: it can."""
    blocked = suppliers.blocked(ctx, (row.supplier_id,), BlockScope.INVOICES, ctx.clock.today())
    if blocked:
        return next(iter(blocked.values())).rstrip(".") + "."
    disputed = select(InvoiceDispute.id).where(InvoiceDispute.invoice_id == row.id, InvoiceDispute.closed_on.is_(None))
    if ctx.session.scalars(disputed).first() is not None:
        return f"{keeping.number(row)} is disputed: settle the dispute first."
    if row.kind is InvoiceKind.CREDIT_NOTE and row.credits_id is not None:
        credited = ctx.session.get_one(SupplierInvoice, row.credits_id)
        if credited.state in {InvoiceState.LOGGED, InvoiceState.WAITING}:
            return f"It is set off in the match of {keeping.number(credited)} and approved with it."
    standing = [each for each in match.differences if each.open]
    if not standing:
        return ""
    others = len(standing) - 1
    more = f" {others} more stand." if others > 1 else " One more stands." if others else ""
    return f"{standing[0].words}{more}"


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    if row.gross_pence != payload["pence"]:
        raise UserError("The invoice comes to something else by now.", "Refuse it, and have it asked for again.")
    match = refuse_unready(ctx, row)
    posting.post(ctx, row, match)
    for note in gathering.credited_by(ctx, row.id, InvoiceState.LOGGED, InvoiceState.WAITING):
        keeping.work_out(ctx, note)
        posting.post(ctx, note, refuse_unready(ctx, note))
    return CHANGED


def _ended(ctx: Context, payload: Payload, _state: ApprovalState, _reason: str) -> None:
    """Refused or withdrawn, it can be changed again; its time to pay never stopped."""
    _waiting(ctx, payload).state = InvoiceState.LOGGED


def _waiting(ctx: Context, payload: Payload) -> SupplierInvoice:
    row = ctx.session.get(SupplierInvoice, payload["invoice_id"])
    if row is None or row.state is not InvoiceState.WAITING:
        raise UserError("This invoice doesn't wait for approval any more.", "Look at it under Purchase Orders.")
    return row


def _took(invoice_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever logged the invoice or a credit note that is approved with it, or accepted a difference of either."""
    of_these = (
        SupplierInvoice.credits_id.in_(invoice_ids),
        SupplierInvoice.state.in_((InvoiceState.LOGGED, InvoiceState.WAITING)),
    )
    return (
        select(SupplierInvoice.id, SupplierInvoice.logged_by).where(SupplierInvoice.id.in_(invoice_ids)),
        select(SupplierInvoice.credits_id, SupplierInvoice.logged_by).where(*of_these),
        select(SupplierInvoice.credits_id, InvoiceAccepted.officer_id)
        .join(InvoiceAccepted, InvoiceAccepted.invoice_id == SupplierInvoice.id)
        .where(*of_these),
        select(InvoiceAccepted.invoice_id, InvoiceAccepted.officer_id).where(
            InvoiceAccepted.invoice_id.in_(invoice_ids)
        ),
    )
