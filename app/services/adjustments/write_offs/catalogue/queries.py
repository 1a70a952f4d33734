"""Reading the reasons of write-offs, with how much they are used."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.values import Subject
from app.models.write_offs import WriteOff
from app.services.adjustments.catalogue.requests import number_of
from app.services.adjustments.write_offs import bands
from app.services.adjustments.write_offs.catalogue import rules
from app.services.adjustments.write_offs.catalogue.dto import ReasonListed
from app.services.adjustments.write_offs.catalogue.requests import KIND
from app.services.approvals import keeping as approvals
from app.services.core.context import Context


def listed(ctx: Context) -> tuple[ReasonListed, ...]:
    """Every reason, those in use first."""
    used = {
        row[0]: row[1] for row in ctx.session.execute(select(WriteOff.reason, func.count()).group_by(WriteOff.reason))
    }
    waiting = approvals.waiting_for(ctx, Subject.POLICY, KIND)
    shown = [
        ReasonListed(each, rules.asks(each), used.get(key, 0), waiting.get(number_of(key, KIND)))
        for key, each in bands.reasons(ctx).items()
    ]
    return tuple(sorted(shown, key=lambda each: not each.reason.active))
