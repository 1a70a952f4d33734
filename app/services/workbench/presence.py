"""Soft presence: who else has a record open. It tells and never stops anybody.

A window says every half minute what it has open (`beat`); what it no longer names is left, and what nobody has said
for two minutes has expired, as after a power cut. Both moments are by the database's clock, so that desks whose
clocks differ agree.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from sqlalchemy import and_, delete, insert, or_, select, update

from app.models.drafts import Presence
from app.models.officers import Officer
from app.services.core.context import Context
from app.services.core.gate import passes
from app.services.core.moments import database_moment
from app.services.workbench.presence_records import Other, Record

__all__ = ["EXPIRES", "Other", "Record", "beat"]

EXPIRES: Final = timedelta(minutes=2)


@passes
def beat(ctx: Context, window: str, records: Collection[Record]) -> dict[Record, tuple[Other, ...]]:
    """Say what a window has open, all of it; who else has each. No records: the window is closing.

    It asks for no permission: whoever may look at a record is seen to.
    """
    now = database_moment(ctx.session)
    ctx.session.execute(delete(Presence).where(Presence.seen_at < now - EXPIRES))
    own = ctx.session.execute(
        select(Presence.id, Presence.subject, Presence.subject_id).where(Presence.desk == window)
    ).all()
    there = {Record(row.subject, row.subject_id): row.id for row in own}
    gone = [there[record] for record in there.keys() - set(records)]
    stay = [there[record] for record in there.keys() & set(records)]
    if gone:
        ctx.session.execute(delete(Presence).where(Presence.id.in_(gone)))
    if stay:
        ctx.session.execute(update(Presence).where(Presence.id.in_(stay)).values(seen_at=now))
    whose = {"desk": window, "officer_id": ctx.officer.id, "since": now, "seen_at": now}
    fresh = [{"subject": each.subject, "subject_id": each.subject_id} | whose for each in set(records) - there.keys()]
    if fresh:
        ctx.session.execute(insert(Presence), fresh)
    return _others(ctx, window, records)


def _others(ctx: Context, window: str, records: Collection[Record]) -> dict[Record, tuple[Other, ...]]:
    """Who else, the first to open it first, each officer once."""
    found: dict[Record, dict[int, Other]] = {record: {} for record in records}
    if records:
        these = [and_(Presence.subject == each.subject, Presence.subject_id == each.subject_id) for each in records]
        rows = ctx.session.execute(
            select(Presence.subject, Presence.subject_id, Officer.id, Officer.name, Presence.since)
            .join(Officer, Officer.id == Presence.officer_id)
            .where(Presence.desk != window, or_(*these))
            .order_by(Presence.since, Presence.id)
        )
        for row in rows:
            other = Other(row.name, row.since, row.id == ctx.officer.id)
            found[Record(row.subject, row.subject_id)].setdefault(row.id, other)
    return {record: tuple(others.values()) for record, others in found.items()}
