"""Asking for a period to be closed or reopened, and approving it where it is listed."""

from __future__ import annotations

from app.models.periods import Period
from app.models.values import PeriodState, Subject
from app.services.admin.periods.paper import reconciliation
from app.services.admin.periods.queries import one_period
from app.services.admin.periods.requests import KIND, payload_of
from app.services.approvals import commands as approvals
from app.services.approvals.dto import NewRequest
from app.services.approvals.keeping import ask, refuse_alone
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link, put
from app.services.ledger import periods
from app.services.ledger.dto import PeriodRow

_MONTH_END = "Month end"


@requires(Permission.REQUEST_PERIOD_CHANGE)
def request_change(ctx: Context, name: str, to_state: PeriodState, reason: str = "") -> PeriodRow:
    """Ask for a period to be closed or reopened, its reconciliation beside the request; a second officer approves it.

    Raises:
        UserError: the period is in that state already, a check stops it, it has been asked for, no reason was given for
            reopening it, or the office has one officer.
    """
    period = periods.by_name(ctx.session, name)
    refuse_alone(ctx)
    periods.refuse_unfit(ctx, period, to_state)
    if to_state is PeriodState.OPEN and not reason.strip():
        raise UserError("Say why the period is reopened.", field="reason")
    verb = "Close" if to_state is PeriodState.CLOSED else "Reopen"
    ask(
        ctx,
        NewRequest(
            KIND,
            Subject.PERIOD,
            period.id,
            f"{verb} {period.name}",
            reason.strip() or _MONTH_END,
            payload_of(period.name, to_state),
            evidence=(_evidence(ctx, period),),
        ),
    )
    return one_period(ctx, period.name)


@requires(Permission.AUTHORISE_PERIOD_CHANGE)
def authorise_change(ctx: Context, name: str) -> PeriodRow:
    """Approve what another officer asked about a period.

    Raises:
        UserError: nobody asked, the officer asked for it themselves, or a check stops it now.
    """
    found = one_period(ctx, name)
    if found.request_id is None:
        raise UserError(f"Nobody has asked for {found.name} to be closed or reopened.")
    approvals.approve(ctx, [found.request_id])
    return one_period(ctx, found.name)


def _evidence(ctx: Context, period: Period) -> int:
    """Keep the reconciliation as it is now with the period."""
    sha256 = put(ctx, reconciliation(ctx, period), "application/pdf")
    file_name = f"Reconciliation {period.name}.pdf"
    title = f"Reconciliation of {period.name}"
    return link(ctx, sha256, NewLink(Subject.PERIOD, period.id, "reconciliation", title, file_name))
