"""What the day does by itself: Bacs runs that were sent are paid on their day."""

from __future__ import annotations

from app.models.values import PaidBy, SupplierRunState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary.daily import register as plug_in
from app.services.purchase_orders.payments import keeping, settling


def register() -> None:
    """Plug the day's work in."""
    plug_in("supplier_payments", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """Pay the invoices of every Bacs run that was sent and whose day has come; finance runs wait for replies, or an officer."""
    today = ctx.clock.today()
    for run in keeping.runs_in(ctx, SupplierRunState.SENT):
        if run.by is PaidBy.BACS and run.pay_on <= today:
            settling.paid(ctx, run, run.pay_on)
    return Changes(keeping.AREAS)
