"""The second signature of Monday's sheet, as a kind of request for approval."""

from __future__ import annotations

from typing import Any

from app.models.charges import DebitControl
from app.models.values import ApprovalState
from app.services.approvals import kinds
from app.services.approvals.dto import Detail, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.tenancies.debit_control import keeping, positions, queries
from app.services.tenancies.debit_control.commands import AREAS, KIND
from app.services.tenancies.starting.rules import written


def register() -> None:
    """Plug the kind in."""
    kinds.register(
        ApprovalKind(KIND, "Debit control", Permission.SIGN_DEBIT_CONTROL, apply=_apply, details=_details, ended=_ended)
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    """Sign the sheet, if its figures are still those that the first officer signed."""
    row = _row(ctx, payload)
    if row.checked_at is not None:
        raise UserError(f"The debit control of {written(row.week_on)} is signed already.")
    worked = queries.work_out(ctx, row.week_on)
    if not worked.charged:
        raise UserError(
            f"The charge of the week of {written(row.week_on)} was reversed since.", "Charge it anew first."
        )
    if not keeping.is_as_kept(ctx, row.id, worked):
        raise UserError(
            f"The figures of the week of {written(row.week_on)} have changed since the sheet was prepared.",
            "Return it: whoever prepared it prepares it anew.",
        )
    positions.keep(ctx, worked.closing)
    row.checked_by, row.checked_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Each rent group's line as the records say now: what changed since it was asked shows as overtaken."""
    row = _row(ctx, payload)
    worked = queries.work_out(ctx, row.week_on)
    found: list[Detail] = [Detail("Week", "", written(row.week_on))]
    for line in worked.lines:
        moved = (
            ("new lets", line.new_lets),
            ("endings", line.endings),
            ("changes", line.changes),
            ("voids", line.voids),
        )
        words = [f"{name} {amount}" for name, amount in moved if amount]
        words += [f"part and free weeks {line.parts}"] if line.parts else []
        words += (
            [f"charged {line.run}, {line.difference.dr_cr()} beyond"] if line.difference else [f"charged {line.run}"]
        )
        words.append(f"{line.let} let, {line.void} void of {line.stock}")
        found.append(Detail(line.name, str(line.opening), f"{line.closing}: {'; '.join(words)}"))
    return tuple(found)


def _ended(ctx: Context, payload: Payload, _state: ApprovalState, _reason: str) -> None:
    """It was refused or taken back: the sheet is open again."""
    row = _row(ctx, payload)
    row.request_id = None
    ctx.session.flush()


def _row(ctx: Context, payload: Payload) -> DebitControl:
    number: Any = payload["control"]
    return ctx.session.get_one(DebitControl, int(number))
