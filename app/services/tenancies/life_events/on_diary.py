"""The tasks about somebody's accounts, and the evidence that an event asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import and_, or_, select

from app.models.diary import Task
from app.models.values import LifeEvent, PropertyType, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import TaskAction, TaskState
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import accounts_held, held
from app.services.tenancies.life_events.registry import Hanging

_TASKS: Final = "Tasks"
_EVIDENCE: Final = "Evidence"
_WANTED: Final = {
    LifeEvent.DEATH: (
        "Death certificate, or the interim certificate",
        "Where there is an inquest, the coroner gives an interim certificate",
    ),
    LifeEvent.PRISON: (
        "Dates of custody: remand or sentence, and the likely release",
        "What benefit pays depends on them",
    ),
    LifeEvent.HOSPITAL: ("Day of admission, and who looks after the home", "What benefit pays depends on it"),
    LifeEvent.ABANDONMENT: ("Record of the visits, and what neighbours and the meters say", "A court asks for it"),
    LifeEvent.EVICTION: ("Report of the bailiff, with the time possession was taken", "The rent ends by it"),
    LifeEvent.RIGHT_TO_BUY: ("Completion statement of the sale", "The rent ends by it"),
}


def register() -> None:
    """Plug in open tasks, before all else, and the evidence that is wanted, after it."""
    registry.register(Hanging("evidence", 80, _find_evidence, _apply_evidence))
    registry.register(Hanging("task", 5, _find_tasks, _apply_task))


def _find_evidence(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    wanted = _WANTED.get(happened.kind)
    home = next((each for each in held(ctx, happened) if each.type is not PropertyType.GARAGE), None)
    main = home.main if home else None
    if wanted is None or main is None:
        return
    what, why = wanted
    yield Hangs(
        "evidence",
        _EVIDENCE,
        what,
        (Option(Choice.LATER, "A task to ask for it"), Option(Choice.KEEP, "It is among the documents already")),
        account_id=main.account_id,
        reference=main.reference,
        why=why,
    )


def _apply_evidence(_ctx: Context, _new: NoteLifeEvent, _hangs: Hangs, _choice: Choice) -> Outcome:
    return Outcome("It was among the documents already")


def _find_tasks(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    accounts = accounts_held(ctx, happened)
    about_them = and_(Task.subject == Subject.PERSON, Task.subject_id == happened.person_id)
    for chunk in in_chunks(sorted(accounts)) if accounts else ([0],):
        about = or_(about_them, and_(Task.subject == Subject.ACCOUNT, Task.subject_id.in_(chunk)))
        statement = select(Task).where(about, Task.state == TaskState.OPEN.value).order_by(Task.due_on, Task.id)
        for task in ctx.session.scalars(statement):
            on_account = task.subject is Subject.ACCOUNT and task.subject_id in accounts
            yield Hangs(
                "task",
                _TASKS,
                f"{task.title}, due {diary.written(task.due_on)}",
                (Option(Choice.KEEP, "Stays open"), Option(Choice.STOP, "Cancelled")),
                record_id=task.id,
                account_id=task.subject_id if on_account else None,
                reference=accounts[task.subject_id or 0][1].reference if on_account else "",
            )


def _apply_task(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Stays open")
    task = ctx.session.get_one(Task, hangs.record_id)
    words = f"{rules.WORDS[new.happened.kind]} on {diary.written(new.happened.on)}"
    diary.end(ctx, task, TaskState.CANCELLED, TaskAction.CANCELLED, words)
    ctx.session.flush()
    return Outcome("Cancelled")
