"""The request for one export with what is sealed in plain text, and what an approval of it leaves behind."""

from __future__ import annotations

from typing import Final

from app.models.landlord import Setting
from app.services.approvals.dto import Detail, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core import sealed
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.exit_export.dto import CHANGED

KIND: Final = "exit_export"
_ALLOWED: Final = "exit_export.opened_allowed"


def register() -> None:
    """Plug the kind of request in."""
    register_kind(ApprovalKind(KIND, "Exit export", Permission.APPROVE_OFFICER_CHANGES, _apply, _details))


def allowed_to(ctx: Context) -> int:
    """The officer who may make one opened export; 0: nobody."""
    row = ctx.session.get(Setting, _ALLOWED)
    return int(row.value) if row is not None and row.value else 0


def allow(ctx: Context, officer_id: int) -> None:
    """Let an officer make one opened export; 0: nobody."""
    row, value = ctx.session.get(Setting, _ALLOWED), str(officer_id or "")
    if row is None:
        ctx.session.add(Setting(key=_ALLOWED, value=value))
    else:
        row.value = value
    ctx.session.flush()


def _apply(ctx: Context, payload: Payload) -> Changes:
    allow(ctx, int(str(payload["by"])))
    return CHANGED


def _details(ctx: Context, _payload: Payload) -> tuple[Detail, ...]:
    total = sum(sum(each.values()) for each in sealed.held_by(ctx).values())
    return (
        Detail("Exported", "", "every table, and every document as a file"),
        Detail("Sealed now", "", f"{total:,} things; bank details and incidents would stand in plain text"),
    )
