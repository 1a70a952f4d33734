"""A run as a kind of request: the second officer's approval makes its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import func, select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import (
    SupplierPayment,
    SupplierPaymentLine,
    SupplierRun,
    SupplierRunLeftOut,
)
from app.models.values import ZERO, ApprovalState, LimitKind, Money, PaidPart, Subject, SupplierRunState
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.ledger import numbering
from app.services.purchase_orders.payments import files, gathering, keeping, rows, rules, settling
from app.services.purchase_orders.payments.dto import REASONS, WAYS, PaymentRow, invoice_number, run_number
from app.services.purchase_orders.suppliers.rules import spelt

KIND: Final = "supplier_run"
_SHOWN: Final = 60
_TOLD: Final = 6
_MOST: Final = 2_000


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            KIND,
            "Payments to suppliers",
            Permission.APPROVE_SUPPLIER_PAYMENTS,
            _apply,
            _details,
            limit=LimitKind.ORDER,
            ended=_ended,
        )
    )


def ask(ctx: Context, run: SupplierRun, largest: int) -> int:
    """Ask a second officer to approve a run; `largest` is the most that one supplier gets, in pence. Returns the request.

    Raises:
        UserError: the office has one officer.
    """
    number, total = run_number(run.number), Money(run.pence)
    suppliers = "supplier" if run.count == 1 else "suppliers"
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.SUPPLIER_RUN,
            subject_id=run.id,
            summary=f"{number}: {total} to {run.count:,} {suppliers} on {spelt(run.pay_on)}",
            reason=run.note or f"What is due by {spelt(run.due_to_on)}",
            payload={"run_id": run.id, "count": run.count, "pence": run.pence},
            total=total,
            largest=Money(largest),
            count=run.count,
            chain=f"supplier_run:{run.id}",
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    numbering.move(ctx, "supplier_run", 0)  # Holds off every other run before anything is read.
    run = _waiting(ctx, payload)
    _refuse_own(ctx, run)
    if run.pay_on < ctx.clock.today():
        raise UserError(
            f"The day of {run_number(run.number)}, {spelt(run.pay_on)}, has passed.",
            "Refuse it, or have it withdrawn, and ask for the run anew.",
        )
    asked, now = gathering.again(ctx, run)
    differs = list(rules.differences(asked, now))
    if differs:
        more = f" And {len(differs) - _TOLD:,} more." if len(differs) > _TOLD else ""
        raise UserError(
            f"{run_number(run.number)} isn't as it was asked for any more. {' '.join(differs[:_TOLD])}{more}",
            "Refuse it, or have it withdrawn, and ask for the run anew.",
        )
    files.make(ctx, run, now)
    run.state = SupplierRunState.MADE
    run.approved_by, run.approved_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    if run.document_sha256 is None:
        settling.set_off(ctx, run)
    else:
        settling.remind_to_send(ctx, run)
    return Changes(keeping.AREAS | {"approvals"})


def _refuse_own(ctx: Context, run: SupplierRun) -> None:
    """By policy whoever approved an invoice doesn't approve its payment.

    Raises:
        UserError: the officer approved one in the run.
    """
    if ctx.policy.value("purchasing.payer_not_approver", ctx.clock.today()) != "yes":
        return
    own = (
        select(func.min(SupplierInvoice.number), func.count())
        .join(SupplierPaymentLine, SupplierPaymentLine.invoice_id == SupplierInvoice.id)
        .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .where(
            SupplierPayment.run_id == run.id,
            SupplierPaymentLine.stands,
            SupplierInvoice.approved_by == ctx.officer.id,
        )
    )
    number, count = ctx.session.execute(own).one()
    if number is not None:
        others = f" and {count - 1:,} more" if count > 1 else ""
        raise UserError(
            f"You approved {invoice_number(number)}{others} in this run, so somebody else approves their payment.",
            "Ask a colleague who may approve payments; or leave them for another run.",
        )


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:
    """The run is withdrawn: what was in it can go in another."""
    run = _waiting(ctx, payload)
    refused = state is ApprovalState.REFUSED
    what = "Refused by the second officer" if refused else "Withdrawn"
    after = SupplierRunState.REFUSED if refused else SupplierRunState.WITHDRAWN
    settling.withdrawn(ctx, run, after, f"{what}: {reason}" if reason else f"{what}.")


def _waiting(ctx: Context, payload: Payload) -> SupplierRun:
    run = ctx.session.get(SupplierRun, payload["run_id"])
    if run is None or run.state is not SupplierRunState.WAITING:
        raise UserError("This run doesn't wait for approval any more.", "Look at it under Purchase Orders, Payments.")
    return run


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Its days and totals, what each supplier gets and what is to be looked at, and what is left out."""
    run = ctx.session.get(SupplierRun, payload["run_id"])
    if run is None:
        return ()
    return (
        Detail("Run", "", f"{run_number(run.number)}, {WAYS[run.by].lower()}"),
        Detail("Suppliers have the money", "", spelt(run.pay_on)),
        Detail("In all", "", f"{run.count:,}, {Money(run.pence)}"),
        *_payments(rows.payments_of(ctx, run)),
        *_left_out(ctx, run),
    )


def _payments(payments: Sequence[PaymentRow]) -> Iterator[Detail]:
    """What each supplier gets, as it was asked for: what became of it since is told when it is approved."""
    for each in payments[:_SHOWN]:
        said = [f"{each.amount} for {_counted(each)}", *filter(None, (each.bank,)), *each.remarks]
        yield Detail(each.supplier, "", "; ".join(said)[:_MOST])
    if len(payments) > _SHOWN:
        rest = payments[_SHOWN:]
        total = sum((each.amount for each in rest), ZERO)
        yield Detail("And more suppliers", "", f"{len(rest):,}, {total}, under Purchase Orders, Payments")


def _counted(payment: PaymentRow) -> str:
    invoices = sum(line.part is PaidPart.INVOICE and not line.credit for line in payment.lines)
    notes = sum(line.credit for line in payment.lines)
    said = [f"{invoices:,} {'invoice' if invoices == 1 else 'invoices'}"] if invoices else []
    said += [f"{notes:,} credit {'note' if notes == 1 else 'notes'}"] if notes else []
    if any(line.part is PaidPart.RETENTION for line in payment.lines):
        said.append("retention")
    if any(line.part in {PaidPart.INTEREST, PaidPart.COMPENSATION} for line in payment.lines):
        said.append("what is owed for paying late")
    return ", ".join(said)


def _left_out(ctx: Context, run: SupplierRun) -> Iterator[Detail]:
    sums = (
        select(SupplierRunLeftOut.reason, func.count(), func.sum(SupplierRunLeftOut.pence))
        .where(SupplierRunLeftOut.run_id == run.id)
        .group_by(SupplierRunLeftOut.reason)
        .order_by(SupplierRunLeftOut.reason)
    )
    for reason, count, pence in ctx.session.execute(sums):
        yield Detail(f"Left out: {REASONS[reason][0]}", "", f"{count:,}, {Money(int(pence))}")
