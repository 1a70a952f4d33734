"""A change of a kind that lets more through, as a request for approval."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

from sqlalchemy import func, select

from app.models.adjustments import AdjustmentKind
from app.models.values import AccountKind, AdjustmentSheet, Side, Subject
from app.services.adjustments.catalogue import rules
from app.services.adjustments.catalogue.dto import Kept
from app.services.adjustments.dto import KindRow, NewKind
from app.services.adjustments.kinds import kinds
from app.services.adjustments.rules import in_words
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission
from app.services.core.versions import refuse_old
from app.services.ledger.writing import code_rules

KIND: Final = "adjustment_kind"
CHANGED: Final = Changes(frozenset({"adjustments", "approvals"}))
_FLAGS: Final = {
    "needs_evidence": "Needs evidence",
    "needs_period": "Needs the days that it is for",
    "always_approved": "Always approved by a second officer",
    "tells_benefit": "The benefit office is told",
    "active": "In use",
}


def register() -> None:
    """Plug the kind of request in."""
    register_kind(ApprovalKind(KIND, "Kind of adjustment", Permission.APPROVE_OFFICER_CHANGES, _apply, _details))


def number_of(key: str, kind: str = KIND) -> int:
    """The number by which requests of a kind know what they change, whose key is a word."""
    return zlib.crc32(f"{kind}|{key}".encode())


def checked(ctx: Context, new: NewKind) -> KindRow | None:
    """The kind as it stands, None of a new one, if it may be changed so.

    Raises:
        UserErrors: the kind can't be so, with the field of each fault.
        ChangedMeanwhile: a colleague changed it.
    """
    known = kinds(ctx)
    standing = known.get(new.key) if new.key else None
    if new.key and standing is None:
        raise UserError("That kind of adjustment is no longer there.", "Look at the list again.")
    if standing is not None:
        refuse_old(standing.version, new.version)
    titles = [each.title for key, each in known.items() if key != new.key]
    wrong = rules.faults(new, standing, code_rules(ctx.session).get(new.code), titles)
    if wrong:
        raise UserErrors([UserError(each.message, each.hint, each.field) for each in wrong])
    return standing


def ask(ctx: Context, new: NewKind, why: tuple[str, ...]) -> int:
    """Ask a second officer; `why` says what lets more through.

    Raises:
        UserError: no reason is given, the office has one officer, or the same waits already.
    """
    payload = {name: getattr(new, name) for name in (*_FLAGS, "key", "title", "explained", "code", "version")}
    payload |= {"side": new.side.value, "account_kinds": sorted(each.value for each in new.account_kinds)}
    summary = f"Kind of adjustment '{new.title.strip()}': {', '.join(why)}"
    asked = NewRequest(KIND, Subject.POLICY, number_of(new.key or new.title), summary[:200], new.reason, payload)
    return approvals.ask(ctx, asked)


def put(key: str, why: tuple[str, ...], reason: str, ask_for: Callable[[], int]) -> Kept:
    """Put a change to a second officer, with a reason; `why` says what lets more through.

    Raises:
        UserError: no reason is given, or as `ask`.
    """
    said = ", ".join(why)
    if not reason.strip():
        raise UserError("Say why, for the officer who decides.", f"It lets more through: {said}.", "reason")
    request = ask_for()
    return Kept(key, request, f"The change waits for approval, as request {request}: {said}.", CHANGED)


def write(ctx: Context, new: NewKind) -> str:
    """Keep a kind as it was checked; its key."""
    row = ctx.session.get(AdjustmentKind, new.key) if new.key else None
    if row is None:
        last = ctx.session.scalar(select(func.max(AdjustmentKind.place))) or 0
        taken = set(ctx.session.scalars(select(AdjustmentKind.key)))
        key = rules.key_of(new.title, taken, "kind")
        row = AdjustmentKind(key=key, sheet=AdjustmentSheet.ADJUSTMENT, place=last + 1)
        ctx.session.add(row)
    row.title, row.explained = " ".join(new.title.split()), new.explained.strip()
    row.code, row.side = new.code, new.side
    row.account_kinds = " ".join(each.value for each in AccountKind if each in new.account_kinds)
    row.needs_evidence, row.needs_period = new.needs_evidence, new.needs_period
    row.always_approved, row.tells_benefit, row.active = new.always_approved, new.tells_benefit, new.active
    ctx.session.flush()
    return row.key


def _apply(ctx: Context, payload: Payload) -> Changes:
    new = _read(payload)
    checked(ctx, new)
    write(ctx, new)
    return CHANGED


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = _read(payload)
    standing = kinds(ctx).get(new.key)
    told = [
        Detail("Name", standing.title if standing else "", new.title),
        Detail("When it is used", standing.explained if standing else "", new.explained),
        Detail("Posts by", _posts(standing) if standing else "", _posts(new)),
        Detail("Allowed on", _accounts(standing.account_kinds) if standing else "", _accounts(new.account_kinds)),
    ]
    for name, title in _FLAGS.items():
        before = ("yes" if getattr(standing, name) else "no") if standing else ""
        told.append(Detail(title, before, "yes" if getattr(new, name) else "no"))
    return tuple(each for each in told if each.before != each.after)


def _posts(kind: KindRow | NewKind) -> str:
    return f"{kind.code}, {kind.side.value}"


def _accounts(on: frozenset[AccountKind]) -> str:
    return ", ".join(in_words(each) for each in AccountKind if each in on)


def _read(payload: Payload) -> NewKind:
    on = payload["account_kinds"]
    assert isinstance(on, list), "The kinds of account are kept as a list."
    return NewKind(
        key=str(payload["key"]),
        title=str(payload["title"]),
        explained=str(payload["explained"]),
        code=str(payload["code"]),
        side=Side(str(payload["side"])),
        account_kinds=frozenset(AccountKind(each) for each in on),
        needs_evidence=bool(payload["needs_evidence"]),
        needs_period=bool(payload["needs_period"]),
        always_approved=bool(payload["always_approved"]),
        tells_benefit=bool(payload["tells_benefit"]),
        active=bool(payload["active"]),
        version=int(str(payload["version"])),
    )
