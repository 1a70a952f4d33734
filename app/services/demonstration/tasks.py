"""The tasks of the demonstration landlord: a few weeks of the office's rhythm, what colleagues asked, and who is away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.diary import Absence, Task, TaskTemplate
from app.models.officers import Officer, Team
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Subject
from app.services.core.calendars import WEEK, WorkingDays, week_monday
from app.services.core.clock import Clock
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping
from app.services.diary.calendar import office_days
from app.services.diary.dto import HowAsked, NewTask, Priority, Requester, TaskAction, TaskState
from app.services.diary.making import make_due
from app.services.diary.rules import Template, due_day
from app.services.diary.templates import shipped

_OWNERS: Final = {
    "weekly_debit": ("demo.officer", "demo.senior"),
    "weekend_receipts": ("demo.officer", "demo.senior"),
    "overdue_post": ("demo.senior", "demo.officer"),
    "suspense": ("demo.officer", "demo.senior"),
    "month_end_cash": ("demo.senior", "demo.officer"),
    "month_end_benefits": ("demo.senior", "demo.officer"),
    "month_end_close": ("demo.leader", "demo.senior"),
    "access_review": ("demo.leader", None),
}
"""Recurring tasks with their owner and the cover."""
_DONE: Final = {
    "weekly_debit": ("Agreed to the control accounts. Two exceptions put right.", "Debit folder, sheet {day}"),
    "weekend_receipts": ("Four files posted, each agreed to the bank.", ""),
    "overdue_post": ("Nothing older than ten working days left.", ""),
}
"""What came of those that were done, and where the evidence is."""
_WEEKS: Final = 3


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A made-up task: who has it, on which of the accounts it is, when it is due in working days from today."""

    title: str
    holder: str
    due: int
    account: int | None = None
    details: str = ""
    requester: Requester | None = None
    priority: Priority = Priority.NORMAL
    handed: str = ""
    """Who had it before, with the word why after a colon."""


_TASKS: Final = (
    _Wanted("Ring about the returned Direct Debit", "", 0, 0, "Refer to payer, second time this year."),
    _Wanted("Check the Housing Benefit start date", "", 2, 1, "The award letter says the 9th, the schedule the 16th."),
    _Wanted(
        "Which weeks does the heating credit cover?",
        "",
        1,
        2,
        "They need it for the complaint, stage 1.",
        Requester("Sam Sampler", "Repairs", HowAsked.EMAIL),
        Priority.HIGH,
    ),
    _Wanted("Two accounts of one household: which is right?", "", -1, 3, handed="demo.senior: You let the garage"),
    _Wanted("Send proof of the rent to the mortgage lender", "demo.officer", -3, 4, priority=Priority.HIGH),
    _Wanted(
        "Statement for the court hearing",
        "demo.officer",
        3,
        5,
        "The hearing is in three weeks; the bundle closes ten days before.",
        Requester("Pat Example", "Legal services", HowAsked.TELEPHONE),
        Priority.HIGH,
    ),
    _Wanted("Arrangement ends: agree what follows", "demo.senior", 4, 6),
    _Wanted("Write-off pack for the leader", "demo.senior", -2, 7, handed="demo.officer: Over my limit"),
    _Wanted(
        "Figures for the tenants' panel",
        "team:Income",
        5,
        None,
        "Arrears by estate, three years.",
        Requester("Alex Testcase", "Resident involvement", HowAsked.MEETING),
    ),
    _Wanted("Caller left keys at the desk", "demo.reception", 0, 1),
    _Wanted("Agree the timetable of the rent round", "demo.leader", 8),
    _Wanted("New starter: desk, sign-in and a week with each of us", "", 6),
)
"""With nobody named: whoever made the landlord."""


@dataclass(frozen=True, slots=True)
class _At:
    """A clock that stands at ten in the morning of a day."""

    day: date
    zone: Clock

    def today(self) -> date:
        """The day."""
        return self.day

    def now(self) -> datetime:
        """Ten in the morning."""
        return datetime.combine(self.day, time(10), self.zone.now().tzinfo)


@requires(Permission.LOAD_LANDLORD)
def give_tasks(ctx: Context) -> None:
    """Give the made-up officers their tasks, done and to do; once: colleagues of other teams ask for none elsewhere."""
    people = {each.username: each.id for each in ctx.session.scalars(select(Officer))}
    there = ctx.session.scalar(select(func.count()).select_from(Task).where(Task.requester != ""))
    if there or not {"demo.officer", "demo.senior", "demo.leader"} <= people.keys():
        return
    office = office_days(ctx)
    _own_templates(ctx, people)
    for back in range(_WEEKS, 0, -1):
        _week(ctx, people, office, week_monday(ctx.clock.today()) - WEEK * (back - 1))
    accounts = _accounts(ctx)
    for wanted in _TASKS:
        _give(ctx, people, office, wanted, accounts)
    first = office.add(ctx.clock.today(), 3)
    away = Absence(
        officer_id=people["demo.senior"],
        from_on=first,
        to_on=first + timedelta(days=6),
        cover_id=people["demo.officer"],
    )
    ctx.session.add(away)
    ctx.session.flush()
    make_due(ctx)


def _own_templates(ctx: Context, people: Mapping[str, int]) -> None:
    """Who owns and covers the recurring tasks."""
    for each in shipped():
        if each.key not in _OWNERS:
            continue
        owner, cover = _OWNERS[each.key]
        rhythm = each.rhythm
        row = TaskTemplate(
            key=each.key,
            title=each.title,
            details=each.details,
            every=rhythm.every.value,
            day=rhythm.day,
            month=rhythm.month,
            if_closed=rhythm.if_closed.value,
            lead_days=each.lead_days,
            catch_up=each.catch_up,
            long_years_only=rhythm.long_years_only,
            priority=int(each.priority),
            evidence_wanted=each.evidence_wanted,
            proof=each.proof,
            owner_id=people[owner],
            cover_id=people[cover] if cover else None,
        )
        ctx.session.add(row)
    ctx.session.flush()


def _week(ctx: Context, people: Mapping[str, int], office: WorkingDays, monday: date) -> None:
    """The recurring tasks of a Monday, as they were made and done then; the post of the last one is still open."""
    last = monday == week_monday(ctx.clock.today())
    for each in shipped():
        if each.key not in _DONE:
            continue
        owner = people[_OWNERS[each.key][0]]
        due_on = due_day(each.rhythm, monday, office)
        if due_on > ctx.clock.today():
            continue
        then = replace(ctx, clock=_At(due_on, ctx.clock), officer=current(ctx.session, owner))
        made = keeping.add_task(then, _occurrence(each, monday, due_on, owner), "Recurring task")
        if last and each.key == "overdue_post":
            continue
        words, evidence = _DONE[each.key]
        task = ctx.session.get_one(Task, made)
        task.evidence = evidence.format(day=keeping.written(monday))
        keeping.end(then, task, TaskState.DONE, TaskAction.DONE, words)
    ctx.session.flush()


def _occurrence(each: Template, on: date, due_on: date, owner: int) -> NewTask:
    return NewTask(
        each.title,
        due_on,
        each.details,
        officer_id=owner,
        priority=each.priority,
        evidence_wanted=each.evidence_wanted,
        proof=each.proof,
        template=each.key,
        occurrence_on=on,
    )


def _give(ctx: Context, people: Mapping[str, int], office: WorkingDays, wanted: _Wanted, accounts: list[int]) -> None:
    today = ctx.clock.today()
    due_on = office.add(today, wanted.due) if wanted.due else office.on_or_after(today)
    asked_on = office.add(min(due_on, today), -4)
    account = accounts[wanted.account % len(accounts)] if wanted.account is not None and accounts else None
    before, _, why = wanted.handed.partition(": ")
    officer, team = _holder(ctx, people, before or wanted.holder)
    new = NewTask(
        wanted.title,
        due_on,
        wanted.details,
        Subject.ACCOUNT if account else None,
        account,
        officer_id=officer,
        team_id=team,
        priority=wanted.priority,
        requester=replace(wanted.requester, answer_by=due_on) if wanted.requester else None,
    )
    then = replace(ctx, clock=_At(asked_on, ctx.clock))
    made = keeping.add_task(then, new)
    if before:
        giver = replace(then, officer=current(ctx.session, people[before]))
        to, _team = _holder(ctx, people, wanted.holder)
        ctx.session.get_one(Task, made).officer_id = to
        keeping.add_step(giver, made, TaskAction.HANDED_OVER, why, officer_id=to)


def _holder(ctx: Context, people: Mapping[str, int], name: str) -> tuple[int | None, int | None]:
    if name.startswith("team:"):
        return None, ctx.session.scalar(select(Team.id).where(Team.name == name.removeprefix("team:")))
    return (people[name] if name else ctx.officer.id), None


def _accounts(ctx: Context) -> list[int]:
    """Live rent accounts that owe the most."""
    statement = (
        select(Account.id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT, Tenancy.end_on.is_(None))
        .order_by(Account.balance_pence.desc(), Account.id)
        .limit(8)
    )
    return list(ctx.session.scalars(statement))
