"""Writing the diary, for commands that have asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Note, Task, TaskStep
from app.models.values import Subject
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.search_index import index_record
from app.services.diary.calendar import office_days
from app.services.diary.dto import NewTask, TaskAction, TaskState

LONGEST_NOTE: Final = 4_000
LONGEST_TITLE: Final = 200


def add_note(ctx: Context, subject: Subject, subject_id: int, text: str) -> int:
    """Note something on a record, as the officer, now; returns the note.

    Raises:
        UserError: nothing is written, it is too long, it holds a card number, there is no such account, or the officer may
            not work on it.
    """
    access.touch_subject(ctx, subject, subject_id)
    words = text.strip()
    if not words:
        raise UserError("The note is empty.", "Write what happened, then save it.", "text")
    checked_text(ctx, words, "note", "text", LONGEST_NOTE)
    _refuse_missing(ctx, subject, subject_id)
    note = Note(
        subject=subject, subject_id=subject_id, written_at=ctx.clock.now(), officer_id=ctx.officer.id, text=words
    )
    ctx.session.add(note)
    ctx.session.flush()
    return note.id


def add_task(ctx: Context, new: NewTask, words: str = "") -> int:
    """Make a task; returns it. Its trail begins here, with these words.

    Raises:
        UserError: it has no title, a text is too long or holds a card number, both an officer and a team are named, or
            there is no such account.
    """
    if new.officer_id is not None and new.team_id is not None:
        raise UserError("A task is with one officer or with one team, not both.", field="holder")
    task = Task(
        kind=new.kind,
        officer_id=new.officer_id,
        team_id=new.team_id,
        evidence_wanted=new.evidence_wanted,
        proof=new.proof,
        template=new.template,
        occurrence_on=new.occurrence_on,
        created_at=ctx.clock.now(),
        created_by=ctx.officer.id,
    )
    describe(ctx, task, new)
    ctx.session.add(task)
    ctx.session.flush()
    index(ctx, task)
    add_step(ctx, task.id, TaskAction.MADE, words, officer_id=new.officer_id, team_id=new.team_id)
    ctx.session.flush()
    return task.id


def index(ctx: Context, task: Task) -> None:
    """Make the words by which a task is found anew: its title, and who asked for it."""
    index_record(ctx, Subject.TASK, task.id, task.title, task.requester, task.requester_team)


def describe(ctx: Context, task: Task, new: NewTask) -> None:
    """Write onto a task what is to be done, about what, by when, and who asked.

    Raises:
        UserError: it has no title, a text is too long or holds a card number, or there is no such account.
    """
    title = checked_text(ctx, new.title, "title", "title", LONGEST_TITLE)
    if not title:
        raise UserError("The task has no title.", "Say in a few words what is to be done.", "title")
    if new.subject is not None and new.subject_id is not None:
        _refuse_missing(ctx, new.subject, new.subject_id)
    task.title = title
    task.details = checked_text(ctx, new.details, "task", "details", LONGEST_NOTE)
    task.subject, task.subject_id = new.subject, new.subject_id
    task.priority = int(new.priority)
    task.due_on, task.remind_on = new.due_on, new.remind_on
    asked = new.requester
    task.requester = checked_text(ctx, asked.name, "name", "requester", 120) if asked else ""
    task.requester_team = checked_text(ctx, asked.team, "team", "requester_team", 120) if asked else ""
    task.asked_by = asked.how.value if asked else ""
    task.answer_by_on = asked.answer_by if asked else None


def finish_for(ctx: Context, subject: Subject, subject_id: int, kind: str, outcome: str = "") -> int:
    """Finish the open tasks of a kind about a record, as the area that made them has seen to it; returns how many."""
    wanted = (Task.subject == subject, Task.subject_id == subject_id, Task.kind == kind)
    found = ctx.session.scalars(select(Task).where(*wanted, Task.state == TaskState.OPEN.value)).all()
    for task in found:
        end(ctx, task, TaskState.DONE, TaskAction.DONE, outcome or "Seen to in Rentbook")
    ctx.session.flush()
    return len(found)


def end(ctx: Context, task: Task, state: TaskState, action: TaskAction, words: str) -> None:
    """Close a task in a state, and say so in its trail."""
    task.state = state.value
    task.ended_at = ctx.clock.now()
    task.ended_by = ctx.officer.id
    task.outcome = words
    add_step(ctx, task.id, action, words)


def add_step(
    ctx: Context,
    task_id: int,
    action: TaskAction,
    words: str = "",
    *,
    officer_id: int | None = None,
    team_id: int | None = None,
) -> None:
    """Add a line to a task's trail, by this officer, now."""
    step = TaskStep(
        task_id=task_id,
        at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        action=action.value,
        to_officer_id=officer_id,
        to_team_id=team_id,
        words=words,
    )
    ctx.session.add(step)


def checked_text(ctx: Context, text: str, what: str, field: str, longest: int) -> str:
    """What an officer typed, trimmed.

    Raises:
        UserError: it is longer than it may be, or holds a card number.
    """
    words = text.strip()
    if len(words) > longest:
        hint = "Write it as two notes." if what == "note" else "Shorten it."
        raise UserError(f"The {what} has {len(words):,} characters; a {what} may have {longest:,}.", hint, field)
    refuse_card_number(ctx, words, what, field)
    return words


def due_in(ctx: Context, working_days: int) -> date:
    """The day so many working days of the office from today."""
    return office_days(ctx).add(ctx.clock.today(), working_days)


def changed(about: Iterable[tuple[Subject | None, int | None]]) -> Changes:
    """What the pages are told when notes or tasks about these records changed."""
    accounts = frozenset(at for subject, at in about if subject is Subject.ACCOUNT and at is not None)
    return Changes(frozenset({"diary"}), accounts)


def written(day: date) -> str:
    """A day as the office writes it: `9 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def _refuse_missing(ctx: Context, subject: Subject, subject_id: int) -> None:
    if subject is Subject.ACCOUNT and ctx.session.get(Account, subject_id) is None:
        raise UserError(f"There is no account number {subject_id}.")
