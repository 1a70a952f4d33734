"""What officers and schedulers do with jobs: claim one, say that the scheduler called, and change when one runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.models.jobs import Job
from app.models.values import JobWay, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import NotAllowed, UserError
from app.services.core.officers import people_count
from app.services.core.permissions import DESCRIPTIONS, Permission, requires
from app.services.core.versions import refuse_old
from app.services.jobs import claims, keeping, queries, requests, rules
from app.services.jobs.claims import Claim
from app.services.jobs.declared import DeclaredJob, job_of
from app.services.jobs.dto import AREAS, Change, Changed

TWO: Final = 2
"""From so many people on one can agree with another."""


@requires(Permission.RUN_JOBS)
def note_call(ctx: Context) -> None:
    """The scheduler of this computer called."""
    claims.note_call(ctx.session, ctx.officer.id)


@requires(Permission.RUN_JOBS)
def take(ctx: Context, name: str, way: JobWay) -> Claim | None:
    """Claim a job to run it now, for what it owes if it owes anything; None where somebody else runs it, or it is off.

    The scheduler runs nothing that somebody else has done since it looked.

    Raises:
        UserError: there is no such job.
    """
    row = keeping.row_of(ctx, name)
    owed = queries.owed_moment(ctx, row)
    if way is JobWay.SCHEDULER and owed is None:
        return None
    return claims.take(ctx.session, job_of(name), ctx.officer.id, way, ctx.clock.now(), owed)


@requires(Permission.RUN_JOBS)
def refuse_by_hand(ctx: Context, name: str) -> None:
    """See that whoever asks may run a job by hand.

    What puts figures on accounts takes somebody who may do so themselves, unless its schedule asked for it and it went wrong.

    Raises:
        UserError: they may not, or the job is switched off.
    """
    job, row = job_of(name), keeping.row_of(ctx, name)
    if not row.active:
        raise UserError(f"{job.title} is switched off: {row.reason}", "Switch it on first, under Admin, Jobs.")
    if job.posts is None or job.posts in ctx.officer.permissions:
        return
    if not queries.restarts(row, queries.owed_moment(ctx, row)):
        raise NotAllowed(
            f"{ctx.officer.name} may not {DESCRIPTIONS[job.posts]}.",
            f"{job.title} can be run again by hand once it was due and went wrong.",
        )


@requires(Permission.KEEP_JOBS)
def change(ctx: Context, wanted: Change) -> Changed:
    """Change when a job runs, where it looks for files, and whether it is on.

    What puts figures on accounts is switched on, or runs at another time, once a second officer agrees, and switched off by one.
    What guards the books is switched off, or done each week or month, once a second officer agrees, where there is one.

    Raises:
        UserError: the schedule or the folder can't be so, no reason is given, or nobody else could agree.
        ChangedMeanwhile: somebody else changed it in between.
    """
    job = job_of(wanted.name)
    claims.make_missing(ctx.session)
    row = keeping.row_of(ctx, wanted.name)
    refuse_old(row.version, wanted.version)
    new = keeping.checked(ctx, wanted)
    if not new.active and not new.reason:
        raise UserError("Say why it is switched off, so that colleagues know.", field="reason")
    same = (new.schedule, new.folder, new.active) == (row.schedule, row.folder, row.active)
    if same and new.reason == row.reason:
        raise UserError("Nothing is changed.", "Change something, or close the form.")
    if job.posts is not None and not new.active:
        new = replace(new, schedule=row.schedule, folder=row.folder)
    if not _takes_two(ctx, job, row, new):
        keeping.apply(ctx, new)
        return Changed(f"{job.title} is switched off." if not new.active else f"{job.title}: {_when(ctx, new.name)}.")
    request = NewRequest(
        requests.KIND,
        Subject.POLICY,
        requests.number_of(job.name),
        f"Scheduled job: {job.title}, {_words(new).lower() if new.active else 'off'}"[:200],
        new.reason,
        requests.payload_of(new),
    )
    number = approvals.ask(ctx, request)
    told = f"Asked for: request {number} waits for a second officer. Until then nothing changes."
    return Changed(told, Changes(AREAS | {"approvals"}))


def _takes_two(ctx: Context, job: DeclaredJob, row: Job, new: Change) -> bool:
    """Whether a second officer has to agree; in an office of one nobody could, and what guards the books is its own concern."""
    if job.posts is not None:
        return new.active
    if not job.guards or not row.active or people_count(ctx.session) < TWO:
        return False
    schedule = rules.read(new.schedule) if new.schedule else job.schedule
    return not new.active or (new.schedule != row.schedule and rules.seldom(schedule))


def _when(ctx: Context, name: str) -> str:
    return rules.in_words(keeping.schedule_of(keeping.row_of(ctx, name))).lower()


def _words(new: Change) -> str:
    return rules.in_words(rules.read(new.schedule) if new.schedule else job_of(new.name).schedule)
