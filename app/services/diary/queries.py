"""Reading notes and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.models.accounts import Account
from app.models.diary import Absence, Note, Task, TaskStep
from app.models.officers import Officer, Team
from app.models.values import Subject
from app.services.core import access
from app.services.core.calendars import WorkingDays
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.folding import like_pattern
from app.services.core.officers import SYSTEM
from app.services.diary.calendar import office_days
from app.services.diary.dto import (
    AbsenceRow,
    Holder,
    HowAsked,
    NoteRow,
    Priority,
    Requester,
    Shown,
    StepRow,
    TaskAction,
    TaskCounts,
    TaskDetail,
    TaskFilter,
    TaskRow,
    TaskState,
    Whose,
)
from app.services.diary.forms import task_form
from app.services.diary.proofs import state_of
from app.services.diary.templates import templates

__all__ = ["absences", "counts", "holders", "notes", "task", "task_form", "tasks", "templates"]

MOST: Final = 500
_OPEN: Final = Task.state == TaskState.OPEN.value


def notes(ctx: Context, subject: Subject, subject_id: int) -> tuple[NoteRow, ...]:
    """The notes on a record, the latest first.

    Raises:
        UserError: it is a restricted account, and not the officer's to open.
    """
    access.open_subject(ctx, subject, subject_id)
    statement = (
        select(Note.id, Note.subject, Note.subject_id, Note.written_at, Officer.name, Note.text)
        .join(Officer, Officer.id == Note.officer_id)
        .where(Note.subject == subject, Note.subject_id == subject_id)
        .order_by(Note.written_at.desc(), Note.id.desc())
    )
    return tuple(NoteRow(*row) for row in ctx.session.execute(statement))


def tasks(ctx: Context, wanted: TaskFilter, most: int = MOST) -> tuple[TaskRow, ...]:
    """The tasks that a filter shows: the earliest due first, then by priority; those done, the latest first."""
    order: Sequence[Any] = (Task.due_on, Task.priority, Task.id)
    if wanted.shown is Shown.DONE:
        order = (Task.ended_at.desc(), Task.id.desc())
    return _rows(ctx, _shown(ctx, wanted), order, most)


def counts(ctx: Context) -> TaskCounts:
    """How many tasks wait for the officer, and how many of them and of their team's are overdue."""
    today = ctx.clock.today()

    def number(*conditions: ColumnElement[bool]) -> int:
        return ctx.session.scalar(select(func.count()).select_from(Task).where(_OPEN, *conditions)) or 0

    mine, team = _whose(ctx, Whose.MINE), _whose(ctx, Whose.TEAM)
    late = Task.due_on < today
    return TaskCounts(number(mine, _awake(today)), number(mine, late), number(team, late), number(_nobodys()))


def task(ctx: Context, task_id: int) -> TaskDetail:
    """A task as opened.

    Raises:
        UserError: it is no longer there, or about a restricted record that isn't the officer's to open.
    """
    access.open_subject(ctx, Subject.TASK, task_id)
    rows = _rows(ctx, Task.id == task_id, (Task.id,), 1)
    found = ctx.session.get(Task, task_id)
    if not rows or found is None:
        raise UserError("That task is no longer there.", "Look at the list again.")
    asked = None
    if found.requester or found.requester_team:
        how = HowAsked(found.asked_by) if found.asked_by else HowAsked.EMAIL
        asked = Requester(found.requester, found.requester_team, how, found.answer_by_on)
    proof = None
    if found.state == TaskState.OPEN.value:
        proof = state_of(ctx, found.proof, found.occurrence_on or found.due_on)
    return TaskDetail(rows[0], found.details, asked, found.outcome, found.evidence, proof, _trail(ctx, task_id))


def holders(ctx: Context) -> tuple[Holder, ...]:
    """Whom a task can be given to: the officers by name, then the teams."""
    today = ctx.clock.today()
    away: dict[int, date] = {
        row[0]: row[1]
        for row in ctx.session.execute(
            select(Absence.officer_id, Absence.to_on).where(Absence.from_on <= today, Absence.to_on >= today)
        )
    }
    people = ctx.session.execute(
        select(Officer.id, Officer.name).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    )
    teams = ctx.session.execute(select(Team.id, Team.name).order_by(Team.name))
    return (
        *(Holder(name, officer_id=at, away_until=away.get(at)) for at, name in people),
        *(Holder(name, team_id=at) for at, name in teams),
    )


def absences(ctx: Context) -> tuple[AbsenceRow, ...]:
    """The leave of officers that hasn't ended yet, the earliest first."""
    cover = Officer.__table__.alias("cover")
    found = ctx.session.execute(
        select(Absence, Officer.name, cover.c.name)
        .join(Officer, Officer.id == Absence.officer_id)
        .outerjoin(cover, cover.c.id == Absence.cover_id)
        .where(Absence.to_on >= ctx.clock.today())
        .order_by(Absence.from_on, Officer.name)
    )
    return tuple(
        AbsenceRow(row.id, row.officer_id, name, row.from_on, row.to_on, row.cover_id, covered or "")
        for row, name, covered in found
    )


def _shown(ctx: Context, wanted: TaskFilter) -> ColumnElement[bool]:
    today = ctx.clock.today()
    states: dict[Shown, ColumnElement[bool]] = {
        Shown.WAITING: and_(_OPEN, _awake(today)),
        Shown.OPEN: _OPEN,
        Shown.OVERDUE: and_(_OPEN, Task.due_on < today),
        Shown.DONE: ~_OPEN,
    }
    conditions = [states[wanted.shown]]
    if wanted.subject is not None:
        conditions += [Task.subject == wanted.subject, Task.subject_id == wanted.subject_id]
    elif wanted.officer_id is not None:
        conditions.append(Task.officer_id == wanted.officer_id)
    elif wanted.whose is not Whose.ALL:
        conditions.append(_whose(ctx, wanted.whose))
    if words := wanted.text.strip():
        texts = (Task.title, Task.requester, Account.payment_reference)
        conditions.append(or_(*(each.ilike(like_pattern(words), escape="/") for each in texts)))
    return and_(*conditions)


def _awake(today: date) -> ColumnElement[bool]:
    return or_(Task.remind_on.is_(None), Task.remind_on <= today)


def _nobodys() -> ColumnElement[bool]:
    return and_(Task.officer_id.is_(None), Task.team_id.is_(None))


def _whose(ctx: Context, whose: Whose) -> ColumnElement[bool]:
    """Mine: the officer's own and, today, those of whom they cover. My team's: its own, its officers', and nobody's."""
    me, today = ctx.officer.id, ctx.clock.today()
    if whose is Whose.MINE:
        covered = select(Absence.officer_id).where(
            Absence.cover_id == me, Absence.from_on <= today, Absence.to_on >= today
        )
        return or_(Task.officer_id == me, Task.officer_id.in_(covered))
    team = ctx.session.scalar(select(Officer.team_id).where(Officer.id == me))
    if team is None:
        return Task.id.is_not(None)
    members = select(Officer.id).where(Officer.team_id == team)
    return or_(Task.team_id == team, Task.officer_id.in_(members), _nobodys())


def _rows(ctx: Context, condition: ColumnElement[bool], order: Sequence[Any], most: int) -> tuple[TaskRow, ...]:
    statement = (
        select(Task, Officer.name, Team.name, Account.payment_reference)
        .outerjoin(Officer, Officer.id == Task.officer_id)
        .outerjoin(Team, Team.id == Task.team_id)
        .outerjoin(Account, and_(Task.subject == Subject.ACCOUNT, Account.id == Task.subject_id))
        .where(condition)
        .order_by(*order)
        .limit(most)
    )
    office, today = office_days(ctx), ctx.clock.today()
    closed = access.closed_records(ctx)
    found = ctx.session.execute(statement)
    return tuple(
        _hidden(shown) if (shown.subject, shown.subject_id) in closed else shown
        for shown in (_row(*row, days=_days(office, today, row[0].due_on)) for row in found)
    )


def _hidden(row: TaskRow) -> TaskRow:
    """A task about a restricted record as listed to whoever may not open it."""
    return replace(row, title=access.RESTRICTED_NAME, requester="")


def _row(task: Task, officer: str | None, team: str | None, reference: str | None, *, days: int) -> TaskRow:
    about = ""
    if task.subject is not None:
        about = f"{task.subject.value.replace('_', ' ').capitalize()} {reference or task.subject_id}"
    return TaskRow(
        task_id=task.id,
        version=task.version,
        title=task.title,
        state=TaskState(task.state),
        priority=Priority(task.priority),
        due_on=task.due_on,
        working_days=days,
        remind_on=task.remind_on,
        officer_id=task.officer_id,
        team_id=task.team_id,
        holder=officer or team or "",
        subject=task.subject,
        subject_id=task.subject_id,
        about=about,
        requester=", ".join(part for part in (task.requester, task.requester_team) if part),
        answer_by=task.answer_by_on,
        recurring=task.template is not None,
        evidence_wanted=task.evidence_wanted,
        needs_proof=bool(task.proof),
    )


def _days(office: WorkingDays, today: date, due_on: date) -> int:
    return office.between(today, due_on) if due_on >= today else -max(1, office.between(due_on, today))


def _trail(ctx: Context, task_id: int) -> tuple[StepRow, ...]:
    to = Officer.__table__.alias("receiver")
    found = ctx.session.execute(
        select(TaskStep.at, Officer.name, TaskStep.action, to.c.name, Team.name, TaskStep.words)
        .join(Officer, Officer.id == TaskStep.officer_id)
        .outerjoin(to, to.c.id == TaskStep.to_officer_id)
        .outerjoin(Team, Team.id == TaskStep.to_team_id)
        .where(TaskStep.task_id == task_id)
        .order_by(TaskStep.id)
    )
    return tuple(
        StepRow(at, officer, TaskAction(action), person or team or "", words)
        for at, officer, action, person, team, words in found
    )
