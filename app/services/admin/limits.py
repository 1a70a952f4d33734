"""Money limits: the most that an officer may do or approve alone, changed only with a second person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.models.limits import OfficerLimit
from app.models.values import LimitKind, Money, Subject
from app.services.admin.officers_dto import CHANGED, Asked, LimitLine
from app.services.admin.standing import waiting_about, working
from app.services.approvals import keeping
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core import officers
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.limits import TITLES, Limit, limits_of
from app.services.core.permissions import Permission, requires

KIND = "officer_limits"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The limits of a request: (line, batch) in pence by kind."""

    officer_id: int
    pence: dict[LimitKind, tuple[int, int]]


def register() -> None:
    """Plug the kind of request in."""
    register_kind(ApprovalKind(KIND, "Officer's limits", Permission.APPROVE_OFFICER_CHANGES, _apply, _details))


def page(ctx: Context) -> tuple[LimitLine, ...]:
    """Every active officer with their limits."""
    names = officers.role_names(ctx.session)
    kept: dict[int, list[tuple[LimitKind, Money, Money]]] = {}
    for row in ctx.session.scalars(select(OfficerLimit)):
        kept.setdefault(row.officer_id, []).append((row.kind, Money(row.line_pence), Money(row.batch_pence)))
    waiting = waiting_about(ctx, Subject.OFFICER)
    return tuple(
        LimitLine(
            each.id,
            each.name,
            tuple(name for key, name in names.items() if key in each.roles),
            tuple(kept.get(each.id, ())),
            waiting.get(each.id, 0),
        )
        for each in officers.working(ctx.session)
    )


@requires(Permission.MANAGE_OFFICERS)
def change(ctx: Context, officer_id: int, limits: tuple[Limit, ...], reason: str) -> Asked:
    """Ask for an officer's limits to be these; a kind that isn't named stays as it is.

    Raises:
        UserError: a limit is below nothing, a batch's is below its line's, nothing changes, no reason is given, or the
            office has one officer.
    """
    officer = working(ctx, officer_id)
    for limit in limits:
        if min(limit.line.pence, limit.batch.pence) < 0:
            raise UserError("A limit is an amount of £0.00 or more.", field=f"{limit.kind}_line")
        if limit.batch < limit.line:
            raise UserError(
                f"{TITLES[limit.kind]}: the limit of a batch is below that of one line.",
                "A batch holds one line at least, so it may not be smaller.",
                f"{limit.kind}_batch",
            )
    standing = limits_of(ctx.session, officer_id)
    changed = [each for each in limits if standing.get(each.kind, Limit(each.kind, Money(0), Money(0))) != each]
    if not changed:
        raise UserError(f"{officer.name} has these limits already.")
    pence = {each.kind.value: [each.line.pence, each.batch.pence] for each in changed}
    kinds = ", ".join(TITLES[each.kind].lower() for each in changed)
    summary = f"Limits of {officer.name}: {kinds}"
    request = NewRequest(
        KIND, Subject.OFFICER, officer_id, summary, reason, {"officer_id": officer_id, "limits": pence}
    )
    return Asked(keeping.ask(ctx, request))


def _apply(ctx: Context, payload: Payload) -> Changes:
    wanted = _read(payload)
    working(ctx, wanted.officer_id)
    for kind, (line, batch) in wanted.pence.items():
        row = ctx.session.get(OfficerLimit, (wanted.officer_id, kind))
        if row is None:
            ctx.session.add(OfficerLimit(officer_id=wanted.officer_id, kind=kind, line_pence=line, batch_pence=batch))
        else:
            row.line_pence, row.batch_pence = line, batch
    ctx.session.flush()
    return CHANGED


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    wanted = _read(payload)
    officer = working(ctx, wanted.officer_id)
    standing = limits_of(ctx.session, wanted.officer_id)
    found = [Detail("Officer", officer.name, officer.name)]
    for kind, (line, batch) in wanted.pence.items():
        was = standing.get(kind, Limit(kind, Money(0), Money(0)))
        found.append(Detail(f"{TITLES[kind]}, one line", str(was.line), str(Money(line))))
        found.append(Detail(f"{TITLES[kind]}, a batch", str(was.batch), str(Money(batch))))
    return tuple(found)


def _read(payload: Payload) -> _Wanted:
    officer_id, limits = payload["officer_id"], payload["limits"]
    assert isinstance(officer_id, int)
    assert isinstance(limits, dict)
    return _Wanted(officer_id, {LimitKind(kind): (int(line), int(batch)) for kind, (line, batch) in limits.items()})
