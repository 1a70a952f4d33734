"""The accounting periods with what waits for a second officer."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from app.models.approvals import ApprovalRequest
from app.models.officers import Officer
from app.models.values import PeriodState, Subject
from app.services.admin.periods.requests import KIND
from app.services.approvals.keeping import request_of, waiting_for
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import periods
from app.services.ledger.dto import PeriodRow


def list_periods(ctx: Context) -> tuple[PeriodRow, ...]:
    """Every period, the latest first; a finished open one with its pre-checks."""
    waiting = waiting_for(ctx, Subject.PERIOD, KIND)
    return tuple(
        _with_request(ctx, row, waiting[row.period_id]) if row.period_id in waiting else row
        for row in periods.list_periods(ctx)
    )


def one_period(ctx: Context, name: str) -> PeriodRow:
    """One period by its name, or a month or day in it.

    Raises:
        UserError: there is none.
    """
    wanted = periods.by_name(ctx.session, name).id
    found = next((row for row in list_periods(ctx) if row.period_id == wanted), None)
    if found is None:
        raise UserError(f"There is no period '{name}'.")
    return found


def _with_request(ctx: Context, row: PeriodRow, request_id: int) -> PeriodRow:
    request, asker = ctx.session.execute(
        select(ApprovalRequest, Officer.name)
        .join(Officer, Officer.id == ApprovalRequest.asked_by)
        .where(ApprovalRequest.id == request_id)
    ).one()
    to_state = PeriodState(str(request_of(request).payload["to_state"]))
    return replace(row, waiting=to_state, waiting_since=request.asked_at, requested_by=asker, request_id=request_id)
