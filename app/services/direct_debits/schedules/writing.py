"""New versions of schedules written, for one mandate or for all: set-based, in the transaction of whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, insert, select, update

from app.models.diary import Task
from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule, SchedulePart
from app.models.values import CollectionKind, CollectionState, ScheduleState, Subject
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile
from app.services.diary import keeping as diary
from app.services.diary.dto import TaskState
from app.services.direct_debits.schedules.dto import Planned, Worked
from app.services.direct_debits.schedules.standing import Open, Standing

HELD: Final = "schedule_held"
"""The kind of the task to work a schedule out again because a hold on arrears began or ended."""
_LONGEST: Final = 200
_SCHEDULE: Final[Any] = DebitSchedule.__table__
_PART: Final[Any] = SchedulePart.__table__
_COLLECTION: Final[Any] = Collection.__table__
_SHARE: Final[Any] = CollectionShare.__table__
_AS_READ: Final = (
    _COLLECTION.c.id == bindparam("row"),
    _COLLECTION.c.version == bindparam("was"),
    _COLLECTION.c.state == CollectionState.PLANNED,
)
_TABLES: Final = (DebitSchedule, SchedulePart, Collection, CollectionShare)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to write: what was worked out, and the planned collections that it replaces."""

    standing: Standing
    worked: Worked
    replaced: tuple[Open, ...]
    reason: str


def write(ctx: Context, made: Sequence[NewVersion]) -> dict[int, int]:
    """Write versions, at most one of a mandate; the id of each by mandate.

    The version in force becomes superseded. A planned collection whose nominal day stays is the same row, with what the
    payer was told of it; one whose day doesn't is dropped.
    """
    ctx.session.flush()
    found: dict[int, int] = {}
    for chunk in in_chunks(made):
        found |= _write(ctx, chunk)
        _seen_to(ctx, [each.standing.mandate_id for each in chunk])
    _forget(ctx)
    return found


def _seen_to(ctx: Context, mandate_ids: Sequence[int]) -> None:
    """Finish the tasks that ask for what was written."""
    mine = (Task.kind == HELD, Task.subject == Subject.MANDATE, Task.state == TaskState.OPEN.value)
    for mandate_id in ctx.session.scalars(select(Task.subject_id).where(*mine, Task.subject_id.in_(mandate_ids))).all():
        if mandate_id is not None:
            diary.finish_for(ctx, Subject.MANDATE, mandate_id, HELD, "It was recalculated")


def _write(ctx: Context, made: Sequence[NewVersion]) -> dict[int, int]:
    _supersede(ctx, made)
    ids = _versions(ctx, made)
    parts = list(_parts(made, ids))
    if parts:
        ctx.session.connection().execute(insert(_PART), parts)
    _collections(ctx, made, ids)
    first = made[0]
    facts = {"rows": len(made), "reason": first.reason}
    if len(made) == 1:
        facts |= {"mandate": first.standing.mandate_id, "usual_pence": first.worked.usual.pence}
    audit.record_bulk(ctx, DebitSchedule.__tablename__, "insert", **facts)
    return ids


def _supersede(ctx: Context, made: Sequence[NewVersion]) -> None:
    mandates = [each.standing.mandate_id for each in made]
    ctx.session.execute(
        update(DebitSchedule)
        .where(DebitSchedule.mandate_id.in_(mandates), DebitSchedule.state == ScheduleState.CURRENT)
        .values(state=ScheduleState.SUPERSEDED, version=DebitSchedule.version + 1)
        .execution_options(synchronize_session=False)
    )


def _versions(ctx: Context, made: Sequence[NewVersion]) -> dict[int, int]:
    mandate_ids = [each.standing.mandate_id for each in made]
    numbers = _numbers(ctx, mandate_ids)
    now = ctx.clock.now()
    rows = [
        _version(each, numbers.get(each.standing.mandate_id, 0) + 1) | {"made_by": ctx.officer.id, "made_at": now}
        for each in made
    ]
    ctx.session.connection().execute(insert(_SCHEDULE), rows)
    current = select(DebitSchedule.mandate_id, DebitSchedule.id).where(
        DebitSchedule.mandate_id.in_(mandate_ids), DebitSchedule.state == ScheduleState.CURRENT
    )
    return {row[0]: row[1] for row in ctx.session.execute(current)}


def _numbers(ctx: Context, mandate_ids: Sequence[int]) -> dict[int, int]:
    """The number of the latest version of each mandate, also where none is in force."""
    found: dict[int, int] = {}
    rows = select(DebitSchedule.mandate_id, DebitSchedule.number).where(DebitSchedule.mandate_id.in_(mandate_ids))
    for mandate_id, number in ctx.session.execute(rows):
        found[mandate_id] = max(number, found.get(mandate_id, 0))
    return found


def _version(each: NewVersion, number: int) -> dict[str, Any]:
    worked = each.worked
    return {
        "mandate_id": each.standing.mandate_id,
        "number": number,
        "state": ScheduleState.CURRENT,
        "frequency": worked.terms.frequency,
        "day": worked.terms.day,
        "starts_on": worked.planned[0].planned_on if worked.planned else worked.terms.starts_on,
        "first_week_on": worked.first_week_on,
        "ends_on": worked.ends_on,
        "collection_count": worked.count,
        "pence": worked.usual.pence,
        "first_pence": worked.first.pence,
        "total_pence": worked.total.pence,
        "forecast_pence": worked.forecast.pence,
        "reason": each.reason[:_LONGEST],
    }


def _parts(made: Sequence[NewVersion], ids: dict[int, int]) -> Iterator[dict[str, Any]]:
    for each in made:
        for place, part in enumerate(each.worked.parts):
            yield {
                "schedule_id": ids[each.standing.mandate_id],
                "place": place,
                "account_id": part.account_id,
                "kind": part.kind,
                "pence": part.amount.pence,
                "words": part.words[:_LONGEST],
            }


@dataclass(slots=True)
class _Rows:
    """Rows of collections to write, of many versions."""

    changed: list[dict[str, Any]] = field(default_factory=list)
    added: list[dict[str, Any]] = field(default_factory=list)
    dropped: list[Open] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    """Collections whose shares are written anew."""
    shares: list[dict[str, Any]] = field(default_factory=list)
    fresh: dict[tuple[int, date], Planned] = field(default_factory=dict)

    def take(self, version: NewVersion, schedule_id: int) -> None:
        """Planned collections whose day stays are changed, the others dropped, and new ones added."""
        standing = {each.planned_on: each for each in version.replaced if each.kind is CollectionKind.SCHEDULED}
        kept: set[int] = set()
        for planned in version.worked.planned:
            old = standing.get(planned.planned_on)
            if old is None:
                self.added.append(_added(version.standing.mandate_id, schedule_id, planned))
                self.fresh[schedule_id, planned.planned_on] = planned
                continue
            kept.add(old.collection_id)
            self.changed.append(_changed(old, schedule_id, planned))
            if tuple((each.account_id, each.amount.pence) for each in planned.shares) != old.shares:
                self.stale.append(old.collection_id)
                self.shares.extend(_shares(old.collection_id, planned))
        self.dropped.extend(each for each in version.replaced if each.collection_id not in kept)


def _collections(ctx: Context, made: Sequence[NewVersion], ids: dict[int, int]) -> None:
    """The collections of versions, with their shares."""
    rows = _Rows()
    for version in made:
        rows.take(version, ids[version.standing.mandate_id])
    _change(ctx, rows.changed)
    _drop(ctx, rows.dropped)
    _refuse_changed(ctx, {each["row"]: each["its_schedule"] for each in rows.changed})
    if rows.added:
        ctx.session.connection().execute(insert(_COLLECTION), rows.added)
        rows.shares.extend(_fresh_shares(ctx, rows.fresh))
    for chunk in in_chunks(rows.stale):
        ctx.session.execute(
            delete(CollectionShare)
            .where(CollectionShare.collection_id.in_(chunk))
            .execution_options(synchronize_session=False)
        )
    if rows.shares:
        ctx.session.connection().execute(insert(_SHARE), rows.shares)


def _added(mandate_id: int, schedule_id: int, planned: Planned) -> dict[str, Any]:
    return {
        "mandate_id": mandate_id,
        "schedule_id": schedule_id,
        "kind": CollectionKind.SCHEDULED,
        "state": CollectionState.PLANNED,
        "planned_on": planned.planned_on,
        "due_on": planned.due_on,
        "pence": planned.amount.pence,
    }


def _changed(old: Open, schedule_id: int, planned: Planned) -> dict[str, Any]:
    return {
        "row": old.collection_id,
        "was": old.version,
        "its_schedule": schedule_id,
        "its_due_on": planned.due_on,
        "its_pence": planned.amount.pence,
    }


def _shares(collection_id: int, planned: Planned) -> Iterator[dict[str, Any]]:
    for share in planned.shares:
        yield {"collection_id": collection_id, "account_id": share.account_id, "pence": share.amount.pence}


def _change(ctx: Context, changed: Sequence[dict[str, Any]]) -> None:
    if changed:
        statement = (
            update(_COLLECTION)
            .where(*_AS_READ)
            .values(
                schedule_id=bindparam("its_schedule"),
                due_on=bindparam("its_due_on"),
                pence=bindparam("its_pence"),
                version=_COLLECTION.c.version + 1,
            )
        )
        ctx.session.connection().execute(statement, list(changed))


def _drop(ctx: Context, dropped: Sequence[Open]) -> None:
    if not dropped:
        return
    statement = update(_COLLECTION).where(*_AS_READ)
    rows = [{"row": each.collection_id, "was": each.version} for each in dropped]
    ctx.session.connection().execute(
        statement.values(state=CollectionState.DROPPED, version=_COLLECTION.c.version + 1), rows
    )
    for chunk in in_chunks([each.collection_id for each in dropped]):
        stands = select(func.count()).where(Collection.id.in_(chunk), Collection.state != CollectionState.DROPPED)
        if ctx.session.scalar(stands):
            raise _overtaken()


def _refuse_changed(ctx: Context, expected: dict[int, int]) -> None:
    """Refuse where a run took one of them since it was read, or somebody changed it; `expected`: the schedule of each."""
    for chunk in in_chunks(list(expected)):
        rows = select(Collection.id, Collection.schedule_id).where(Collection.id.in_(chunk))
        if any(expected[collection_id] != schedule_id for collection_id, schedule_id in ctx.session.execute(rows)):
            raise _overtaken()


def _overtaken() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        "A run took one of these collections just now, or a colleague changed it; nothing was saved.", "Do it again."
    )


def _fresh_shares(ctx: Context, fresh: dict[tuple[int, date], Planned]) -> list[dict[str, Any]]:
    """The shares of collections that were added just now."""
    schedules = sorted({schedule_id for schedule_id, _ in fresh})
    found: list[dict[str, Any]] = []
    for chunk in in_chunks(schedules):
        rows = select(Collection.id, Collection.schedule_id, Collection.planned_on).where(
            Collection.schedule_id.in_(chunk), Collection.state == CollectionState.PLANNED
        )
        for collection_id, schedule_id, planned_on in ctx.session.execute(rows):
            planned = fresh.get((schedule_id, planned_on)) if schedule_id is not None else None
            if planned is not None:
                found.extend(_shares(collection_id, planned))
    return found


def _forget(ctx: Context) -> None:
    """Rows that somebody has read in this transaction are read again."""
    for row in list(ctx.session.identity_map.values()):
        if isinstance(row, _TABLES):
            ctx.session.expire(row)
