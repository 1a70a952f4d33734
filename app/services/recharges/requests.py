"""Recharges and credit notes above an officer's limit as kinds of request: what is approved is raised."""

from __future__ import annotations

from typing import Final

from app.models.accounts import Account
from app.models.approvals import ApprovalRequest
from app.models.recharges import Recharge
from app.models.values import AdjustmentSheet, ApprovalState, LimitKind, Money, RechargeKind, RechargeState, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals import third
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.documents.evidence import links_of
from app.services.recharges.posting import AREAS, raise_now
from app.services.recharges.rules import SHEETS, TITLES

_KINDS: Final = {
    False: ("recharge", "Recharge or court costs", LimitKind.ADJUSTMENT_DEBIT),
    True: ("recharge_credit", "Credit note", LimitKind.ADJUSTMENT_CREDIT),
}
"""The kinds of request, by whether it is a credit note."""


def register() -> None:
    """Plug both kinds in."""
    for key, title, limit in _KINDS.values():
        register_kind(ApprovalKind(key, title, Permission.APPROVE_ADJUSTMENTS, _apply, _details, limit, _ended))


def ask(ctx: Context, row: Recharge, why: str) -> int:
    """Ask a second officer; `why` is the sentence that says what it takes one for.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    return approvals.ask(
        ctx,
        NewRequest(
            kind=_KINDS[row.kind is RechargeKind.CREDIT_NOTE][0],
            subject=Subject.RECHARGE,
            subject_id=row.id,
            summary=f"{TITLES[row.kind]}: {row.description}"[:200],
            reason=row.reason or why,
            payload={"recharge_id": row.id},
            total=Money(row.net_pence + row.vat_pence),
            chain=f"recharge:{row.id}",
            evidence=links_of(ctx, Subject.RECHARGE, row.id),
        ),
    )


def sheet_of(ctx: Context, row: Recharge) -> AdjustmentSheet:
    """The sheet whose kind says who approves and posts it; of a credit note that of its invoice."""
    kind = row.kind if row.credits_id is None else ctx.session.get_one(Recharge, row.credits_id).kind
    return SHEETS[kind]


def why_not_raise(ctx: Context, row: Recharge) -> str:
    """Why the officer who acts may not raise what was approved, as a sentence; empty where they may."""
    return third.why_not(ctx, (sheet_of(ctx, row).value,), {row.made_by, approver_of(ctx, row)}, "raises")


def approver_of(ctx: Context, row: Recharge) -> int | None:
    """Who approved it, if somebody had to."""
    if row.request_id is None:
        return None
    return ctx.session.get_one(ApprovalRequest, row.request_id).decided_by


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    if third.posts(ctx, (sheet_of(ctx, row).value,)):
        row.state = RechargeState.APPROVED
        return Changes(AREAS, frozenset({row.for_account_id}))
    return raise_now(ctx, row, authorised_by=ctx.officer.id).changes


def _ended(ctx: Context, payload: Payload, state: ApprovalState, _reason: str) -> None:
    """It says that it was refused or withdrawn, and its request says why."""
    _waiting(ctx, payload).state = RechargeState(state.value)


def _waiting(ctx: Context, payload: Payload) -> Recharge:
    row = ctx.session.get(Recharge, payload["recharge_id"])
    if row is None or row.state is not RechargeState.WAITING:
        raise UserError("This doesn't wait for approval any more.", "Look at it on the page Adjustments.")
    return row


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row = ctx.session.get_one(Recharge, payload["recharge_id"])
    main = ctx.session.get_one(Account, row.for_account_id)
    amount = Money(row.net_pence)
    said = [
        Detail(TITLES[row.kind], "", f"{row.description}, account {main.payment_reference}"),
        Detail("Amount before VAT", "", str(amount)),
    ]
    if row.vat_pence:
        said.append(Detail("VAT", "", str(Money(row.vat_pence))))
        said.append(Detail("In all", "", str(amount + Money(row.vat_pence))))
    said += [Detail(f"Worked out ({at})", "", step) for at, step in enumerate(row.working.splitlines(), 1)]
    if row.credits_id is not None:
        invoice = ctx.session.get_one(Recharge, row.credits_id)
        said.append(Detail("Takes back", f"Invoice {invoice.invoice_number}", ""))
    if row.reason:
        said.append(Detail("Note", "", row.reason))
    return tuple(said)
