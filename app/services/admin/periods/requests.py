"""The closing or reopening of a period as a kind of request for approval."""

from __future__ import annotations

from typing import Final

from app.models.values import PeriodState
from app.services.approvals import kinds
from app.services.approvals.dto import Detail, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.ledger import periods

KIND: Final = "period_change"
AREAS: Final = frozenset({"admin", "ledger"})


def register() -> None:
    """Plug the kind in."""
    kinds.register(
        ApprovalKind(KIND, "Accounting period", Permission.AUTHORISE_PERIOD_CHANGE, apply=_apply, details=_details)
    )


def payload_of(name: str, to_state: PeriodState) -> dict[str, object]:
    """What the kind needs to carry a change out."""
    return {"period": name, "to_state": to_state.value}


def _apply(ctx: Context, payload: Payload) -> Changes:
    period = periods.by_name(ctx.session, str(payload["period"]))
    periods.change_state(ctx, period, PeriodState(str(payload["to_state"])))
    return Changes(AREAS)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    period = periods.by_name(ctx.session, str(payload["period"]))
    return (Detail("State", period.state.value, str(payload["to_state"])),)
