"""Changing why a property stands empty."""

from __future__ import annotations

from sqlalchemy import select

from app.models.endings import VoidPeriod
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.diary.keeping import checked_text
from app.services.tenancies.voids import queries
from app.services.tenancies.voids.dto import ChangeVoid
from app.services.tenancies.voids.keeping import open_void

_LONGEST = 400


@requires(Permission.KEEP_TENANCIES)
def change(ctx: Context, wanted: ChangeVoid) -> Changes:
    """Give a void a reason, or another from a day on.

    Raises:
        UserError: the property isn't empty, the day isn't in its void, or somebody else changed it meanwhile.
    """
    note = checked_text(ctx, wanted.note, "note", "note", _LONGEST)
    since = queries.empty_since(ctx, wanted.property_id)
    today = ctx.clock.today()
    first = wanted.from_on or since or today
    queries.refuse_outside(first, since, today)
    lasting = ctx.session.scalars(
        select(VoidPeriod).where(VoidPeriod.property_id == wanted.property_id, VoidPeriod.to_on.is_(None))
    ).first()
    refuse_old(lasting.version if lasting is not None else 0, wanted.version)
    if lasting is not None and lasting.from_on == first:
        lasting.reason, lasting.note = wanted.reason, note
    else:
        open_void(ctx, wanted.property_id, first, wanted.reason, note)
    ctx.session.flush()
    return Changes(frozenset({"tenancies"}))
