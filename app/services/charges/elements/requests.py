"""A charge whose adjustment is above the officer's limit, as a kind of request for approval: nothing changes before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.models.values import LimitKind, Money, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.charges.differences import by_week
from app.services.charges.elements import keeping
from app.services.charges.elements.dto import SetCharge
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission

KINDS: Final = {
    LimitKind.ADJUSTMENT_DEBIT: ("charge_debit", "Charge put up for weeks gone by"),
    LimitKind.ADJUSTMENT_CREDIT: ("charge_credit", "Charge put down for weeks gone by"),
}
"""The kinds of request by the limit that they need."""


def register() -> None:
    """Plug both kinds in."""
    for limit, (key, title) in KINDS.items():
        register_kind(ApprovalKind(key, title, Permission.CHANGE_CHARGES, _apply, _details, limit))


def ask(ctx: Context, new: SetCharge, ready: keeping.Plan) -> int:
    """Ask for a charge to be set whose adjustment is above the officer's limit; returns the request.

    Raises:
        UserError: the office has one officer, or the same waits already.
    """
    adjusted = ready.adjusted
    limit = LimitKind.ADJUSTMENT_DEBIT if adjusted.pence > 0 else LimitKind.ADJUSTMENT_CREDIT
    weeks = len(by_week(ready.found))
    reference = ready.checked.account.payment_reference or f"account {new.account_id}"
    word = "debit" if adjusted.pence > 0 else "credit"
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KINDS[limit][0],
            subject=Subject.ACCOUNT,
            subject_id=new.account_id,
            summary=f"{ready.checked.code.name}, account {reference}: {word} of {abs(adjusted)} for {weeks} weeks",
            reason=new.reason,
            payload=payload_of(new),
            total=adjusted,
            largest=adjusted,
            count=len(ready.found),
        ),
    )


def payload_of(new: SetCharge) -> dict[str, object]:
    """A command as JSON values."""
    return {
        "account_id": new.account_id,
        "code": new.code,
        "weekly": None if new.weekly is None else new.weekly.pence,
        "from_on": new.from_on.isoformat(),
        "to_on": new.to_on.isoformat() if new.to_on else None,
        "reason": new.reason,
        "excuse": new.excuse,
        "for_property": new.for_property,
        "notify": new.notify,
    }


def command_of(payload: Payload) -> SetCharge:
    """The command that a payload holds."""
    kept: dict[str, Any] = dict(payload)
    return SetCharge(
        **kept
        | {
            "weekly": None if kept["weekly"] is None else Money(kept["weekly"]),
            "from_on": date.fromisoformat(kept["from_on"]),
            "to_on": date.fromisoformat(kept["to_on"]) if kept["to_on"] else None,
        }
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    new = command_of(payload)
    ready = keeping.plan(ctx, new)
    done = keeping.carry_out(ctx, new, replace(ready, over_limit=""), authorised_by=ctx.officer.id)
    return done.changes


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = command_of(payload)
    ready = keeping.plan(ctx, new)
    name = ready.checked.code.name
    shown = [
        Detail(
            f"{name} a week, from {new.from_on.day} {new.from_on:%b %Y}",
            str(ready.before) if ready.before is not None else "not charged",
            str(ready.after) if ready.after is not None else "not charged",
        )
    ]
    shown += [
        Detail(f"Week of {week.week.day} {week.week:%b %Y}", f"{week.was} charged", f"{week.should} due")
        for week in by_week(ready.found)
    ]
    return tuple(shown)
