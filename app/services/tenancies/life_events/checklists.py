"""The checklists of life events, as they are listed and opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.life_events import LifeEventCase, LifeEventStep
from app.models.officers import Officer
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, LifeEvent, Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.dto import TaskState
from app.services.rent.rules import full_name, main_kind_order
from app.services.tenancies.life_events.dto import Checklist, Choice, EventRow, StepRow

TASK_KIND: Final = "life_event_{}"
"""The kind of the task of an open step, by the step's number."""
_MOST: Final = 2_000


def events(ctx: Context, *, open_only: bool = True) -> tuple[EventRow, ...]:
    """The life events of the office, those first whose next step is due first; of restricted records only the officer's own."""
    statement = select(LifeEventCase).order_by(LifeEventCase.id.desc()).limit(_MOST)
    if open_only:
        waiting = select(LifeEventStep.event_id).where(LifeEventStep.done_at.is_(None))
        statement = statement.where(LifeEventCase.id.in_(waiting))
    shut = access.closed_people(ctx)
    rows = _rows(ctx, [case for case in ctx.session.scalars(statement) if case.person_id not in shut])
    shown = [row for row in rows if row.open_steps] if open_only else rows
    return tuple(sorted(shown, key=lambda row: (row.next_due_on or date.max, -row.event_id)))


def waiting_on(ctx: Context, account_id: int) -> list[EventRow]:
    """The life events of whoever holds or held the tenancy of an account, of which a step waits; the earliest first."""
    waiting = select(LifeEventStep.event_id).where(LifeEventStep.done_at.is_(None))
    statement = (
        select(LifeEventCase)
        .join(Tenant, Tenant.person_id == LifeEventCase.person_id)
        .join(Account, Account.tenancy_id == Tenant.tenancy_id)
        .where(Account.id == account_id, LifeEventCase.id.in_(waiting))
        .order_by(LifeEventCase.happened_on, LifeEventCase.id)
    )
    cases = ctx.session.scalars(statement).all()
    return [row for row in _rows(ctx, cases) if row.open_steps] if cases else []


def checklist(ctx: Context, event_id: int) -> Checklist:
    """A life event with all its steps.

    Raises:
        UserError: there is none of this number, or it is about a restricted record that isn't the officer's to open.
    """
    case = ctx.session.get(LifeEventCase, event_id)
    if case is None:
        raise UserError("That life event is no longer there.", "Look at the list again.")
    access.open_subject(ctx, Subject.PERSON, case.person_id)
    (row,) = _rows(ctx, [case])
    return Checklist(row, case.told_by, case.note, case.made_at, _steps(ctx, [case.id])[case.id])


def _rows(ctx: Context, cases: Sequence[LifeEventCase]) -> list[EventRow]:
    steps = _steps(ctx, [case.id for case in cases])
    people = _names(ctx, {case.person_id for case in cases})
    officers = _officers(ctx, {case.made_by for case in cases})
    accounts = _accounts(ctx, {case.person_id for case in cases})
    made = []
    for case in cases:
        own = steps[case.id]
        waiting = [step for step in own if not step.done]
        account_id, reference = accounts.get(case.person_id, (None, ""))
        made.append(
            EventRow(
                event_id=case.id,
                person_id=case.person_id,
                name=people.get(case.person_id, ""),
                kind=LifeEvent(case.kind),
                happened_on=case.happened_on,
                told_on=case.told_on,
                made_by=officers.get(case.made_by, ""),
                account_id=account_id,
                reference=reference,
                steps=len(own),
                open_steps=len(waiting),
                next_due_on=min((step.due_on for step in waiting if step.due_on), default=None),
            )
        )
    return made


def _steps(ctx: Context, event_ids: Sequence[int]) -> dict[int, tuple[StepRow, ...]]:
    """The steps of each event in their order; one whose task was finished in the diary is done by that."""
    found: dict[int, list[tuple[LifeEventStep, str]]] = {each: [] for each in event_ids}
    for chunk in in_chunks(sorted(event_ids)):
        statement = (
            select(LifeEventStep, Account.payment_reference)
            .outerjoin(Account, Account.id == LifeEventStep.account_id)
            .where(LifeEventStep.event_id.in_(chunk))
            .order_by(LifeEventStep.event_id, LifeEventStep.place)
        )
        for step, reference in ctx.session.execute(statement):
            found[step.event_id].append((step, reference or ""))
    everything = [step for steps in found.values() for step, _ in steps]
    tasks = _tasks(ctx, [step.id for step in everything if step.done_at is None])
    ended = {task.ended_by for task in tasks.values() if task.ended_by is not None}
    officers = _officers(ctx, {step.done_by for step in everything if step.done_by is not None} | ended)
    return {
        event_id: tuple(_step(step, reference, tasks.get(step.id), officers) for step, reference in steps)
        for event_id, steps in found.items()
    }


def _step(step: LifeEventStep, reference: str, task: Task | None, officers: dict[int, str]) -> StepRow:
    by_task = step.done_at is None and task is not None and task.state != TaskState.OPEN.value
    done_at = task.ended_at if by_task and task is not None else step.done_at
    done_by = task.ended_by if by_task and task is not None else step.done_by
    return StepRow(
        step_id=step.id,
        what=step.what,
        choice=Choice(step.choice),
        outcome=task.outcome if by_task and task is not None else step.outcome,
        account_id=step.account_id,
        reference=reference,
        done=done_at is not None,
        done_at=done_at,
        done_by=officers.get(done_by, "") if done_by is not None else "",
        due_on=task.due_on if task is not None and not by_task else None,
    )


def _tasks(ctx: Context, step_ids: Sequence[int]) -> dict[int, Task]:
    """The tasks of open steps, by the step."""
    by_kind = {TASK_KIND.format(step_id): step_id for step_id in step_ids}
    found: dict[int, Task] = {}
    for chunk in in_chunks(sorted(by_kind)):
        for task in ctx.session.scalars(select(Task).where(Task.kind.in_(chunk)).order_by(Task.id)):
            found[by_kind[task.kind]] = task
    return found


def _names(ctx: Context, person_ids: Iterable[int]) -> dict[int, str]:
    shut = access.closed_people(ctx)
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(person_ids)):
        statement = select(Person.id, Person.title, Person.first_name, Person.last_name).where(Person.id.in_(chunk))
        for person_id, *name in ctx.session.execute(statement):
            found[person_id] = access.RESTRICTED_NAME if person_id in shut else full_name(*name)
    return found


def _officers(ctx: Context, ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(ids)):
        found.update(
            {
                row.id: row.name
                for row in ctx.session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(chunk)))
            }
        )
    return found


def _accounts(ctx: Context, person_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """The account to open for each person: of a live tenancy before one that ended, the rent account before others."""
    ranked: dict[int, list[tuple[bool, int, int, str]]] = {}
    for chunk in in_chunks(sorted(person_ids)):
        statement = (
            select(Tenant.person_id, Tenancy.end_on, Account.kind, Account.id, Account.payment_reference)
            .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
            .join(Account, Account.tenancy_id == Tenancy.id)
            .where(Tenant.person_id.in_(chunk))
        )
        for person_id, end_on, kind, account_id, reference in ctx.session.execute(statement):
            rank = (end_on is not None, main_kind_order(AccountKind(kind)), account_id, reference or "")
            ranked.setdefault(person_id, []).append(rank)
    return {person_id: min(each)[2:] for person_id, each in ranked.items()}
