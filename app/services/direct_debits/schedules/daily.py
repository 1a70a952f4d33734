"""What the day asks of schedules: where a hold on arrears began or ended since an instalment was worked out, a task.

Nothing is worked out anew by itself: the payer needs notice of what it is then, and an officer gives it. Until then a run
leaves out what may not be collected.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select

from app.models.diary import Task
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.holds import Hold, HoldStop
from app.models.values import Stop, Subject
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask, TaskState
from app.services.direct_debits.mandates.rules import COLLECTS
from app.services.direct_debits.schedules import reasons, recalculating
from app.services.direct_debits.schedules.writing import HELD

_LATELY: Final = timedelta(days=92)
"""A hold that ended longer ago is asked about no more."""
_SOON: Final = 2


def register() -> None:
    """Plug the day's work in."""
    plug_in("debit_schedules", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """A task for each mandate whose arrears aren't collected any more, or are again, unlike its schedule has it.

    What was worked out again since, or comes to the same, is done.
    """
    turned = _turned(ctx)
    open_ = set(_open(ctx))
    for mandate_id in sorted(open_ - turned.keys()):
        diary.finish_for(ctx, Subject.MANDATE, mandate_id, HELD, "The instalment is as it should be")
    due = diary.due_in(ctx, _SOON)
    fresh = sorted(turned.keys() - open_)
    names = _references(ctx, fresh)
    for mandate_id in fresh:
        title = f"Recalculate mandate {names[mandate_id]}: a hold on its arrears began or ended"
        diary.add_task(ctx, NewTask(title, due, turned[mandate_id], Subject.MANDATE, mandate_id, HELD))
    return Changes(frozenset({"direct_debits", "diary", "home"}))


def _turned(ctx: Context) -> Mapping[int, str]:
    """What a hold changes of the instalments of mandates, as sentences; those whose instalment moves by it."""
    found: dict[int, str] = {}
    for chunk in in_chunks(_held_lately(ctx)):
        _, each = recalculating.worked_again(ctx, chunk)
        moving = [(one, one.standing.schedule) for one in each if one.changes]
        parts = recalculating.parts_of(ctx, [version.schedule_id for _, version in moving if version])
        for one, version in moving:
            words = " ".join(reasons.held(parts[version.schedule_id], one.worked.parts)) if version else ""
            if words:
                found.setdefault(one.standing.mandate_id, words)
    return found


def _held_lately(ctx: Context) -> list[int]:
    """The mandates that collect of accounts whose arrears are held, or were lately."""
    today = ctx.clock.today()
    held = (
        select(Hold.account_id)
        .join(HoldStop, HoldStop.hold_id == Hold.id)
        .where(
            HoldStop.stop == Stop.ARREARS_COLLECTION,
            Hold.from_on <= today,
            or_(Hold.to_on.is_(None), Hold.to_on >= today - _LATELY),
        )
    )
    paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id.in_(held))
    rows = select(Mandate.id).where(
        Mandate.state.in_(COLLECTS), or_(Mandate.account_id.in_(held), Mandate.id.in_(paying))
    )
    return list(ctx.session.scalars(rows.order_by(Mandate.id)))


def _open(ctx: Context) -> list[int]:
    mine = (Task.kind == HELD, Task.subject == Subject.MANDATE, Task.state == TaskState.OPEN.value)
    return [each for each in ctx.session.scalars(select(Task.subject_id).where(*mine)) if each is not None]


def _references(ctx: Context, mandate_ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in in_chunks(mandate_ids):
        rows = select(Mandate.id, Mandate.reference).where(Mandate.id.in_(chunk))
        found.update((row.id, row.reference) for row in ctx.session.execute(rows))
    return found
