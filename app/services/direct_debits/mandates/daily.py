"""What is done of mandates each day: live when the bank's days are over, dormant when it has let them lapse, and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import or_, select

from app.models.diary import Task
from app.models.direct_debits.mandates import Instruction, Mandate
from app.models.values import InstructionState, MandateEvent, MandateState, MandateWay, Subject, ToldBy
from app.services.core.calendars import months_after
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.calendar import office_days
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask, TaskState
from app.services.diary.keeping import written
from app.services.direct_debits.mandates import keeping, listing, rules
from app.services.direct_debits.mandates.dto import MandateView
from app.services.direct_debits.mandates.keeping import paying

_AGAIN_AFTER: Final = timedelta(days=14)
"""A task that somebody finished is not made again before."""
_SOON: Final = 2


def register() -> None:
    """Plug it in."""
    plug_in("mandates", run)


@requires(Permission.KEEP_TASKS)
def run(ctx: Context) -> Changes:
    """Bring mandates to today, and make a task of each that somebody has to look at; a second time changes nothing."""
    keeping.settle(ctx)
    _lapse(ctx)
    today = ctx.clock.today()
    _tasks(
        ctx,
        "mandate_lodge",
        _not_lodged(ctx),
        "Lodge mandate {0}",
        "Its instruction waits longer than policy allows.",
    )
    _tasks(
        ctx,
        "mandate_suspended",
        _in_view(ctx, MandateView.SUSPENDED),
        "Look at suspended mandate {0}",
        "Nothing is collected: resume it, amend it or cancel it.",
    )
    _tasks(
        ctx,
        "mandate_confirm",
        _not_confirmed(ctx),
        "Confirm mandate {0} to its payer",
        "The confirmation with the Guarantee isn't written.",
    )
    months = ctx.policy.number("direct_debits.dormant_months", today)
    _tasks(
        ctx,
        "mandate_dormant",
        _in_view(ctx, MandateView.DORMANT_SOON),
        "Mandate {0} is dormant soon",
        f"The bank saw nothing of it for nearly {months} months. Collect something, or ask the payer for a new one in time.",
    )
    return Changes(keeping.AREAS)


def _lapse(ctx: Context) -> None:
    """Mandates of which the bank saw nothing for so many months as policy says are dormant: it has let them lapse."""
    today = ctx.clock.today()
    months = ctx.policy.number("direct_debits.dormant_months", today)
    lapsed = select(Mandate).where(
        Mandate.state.not_in(sorted(rules.OVER)), Mandate.last_bank_on <= months_after(today, -months)
    )
    for row in ctx.session.scalars(lapsed.order_by(Mandate.id)).all():
        bank = keeping.bank_of(ctx, row.id)
        keeping.withdraw_instructions(ctx, bank)
        bank.held = False
        words = f"The bank saw nothing since {written(row.last_bank_on)}" if row.last_bank_on else ""
        keeping.move(ctx, row, MandateState.DORMANT, MandateEvent.DORMANT, words, told_by=ToldBy.SYSTEM)
        paying.pays_otherwise(ctx, row)
        diary.finish_for(ctx, Subject.MANDATE, row.id, "mandate_dormant", "It is dormant")


def _not_lodged(ctx: Context) -> list[Mandate]:
    today = ctx.clock.today()
    days = ctx.policy.number("direct_debits.lodge_days", today)
    last = office_days(ctx).add(today, -days)
    waits = select(Instruction.mandate_id).where(
        Instruction.state == InstructionState.WAITING, Instruction.asked_at < midnight(last)
    )
    return _read(ctx, Mandate.id.in_(waits))


def _not_confirmed(ctx: Context) -> list[Mandate]:
    today = ctx.clock.today()
    days = ctx.policy.number("direct_debits.confirm_days", today)
    last = office_days(ctx).add(today, -days)
    waits = (Mandate.confirmed_on.is_(None), Mandate.way != MandateWay.LOADED, Mandate.received_on < last)
    return _read(ctx, *waits, Mandate.state.not_in(sorted(rules.OVER)))


def _in_view(ctx: Context, view: MandateView) -> list[Mandate]:
    return _read(ctx, listing.in_view(ctx, view))


def _read(ctx: Context, *where: object) -> list[Mandate]:
    return list(ctx.session.scalars(select(Mandate).where(*where).order_by(Mandate.id)))  # type: ignore[arg-type]


def _tasks(ctx: Context, kind: str, mandates: Sequence[Mandate], title: str, details: str) -> None:
    """A task about each that has none of its kind, and had none that was finished lately."""
    known = _known(ctx, kind, [row.id for row in mandates])
    due = diary.due_in(ctx, _SOON)
    for row in mandates:
        if row.id not in known:
            diary.add_task(ctx, _task(row, kind, title, details, due))


def _task(row: Mandate, kind: str, title: str, details: str, due: date) -> NewTask:
    return NewTask(title.format(row.reference), due, details, Subject.MANDATE, row.id, kind)


def _known(ctx: Context, kind: str, mandate_ids: Iterable[int]) -> set[int]:
    lately = midnight(ctx.clock.today() - _AGAIN_AFTER)
    found: set[int] = set()
    for chunk in in_chunks(sorted(mandate_ids)):
        rows = select(Task.subject_id).where(
            Task.kind == kind,
            Task.subject == Subject.MANDATE,
            Task.subject_id.in_(chunk),
            or_(Task.state == TaskState.OPEN.value, Task.ended_at >= lately),
        )
        found.update(each for each in ctx.session.scalars(rows) if each is not None)
    return found
