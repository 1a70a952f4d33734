"""A job's work that somebody begins by a command of its own, under the same claim as the job: nobody else does it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from app.models.values import JobWay
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken
from app.services.core.session import Desk
from app.services.jobs import claims, queries
from app.services.jobs.beating import beating
from app.services.jobs.claims import Claim
from app.services.jobs.declared import DAY, DeclaredJob, job_of


@contextmanager
def holding(desk: Desk, names: Sequence[str], cancel: CancelToken | None = None) -> Iterator[CancelToken]:
    """Hold jobs while this desk does their work; gives the token by which the work hears that it must stop.

    Switched off or not: whoever calls a command by hand wants it done now. Nothing is written into the history of the jobs,
    and what they owe they still owe: the work is done as this officer, perhaps of a part alone.

    Raises:
        UserError: somebody does one of them now, and who; none is held then.
    """
    claims.make_rows(desk.database)
    token = cancel or CancelToken()
    with ExitStack() as held:
        for job in map(job_of, names):
            claim = held.enter_context(_claimed(desk, job))
            token = held.enter_context(beating(desk, job, claim, token))
        yield token


@contextmanager
def day(desk: Desk, cancel: CancelToken | None = None) -> Iterator[CancelToken]:
    """The same of the tasks of the day and the daily work of the areas.

    Raises:
        UserError: as `holding`.
    """
    with holding(desk, ("tasks", *(job.name for job in DAY)), cancel) as token:
        yield token


@contextmanager
def _claimed(desk: Desk, job: DeclaredJob) -> Iterator[Claim]:
    wanted = partial(
        claims.take, job=job, officer_id=desk.officer.id, way=JobWay.OFFICER, now=desk.clock.now(), off_too=True
    )
    claim = desk.database.transact(wanted)
    if claim is None:
        said = desk.ask(queries.taken_by, job.name)
        raise UserError(
            f"{job.title}: {said[:1].lower()}{said[1:]}", "Nothing is done twice at once: look again when it has ended."
        )
    try:
        yield claim
    finally:
        desk.database.transact(partial(claims.give_back, claim=claim), turn=False)
