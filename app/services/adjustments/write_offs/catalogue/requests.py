"""A change of a reason of write-offs that lets more through, as a request for approval."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from sqlalchemy import func, select

from app.models.values import Money, Subject
from app.models.write_offs import WriteOffReason
from app.services.adjustments.catalogue.requests import number_of
from app.services.adjustments.catalogue.rules import key_of
from app.services.adjustments.write_offs import bands
from app.services.adjustments.write_offs.catalogue import rules
from app.services.adjustments.write_offs.catalogue.dto import NewWriteOffReason
from app.services.adjustments.write_offs.dto import ReasonRow
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission
from app.services.core.versions import refuse_old

KIND: Final = "write_off_reason"
CHANGED: Final = Changes(frozenset({"adjustments", "approvals"}))
_SHOWN: Final = {
    "title": "Name",
    "explained": "When it is used",
    "most": "For debts up to",
    "least_letters": "Letters",
    "least_days": "Days after the last letter",
    "needs_trace": "Needs a trace",
    "needs_evidence": "Needs to be seen",
    "for_current": "While the tenancy goes on",
    "for_joint": "While somebody else is liable",
    "discharges": "The law ends the debt",
    "unenforceable": "Out of time",
    "active": "In use",
}


def register() -> None:
    """Plug the kind of request in."""
    permission = Permission.APPROVE_OFFICER_CHANGES
    register_kind(ApprovalKind(KIND, "Reason of write-offs", permission, _apply, _details))


def checked(ctx: Context, new: NewWriteOffReason) -> ReasonRow | None:
    """The reason as it stands, None of a new one, if it may be changed so.

    Raises:
        UserErrors: the reason can't be so, with the field of each fault.
        ChangedMeanwhile: a colleague changed it.
    """
    known = bands.reasons(ctx)
    standing = known.get(new.key) if new.key else None
    if new.key and standing is None:
        raise UserError("That reason is no longer there.", "Look at the list again.")
    if standing is not None:
        refuse_old(standing.version, new.version)
    wrong = rules.faults(new, standing, [each.title for key, each in known.items() if key != new.key])
    if wrong:
        raise UserErrors([UserError(each.message, each.hint, each.field) for each in wrong])
    return standing


def ask(ctx: Context, new: NewWriteOffReason, why: tuple[str, ...]) -> int:
    """Ask a second officer; `why` says what lets more through.

    Raises:
        UserError: the office has one officer, or the same waits already.
    """
    payload: dict[str, Any] = {name: getattr(new, name) for name in ("key", *_SHOWN, "version")}
    payload["most"] = None if new.most is None else new.most.pence
    summary = f"Reason of write-offs '{new.title.strip()}': {', '.join(why)}"
    number = number_of(new.key or new.title, KIND)
    return approvals.ask(ctx, NewRequest(KIND, Subject.POLICY, number, summary[:200], new.reason, payload))


def write(ctx: Context, new: NewWriteOffReason) -> str:
    """Keep a reason as it was checked; its key. A new one is listed last."""
    row = ctx.session.get(WriteOffReason, new.key) if new.key else None
    if row is None:
        last = ctx.session.scalar(select(func.max(WriteOffReason.place))) or 0
        row = WriteOffReason(key=key_of(new.title, bands.reasons(ctx), "reason"), place=last + 1)
        ctx.session.add(row)
    row.title, row.explained = " ".join(new.title.split()), new.explained.strip()
    row.most_pence = None if new.most is None else new.most.pence
    row.least_letters, row.least_days = new.least_letters, new.least_days
    row.needs_trace, row.needs_evidence = new.needs_trace, new.needs_evidence.strip()
    row.for_current, row.for_joint = new.for_current, new.for_joint
    row.discharges, row.unenforceable, row.active = new.discharges, new.unenforceable, new.active
    ctx.session.flush()
    return row.key


def _apply(ctx: Context, payload: Payload) -> Changes:
    new = _read(payload)
    checked(ctx, new)
    write(ctx, new)
    return CHANGED


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = _read(payload)
    standing = bands.reasons(ctx).get(new.key)
    told = (
        Detail(title, _said(getattr(standing, name)) if standing else "", _said(getattr(new, name)))
        for name, title in _SHOWN.items()
    )
    return tuple(each for each in told if each.before != each.after)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _read(payload: Payload) -> NewWriteOffReason:
    given: dict[str, Any] = {
        each.name: payload[each.name] for each in fields(NewWriteOffReason) if each.name in payload
    }
    return NewWriteOffReason(**given | {"most": None if given["most"] is None else Money(given["most"])})
