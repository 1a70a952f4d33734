"""Schedules and collections as they are kept, read for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Sequence

from sqlalchemy import select

from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule, SchedulePart
from app.models.officers import Officer
from app.models.values import Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.schedules.dto import CollectionRow, Part, Schedule, Share, Terms


def schedules(ctx: Context, mandate_id: int) -> tuple[Schedule, ...]:
    """Every version of a mandate's schedule, the latest first."""
    rows = ctx.session.execute(
        select(DebitSchedule, Officer.name)
        .join(Officer, Officer.id == DebitSchedule.made_by)
        .where(DebitSchedule.mandate_id == mandate_id)
        .order_by(DebitSchedule.number.desc())
    ).all()
    parts = _parts(ctx, [row.id for row, _ in rows])
    return tuple(_schedule(row, name, tuple(parts[row.id])) for row, name in rows)


def collections(ctx: Context, rows: Sequence[Collection]) -> tuple[CollectionRow, ...]:
    """Collections with their shares."""
    shares: defaultdict[int, list[Share]] = defaultdict(list)
    for chunk in in_chunks([row.id for row in rows]):
        columns = (CollectionShare.collection_id, CollectionShare.account_id, CollectionShare.pence)
        found = select(*columns).where(CollectionShare.collection_id.in_(chunk)).order_by(CollectionShare.account_id)
        for collection_id, account_id, pence in ctx.session.execute(found):
            shares[collection_id].append(Share(account_id, Money(pence)))
    return tuple(_collection(row, tuple(shares[row.id])) for row in rows)


def _parts(ctx: Context, schedule_ids: Some[int]) -> defaultdict[int, list[Part]]:
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for chunk in in_chunks(sorted(schedule_ids)):
        rows = select(SchedulePart).where(SchedulePart.schedule_id.in_(chunk)).order_by(SchedulePart.place)
        for row in ctx.session.scalars(rows):
            found[row.schedule_id].append(Part(row.kind, row.account_id, Money(row.pence), row.words))
    return found


def _schedule(row: DebitSchedule, name: str, parts: tuple[Part, ...]) -> Schedule:
    return Schedule(
        schedule_id=row.id,
        version=row.version,
        mandate_id=row.mandate_id,
        number=row.number,
        state=row.state,
        terms=Terms(row.frequency, row.day, row.starts_on),
        first_week_on=row.first_week_on,
        ends_on=row.ends_on,
        count=row.count,
        usual=Money(row.pence),
        first=Money(row.first_pence),
        total=Money(row.total_pence),
        forecast=Money(row.forecast_pence),
        reason=row.reason,
        made_by=name,
        made_at=row.made_at,
        parts=parts,
    )


def _collection(row: Collection, shares: tuple[Share, ...]) -> CollectionRow:
    return CollectionRow(
        collection_id=row.id,
        version=row.version,
        mandate_id=row.mandate_id,
        schedule_id=row.schedule_id,
        kind=row.kind,
        state=row.state,
        planned_on=row.planned_on,
        due_on=row.due_on,
        amount=Money(row.pence),
        by_hand=row.by_hand,
        noticed_on=row.noticed_on,
        noticed_due_on=row.noticed_due_on,
        noticed_amount=Money(row.noticed_pence) if row.noticed_pence is not None else None,
        notice_id=row.notice_id,
        run_id=row.run_id,
        again_of=row.again_of,
        returned_on=row.returned_on,
        return_code=row.return_code,
        shares=shares,
    )
