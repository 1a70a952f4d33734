"""What a case asks of the office, as tasks on the account that it names first: its review, the search, telling the adviser."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Select, select

from app.models.diary import Task
from app.models.holds import HoldCase
from app.models.values import HoldKind, Subject
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, TaskState
from app.services.holds.cases import reading, rules

REVIEW: Final = "case_review"
"""To look whether a breathing space goes on."""
SEARCH: Final = "case_search"
"""To look through the accounts of whoever is in a case."""
TELL: Final = "case_tell_adviser"
"""To tell the adviser of debts that our own search found."""


def plan(ctx: Context, case: HoldCase, terms: rules.Terms) -> None:
    """Make the tasks that a case asks for and that aren't there yet."""
    ctx.session.flush()
    about = f"case {case.reference}"
    if case.review_on is not None:
        first = case.review_on if case.crisis else rules.midway(case.start_on, terms)[0]
        what = "Ask whether crisis treatment goes on" if case.crisis else "Ask for the outcome of the midway review"
        _make(ctx, case, REVIEW, f"{what}: {about}", case.review_on, first)
    if case.searched_at is None and case.kind is HoldKind.BREATHING_SPACE:
        _make(ctx, case, SEARCH, f"Look through all accounts for other debts: {about}", diary.due_in(ctx, 1))
    found = any(not debt.named for debt in reading.debts_of(ctx, case.id).values())
    if found and case.told_adviser_on is None:
        _make(ctx, case, TELL, f"Tell the adviser of the other debts found: {about}", diary.due_in(ctx, 1))


def finish(ctx: Context, case: HoldCase, kind: str, outcome: str) -> None:
    """Finish the open task of a kind about a case, if there is one, on whichever of its accounts it stands."""
    key = _key(kind, case.id)
    for account_id in [each for each in ctx.session.scalars(_open(key)).all() if each is not None]:
        diary.finish_for(ctx, Subject.ACCOUNT, account_id, key, outcome)


def account_of(ctx: Context, case_id: int) -> int:
    """The account that a case's tasks are about: the first that the notice named."""
    debts = reading.debts_of(ctx, case_id).values()
    return min(debts, key=lambda debt: (debt.added_on, not debt.named, debt.account_id)).account_id


def _key(kind: str, case_id: int) -> str:
    return f"{kind}:{case_id}"


def _open(key: str) -> Select[int | None]:
    """The accounts with an open task of this kind."""
    return select(Task.subject_id).where(
        Task.kind == key, Task.subject == Subject.ACCOUNT, Task.state == TaskState.OPEN.value
    )


def _make(ctx: Context, case: HoldCase, kind: str, title: str, due_on: date, remind_on: date | None = None) -> None:
    """Make a task of the case, once; it falls due on the day or, if that has passed, today."""
    account_id, key = account_of(ctx, case.id), _key(kind, case.id)
    if ctx.session.scalars(_open(key)).first() is not None:
        return
    today = ctx.clock.today()
    new = NewTask(
        title=title,
        due_on=max(due_on, today),
        details=case.adviser,
        subject=Subject.ACCOUNT,
        subject_id=account_id,
        kind=key,
        remind_on=remind_on if remind_on and remind_on > today else None,
        officer_id=ctx.officer.id,
    )
    diary.add_task(ctx, new)
