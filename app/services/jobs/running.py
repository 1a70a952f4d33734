"""Running jobs: those that are due, or those that are named, each once whoever else asks, in the order in which they depend.

A job acts at the desk of the officer of scheduled jobs, who approves nothing. While it runs, a beat says so, and looks whether it
takes too long. What goes wrong in one is kept and told, and the others go on, but for those that come after it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.exc import IntegrityError

from app.models.values import JobState, JobWay
from app.services.core import gate, logs
from app.services.core.errors import Cancelled, UserError
from app.services.core.officers import SYSTEM
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.jobs import claims, commands, queries, rules
from app.services.jobs.beating import beating
from app.services.jobs.claims import Claim
from app.services.jobs.declared import BY_NAME, JOBS, DeclaredJob, job_of
from app.services.jobs.dto import Given, NeedsAnOfficer, Outcome, Ran, Round

Told = Callable[[Ran], object]


def nobody(_ran: Ran) -> None:
    """Tell nobody what a job said."""


def run_due(
    desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None, told: Told = nobody
) -> Round:
    """Run what is due, as a scheduler asks every few minutes; `told` hears of each job as it ends.

    Raises:
        UserError: the officer may not run jobs.
        Cancelled: `cancel` was used.
    """
    claims.make_rows(desk.database)
    if not desk.database.read(claims.closed):
        with contextlib.suppress(
            IntegrityError
        ):  # Another call from this computer has just said so for the first time.
            desk.do(commands.note_call)
    names = desk.ask(queries.due_names)
    return _run(desk, names, JobWay.SCHEDULER, progress, cancel or CancelToken(), told)


def run_named(
    desk: Desk,
    names: Sequence[str],
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    told: Told = nobody,
) -> Round:
    """Run jobs that somebody names, due or not.

    Raises:
        UserError: there is no such job, or the officer may not run it by hand.
        Cancelled: `cancel` was used.
    """
    claims.make_rows(desk.database)
    for name in names:
        job_of(name)
        desk.ask(commands.refuse_by_hand, name)
    return _run(desk, names, JobWay.OFFICER, progress, cancel or CancelToken(), told)


def _run(desk: Desk, names: Sequence[str], way: JobWay, progress: Progress, cancel: CancelToken, told: Told) -> Round:
    done: list[Ran] = []
    often = [name for name in names if BY_NAME[name].often]
    rest = rules.in_order([name for name in names if name not in often], {job.name: job.after for job in JOBS})
    for name in (*often, *rest):
        cancel.check()
        ran = _one(desk, BY_NAME[name], way, progress, cancel)
        done.append(ran)
        told(ran)
    return Round(tuple(done))


def _one(desk: Desk, job: DeclaredJob, way: JobWay, progress: Progress, cancel: CancelToken) -> Ran:
    """Run one job, if nothing stands in its way."""
    try:
        if why := desk.database.read(claims.closed):
            return Ran(job.name, job.title, why)
        if why := desk.ask(queries.held_by, job.name):
            return Ran(job.name, job.title, why, held=True)
        claim = desk.do(commands.take, job.name, way)
    except UserError as error:
        return Ran(job.name, job.title, str(error), held=True)
    if claim is None:
        return Ran(job.name, job.title, desk.ask(queries.taken_by, job.name))
    return carry_out(desk, job, claim, progress, cancel)


def carry_out(desk: Desk, job: DeclaredJob, claim: Claim, progress: Progress, cancel: CancelToken) -> Ran:
    """Do the work of a job that is claimed, and give the claim back with how it went."""
    began = time.monotonic()
    with beating(desk, job, claim, cancel) as watched:
        state, outcome = _work(desk, job, claim, progress, watched)
    if state is JobState.STOPPED and watched.late:
        outcome = Outcome(f"It took longer than {job.limit} minutes and was stopped.", did=False)
        state = JobState.FAILED
    now = desk.clock.now()
    settled = partial(claims.settle, claim=claim, job=job, state=state, outcome=outcome, now=now)
    try:
        desk.database.transact(settled, turn=False)
    except UserError as error:
        outcome = Outcome(f"{outcome.told} How it went could not be kept: {error}", areas=outcome.areas)
    seconds = time.monotonic() - began
    cancel.check()
    return Ran(job.name, job.title, outcome.told, state, False, seconds, outcome.areas, outcome.found)


def _work(
    desk: Desk, job: DeclaredJob, claim: Claim, progress: Progress, cancel: CancelToken
) -> tuple[JobState, Outcome]:
    try:
        system = Desk.sit_down(desk.database, SYSTEM, desk.clock)
        found: Outcome = job.work(system, Given(claim.folder, job.daily, progress, cancel))
    except Cancelled:
        return JobState.STOPPED, Outcome("Stopped before it had ended.", did=False)
    except gate.Closed as closed:
        return JobState.STOPPED, Outcome(closed.message, did=False)
    except NeedsAnOfficer as needs:
        return JobState.WAITS, Outcome(str(needs), did=False)
    except UserError as error:
        return JobState.FAILED, Outcome(str(error), did=False)
    except Exception as error:  # noqa: BLE001  whatever nobody expected is logged, and the other jobs go on
        reference = logs.unexpected(error)
        return JobState.FAILED, Outcome(f"Something went wrong in Rentbook (reference {reference}).", did=False)
    return JobState.DONE, found
