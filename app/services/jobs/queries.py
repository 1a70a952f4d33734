"""How the jobs stand: what is due, what keeps one from being begun, the list with its words, and the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.models.jobs import Job, JobCall, JobRun
from app.models.officers import Officer
from app.models.values import JobState, Subject
from app.services.approvals.keeping import waiting_for
from app.services.core import closures
from app.services.core.calendars import WorkingDays
from app.services.core.context import Context
from app.services.core.moments import database_moment
from app.services.core.officers import officer_names
from app.services.core.permissions import Permission
from app.services.jobs import rules
from app.services.jobs.claims import alive, said_by
from app.services.jobs.declared import BY_NAME, JOBS, DeclaredJob, job_of
from app.services.jobs.dto import STATES, Call, JobList, JobRow, RunRow
from app.services.jobs.keeping import schedule_of
from app.services.jobs.requests import KIND, number_of

MOST: Final = 500
"""Runs that are listed at most, the newest first."""
_OVERDUE: Final = "Overdue"
_SILENT: Final = timedelta(hours=1)
_WRONG: Final = frozenset({JobState.FAILED, JobState.WAITS, JobState.STOPPED, JobState.LOST})


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at all jobs: what each of them is compared with."""

    rows: dict[str, Job]
    office: WorkingDays
    now: datetime
    moment: datetime
    officers: dict[int, str]

    @classmethod
    def at(cls, ctx: Context) -> _Look:
        """Everything in a few statements, however many jobs there are."""
        rows = {row.name: row for row in ctx.session.scalars(select(Job))}
        names = officer_names(ctx.session, {row.claimed_by for row in rows.values()})
        office = closures.office_days(ctx.session)
        return cls(rows, office, ctx.clock.now(), database_moment(ctx.session), names)

    def due(self, row: Job) -> bool:
        """Whether a job is on and due now."""
        return row.active and rules.due(schedule_of(row), row, self.now, self.office) is not None

    def owed(self, row: Job) -> datetime | None:
        """The moment for which a job is owed; None where it isn't."""
        return rules.owed(schedule_of(row), row, self.now, self.office)

    def held(self, name: str) -> str:
        """Why a job isn't begun: one that comes before it went wrong, or is still to be done."""
        for before in (self.rows[each] for each in BY_NAME[name].after if self.rows[each].active):
            title = BY_NAME[before.name].title
            if alive(before, self.moment):
                return f"Not begun: {title} comes first, and is under way."
            if before.state in _WRONG:
                return f"Not begun: {title} comes first. {STATES[before.state]}: {before.said}"
            if self.owed(before) is not None:
                return f"Not begun: {title} comes first, and has not been done."
        return ""

    def runner(self, row: Job) -> str:
        """Who runs a job now, or ran it last."""
        return said_by(self.officers.get(row.claimed_by or 0, ""), row.computer, row.way) if row.claimed_by else ""


def due_names(ctx: Context) -> tuple[str, ...]:
    """The jobs that are on and due now, in their order."""
    look = _Look.at(ctx)
    return tuple(job.name for job in JOBS if job.name in look.rows and look.due(look.rows[job.name]))


def owed_moment(ctx: Context, row: Job) -> datetime | None:
    """The moment for which a job is owed; None where it isn't."""
    return rules.owed(schedule_of(row), row, ctx.clock.now(), closures.office_days(ctx.session))


def held_by(ctx: Context, name: str) -> str:
    """Why a job isn't begun: one that comes before it went wrong, or is still to be done; empty where nothing holds it."""
    return _Look.at(ctx).held(name)


def taken_by(ctx: Context, name: str) -> str:
    """Why a job could not be claimed."""
    look = _Look.at(ctx)
    row = look.rows[name]
    if alive(row, look.moment):
        return f"Under way since {_spelt(row.claimed_at)}, by {look.runner(row)}."
    return "Somebody else has just done it." if row.active else f"Switched off: {row.reason}"


def listed(ctx: Context) -> JobList:
    """Every job with how it stands, in the order of a day, and what is to be said of the scheduler."""
    look, calls = _Look.at(ctx), _calls(ctx)
    for job in JOBS:
        look.rows.setdefault(job.name, _unmade(job))
    waiting = waiting_for(ctx, Subject.POLICY, KIND)
    found = [_row(ctx, job, look, waiting, called=bool(calls)) for job in JOBS]
    return JobList(tuple(found), _note(calls, look.moment), calls)


def history(ctx: Context, name: str = "", *, wrong: bool = False) -> tuple[RunRow, ...]:
    """What jobs said, the newest first: all of them, or one; only what went wrong, if that is wanted."""
    rows = select(JobRun, Officer.name.label("officer")).outerjoin(Officer, Officer.id == JobRun.officer_id)
    if name:
        rows = rows.where(JobRun.name == job_of(name).name)
    if wrong:
        rows = rows.where(JobRun.state != JobState.DONE)
    found = ctx.session.execute(rows.order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(MOST)).all()
    return tuple(_run_row(run, officer or "") for run, officer in found)


def restarts(row: Job, owed: datetime | None) -> bool:
    """Whether a job went wrong and is owed: whoever runs it again does what its schedule asked for."""
    return row.active and row.state in _WRONG and (owed is not None or row.again_at is not None)


def _row(ctx: Context, job: DeclaredJob, look: _Look, waiting: Mapping[int, int], *, called: bool) -> JobRow:
    row = look.rows[job.name]
    schedule, running, owed = schedule_of(row), alive(row, look.moment), look.owed(row)
    late = called and row.active and not running and rules.late(schedule, row, look.now, look.office)
    held = look.held(job.name) if row.active and owed is not None else ""
    standing, tone = _standing(row, running=running, late=late, held=bool(held))
    mine = job.posts is None or job.posts in ctx.officer.permissions or restarts(row, owed)
    runs = row.active and not running
    return JobRow(
        name=job.name,
        version=row.version,
        title=job.title,
        does=job.does,
        person=job.person,
        when=rules.in_words(schedule),
        schedule=rules.written(schedule),
        own=bool(row.schedule),
        folder=row.folder,
        reads_folder=job.folder,
        active=row.active,
        reason=row.reason,
        state=row.state,
        standing=standing,
        tone=tone,
        said=_words(row, held, owed if standing == _OVERDUE else None),
        started_at=row.claimed_at if running else row.started_at,
        takes=None if running else _seconds(row),
        next_at=rules.next_time(schedule, row, look.now, look.office) if runs else None,
        late=late,
        by=look.runner(row),
        running=running,
        posts=job.posts is not None,
        guards=job.guards,
        may_run=runs and Permission.RUN_JOBS in ctx.officer.permissions and mine,
        after=tuple(BY_NAME[each].title for each in job.after),
        request=waiting.get(number_of(job.name)),
    )


def _standing(row: Job, *, running: bool, late: bool, held: bool) -> tuple[str, str]:
    if not row.active:
        return "Off", ""
    if running:
        return "Under way", ""
    if row.owner:
        return STATES[JobState.LOST], "bad"
    if row.state is JobState.FAILED:
        return STATES[row.state], "bad"
    if held:
        return "Held", "bad" if late else "warning"
    if row.state in _WRONG:
        return STATES[row.state], "warning"
    if late:
        return _OVERDUE, "bad"
    return STATES[row.state], "good" if row.state is JobState.DONE else ""


def _words(row: Job, held: str, overdue: datetime | None) -> str:
    """What is said of a job beside how it stands."""
    if not row.active:
        return row.reason
    return held or (f"It was due at {_spelt(overdue)}." if overdue else row.said)


def _note(calls: tuple[Call, ...], moment: datetime) -> str:
    if not calls:
        return (
            "No scheduler calls Rentbook yet: what is due is done by open windows and by hand. "
            "`rentbook jobs schedule` prints the line for the Task Scheduler or cron."
        )
    latest = max(calls, key=lambda each: each.called_at)
    if moment - latest.called_at < _SILENT:
        return ""
    return (
        f"The scheduler of {latest.computer} has not called since {_spelt(latest.called_at)}: nothing is done by itself. "
        "Look whether that computer is on and its scheduled task still runs."
    )


def _calls(ctx: Context) -> tuple[Call, ...]:
    rows = select(JobCall.computer, Officer.name, JobCall.called_at).join(Officer, Officer.id == JobCall.officer_id)
    return tuple(Call(*row) for row in ctx.session.execute(rows.order_by(JobCall.called_at.desc())))


def _unmade(job: DeclaredJob) -> Job:
    """A job as it stands before anybody has looked at it."""
    return Job(
        name=job.name,
        schedule="",
        folder="",
        active=job.starts,
        reason=job.why_off,
        state=JobState.NEVER,
        said="",
        owner="",
        tries=0,
        version=1,
    )


def _run_row(run: JobRun, officer: str) -> RunRow:
    title = BY_NAME[run.name].title if run.name in BY_NAME else run.name
    seconds = (run.ended_at - run.started_at).total_seconds()
    by = said_by(officer, run.computer, run.way)
    return RunRow(run.id, run.name, title, run.state, run.said, run.started_at, seconds, by)


def _seconds(row: Job) -> float | None:
    return (row.ended_at - row.started_at).total_seconds() if row.started_at and row.ended_at else None


def _spelt(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(rules.office_zone())
    return f"{local:%H:%M} on {local.day} {local:%b %Y}"
