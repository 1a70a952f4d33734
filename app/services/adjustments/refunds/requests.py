"""Refunds and changed bank details as kinds of request: a refund is approved only while its gate is green."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.bacs import BankDetail
from app.models.refunds import Refund, RefundCheck
from app.models.values import ApprovalState, GateState, LimitKind, Money, RefundState, Subject
from app.services.adjustments.refunds import gate, keeping
from app.services.adjustments.refunds.dto import METHODS, PAYEES, Gate
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.bacs import keeping as bacs
from app.services.bacs import queries as bank
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.documents.evidence import links_of

REFUND: Final = "refund"
BANK_DETAILS: Final = "refund_bank_details"


def register() -> None:
    """Plug both kinds in."""
    register_kind(
        ApprovalKind(REFUND, "Refund", Permission.APPROVE_REFUNDS, _apply, _details, LimitKind.REFUND, _ended, _took)
    )
    register_kind(
        ApprovalKind(
            BANK_DETAILS,
            "Bank details changed",
            Permission.APPROVE_REFUNDS,
            _change_bank,
            _bank_details,
            ended=_bank_refused,
        )
    )


def ask(ctx: Context, row: Refund) -> int:
    """Ask a second officer to approve a refund; the request.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    amount = Money(row.pence)
    return approvals.ask(
        ctx,
        NewRequest(
            kind=REFUND,
            subject=Subject.REFUND,
            subject_id=row.id,
            summary=f"Refund {row.number} of {amount}",
            reason=row.reason,
            payload={"refund_id": row.id, "pence": row.pence},
            total=amount,
            largest=amount,
            chain=f"refund:{row.id}",
            evidence=links_of(ctx, Subject.REFUND, row.id),
        ),
    )


def ask_for_bank(ctx: Context, row: Refund, detail_id: int, reason: str) -> int:
    """Ask a second officer to put other bank details in force; the request.

    Raises:
        UserError: the office has one officer, or no reason was given.
    """
    return approvals.ask(
        ctx,
        NewRequest(
            kind=BANK_DETAILS,
            subject=Subject.REFUND,
            subject_id=row.id,
            summary=f"Bank details changed for refund {row.number}",
            reason=reason,
            payload={"detail_id": detail_id},
        ),
    )


def refuse_red(found: Gate) -> None:
    """Refuse to go on with a refund while something stops it.

    Raises:
        UserError: something does; it is named.
    """
    if found.green:
        return
    first, *others = found.stops
    more = f" {len(others)} more {'check stops' if len(others) == 1 else 'checks stop'} it." if others else ""
    raise UserError(f"The gate isn't green. {first.title}: {first.words}{more}", first.todo or "Look at the gate.")


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    refuse_red(gate.keep(ctx, row))
    row.state = RefundState.APPROVED
    row.approved_by, row.approved_at = ctx.officer.id, ctx.clock.now()
    return keeping.changes(row)


def _took(refund_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever entered the refund, passed a stop of it, or keeps the bank details that it is paid to."""
    kept = select(Refund.id, BankDetail.made_by).join(BankDetail, BankDetail.id == Refund.bank_detail_id)
    return (
        select(Refund.id, Refund.made_by).where(Refund.id.in_(refund_ids)),
        select(RefundCheck.refund_id, RefundCheck.cleared_by).where(RefundCheck.refund_id.in_(refund_ids)),
        kept.where(Refund.id.in_(refund_ids)),
    )


def _ended(ctx: Context, payload: Payload, state: ApprovalState, _reason: str) -> None:
    """The refund says that it was refused or withdrawn, and its request says why."""
    _waiting(ctx, payload).state = RefundState(state.value)


def _waiting(ctx: Context, payload: Payload) -> Refund:
    row = ctx.session.get(Refund, payload["refund_id"])
    if row is None or row.state is not RefundState.WAITING:
        raise UserError("This refund doesn't wait for approval any more.", "Look at it on the page Adjustments.")
    return row


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Who is paid what and how, and every stop that was passed, with the reason."""
    row = ctx.session.get(Refund, payload["refund_id"])
    if row is None:
        return ()
    reference = ctx.session.scalar(select(Account.payment_reference).where(Account.id == row.account_id)) or ""
    shown = [
        Detail("Account", "", reference),
        Detail("Amount", "", str(Money(row.pence))),
        Detail("Paid to", "", f"{row.payee_name} ({PAYEES[row.payee].lower()})"),
        Detail("How", "", METHODS[row.method]),
    ]
    if row.bank_detail_id is not None:
        found = bank.details(ctx, [row.bank_detail_id]).get(row.bank_detail_id)
        shown.append(Detail("Bank details", "", f"{found.payee_name}, {found.masked.words}" if found else "not shown"))
    for check in gate.as_kept(ctx, row):
        if check.state is GateState.WAIVED:
            shown.append(Detail(check.title, check.words, f"Waived by {check.cleared_by}: {check.cleared_why}"))
        elif check.state is GateState.OFFSET:
            shown.append(Detail(check.title, "", check.words))
    return tuple(shown)


def _change_bank(ctx: Context, payload: Payload) -> Changes:
    changed = bacs.approve(ctx, _detail(payload))
    return Changes(changed.areas | {"adjustments"}, changed.account_ids)


def _bank_refused(ctx: Context, payload: Payload, _state: ApprovalState, reason: str) -> None:
    bacs.refuse(ctx, _detail(payload), reason or "The request was taken back.")


def _bank_details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = bank.details(ctx, [_detail(payload)]).get(_detail(payload))
    if new is None:
        return ()
    return (
        Detail("Name on the bank account", "", new.payee_name),
        Detail("Bank account", "", new.masked.words),
        Detail("Modulus check", "", new.verdict.value),
        Detail("Name checked", "", new.name_check.value.replace("_", " ")),
    )


def _detail(payload: Payload) -> int:
    detail_id = payload["detail_id"]
    assert isinstance(detail_id, int)
    return detail_id
