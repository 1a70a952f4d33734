"""What an officer who changed one collection left for the end of the year: kept with the schedule until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import func, select

from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule, SchedulePart
from app.models.values import CollectionKind, CollectionState, PartKind
from app.services.core.context import Context
from app.services.direct_debits.schedules.standing import Standing
from app.services.direct_debits.schedules.working import LEFT_WORDS

_SET: Final = "set by an officer"


@dataclass(frozen=True, slots=True)
class Before:
    """A collection before an officer changed it: what it collects of each account, in pence.

    Attributes:
        planned_by: the version that planned it as it is; None if an officer set it.
    """

    shares: Mapping[int, int] = field(default_factory=dict)
    planned_by: int | None = None


def before(ctx: Context, row: Collection) -> Before:
    """A collection as it is now."""
    regular = row.kind is CollectionKind.SCHEDULED and not row.by_hand
    return Before(_shares(ctx, row), row.schedule_id if regular else None)


def leave(ctx: Context, standing: Standing, row: Collection, was: Before) -> DebitSchedule:
    """Keep with the schedule of a collection's year that what it collects less is left until its end; the sum still adds up.

    The parts are those that working it out again comes to: a collection that is set by hand comes off the sum, and what is
    left does. Returns the version.
    """
    until = next((each.until for each in standing.open if each.collection_id == row.id), row.due_on)
    version = standing.schedule
    if standing.earlier is not None and until <= standing.earlier.ends_on:
        version = standing.earlier
    assert version is not None
    schedule = ctx.session.get_one(DebitSchedule, version.schedule_id)
    now = {} if row.state is CollectionState.SKIPPED else _shares(ctx, row)
    planned = was.shares if was.planned_by == schedule.id else {}
    for account_id in sorted({*was.shares, *now}):
        less = was.shares.get(account_id, 0) - now.get(account_id, 0)
        _add(ctx, schedule, PartKind.LEFT, account_id, -less, LEFT_WORDS)
        _add(ctx, schedule, PartKind.TAKEN, account_id, less - planned.get(account_id, 0), _SET)
        schedule.forecast_pence += less
    if planned:
        total = sum(planned.values())
        schedule.total_pence -= total
        schedule.count -= 1
        if schedule.first_pence == total:
            schedule.first_pence = schedule.pence
    ctx.session.flush()
    return schedule


def _shares(ctx: Context, row: Collection) -> dict[int, int]:
    parts = select(CollectionShare.account_id, CollectionShare.pence).where(CollectionShare.collection_id == row.id)
    return {account_id: pence for account_id, pence in ctx.session.execute(parts)}  # noqa: C416


def _add(ctx: Context, schedule: DebitSchedule, kind: PartKind, account_id: int, pence: int, words: str) -> None:
    """Add to a part of a version that has these words, or make it one."""
    if not pence:
        return
    mine = select(SchedulePart).where(SchedulePart.schedule_id == schedule.id)
    same = mine.where(SchedulePart.kind == kind, SchedulePart.account_id == account_id, SchedulePart.words == words)
    part = ctx.session.scalars(same).first()
    if part is not None:
        part.pence += pence
        return
    last = ctx.session.scalar(select(func.max(SchedulePart.place)).where(SchedulePart.schedule_id == schedule.id))
    place = 0 if last is None else last + 1
    values = {"kind": kind, "account_id": account_id, "pence": pence, "words": words}
    ctx.session.add(SchedulePart(schedule_id=schedule.id, place=place, **values))
    ctx.session.flush()
