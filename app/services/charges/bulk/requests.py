"""Applying a bulk change as a kind of request for approval."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.charges import ChargeChange
from app.models.documents import DocumentLink
from app.models.values import Money, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.charges.bulk import keeping
from app.services.charges.bulk.dto import Apply
from app.services.charges.bulk.queries import detail
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission

KIND: Final = "charge_change"


def register() -> None:
    """Plug the kind in."""
    register_kind(ApprovalKind(KIND, "Bulk change of charges", Permission.CHANGE_CHARGES, _apply, _details))


def ask(ctx: Context, change: ChargeChange, wanted: Apply) -> int:
    """Ask for a bulk change to be applied; returns the request.

    Raises:
        UserError: the office has one officer, or the same waits already.
    """
    more = Money(change.after_pence - change.before_pence)
    day = f"{change.effective_on.day} {change.effective_on:%b %Y}"
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.CHARGE_CHANGE,
            subject_id=change.id,
            summary=f"{change.name}: {change.lines:,} charges from {day}, {more.dr_cr()} a week",
            reason=wanted.excuse.strip() or change.rule or "By the spreadsheet that was rehearsed",
            payload={"change": change.id, "excuse": wanted.excuse.strip(), "leave_out": wanted.leave_out},
            count=change.lines,
            evidence=_evidence(ctx, change.id),
        ),
    )


def _evidence(ctx: Context, change_id: int) -> tuple[int, ...]:
    """The spreadsheet that the change was made from."""
    kept = select(DocumentLink.id).where(
        DocumentLink.subject == Subject.CHARGE_CHANGE.value, DocumentLink.subject_id == change_id
    )
    return tuple(ctx.session.scalars(kept.order_by(DocumentLink.id)))


def _wanted(payload: Payload) -> Apply:
    return Apply(int(str(payload["change"])), str(payload["excuse"]), bool(payload["leave_out"]))


def _apply(ctx: Context, payload: Payload) -> Changes:
    return keeping.apply(ctx, _wanted(payload), authorised_by=ctx.officer.id).changes


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    found = detail(ctx, _wanted(payload).change_id)
    missing = found.notices.missing
    late = "left out" if payload["leave_out"] else "excused"
    return (
        *(
            Detail(f"{each.what}, {each.lines:,} charges a week", str(each.before), str(each.after))
            for each in found.by_code
        ),
        Detail("Accounts", f"{found.accounts:,}", f"{found.accounts:,}"),
        Detail("Without a notice in time", f"{missing:,}", f"{missing:,} {late}" if missing else "none"),
    )
