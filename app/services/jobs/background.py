"""What an open window does by itself, under the same claims as the scheduler: nothing of it is done twice at once.

The window works as its own officer, and first asks whether there is anything to do at all: a claim is taken only then. What a
desk can't do, for want of a key or because the server doesn't answer it, counts as not done, and is left to the others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import select

from app.models.jobs import Job
from app.models.values import JobState, JobWay
from app.services.core.changes import Changes
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.diary.dto import TasksMade
from app.services.holds.dto import HoldsEnded
from app.services.jobs import claims
from app.services.jobs.beating import beating
from app.services.jobs.claims import Claim
from app.services.jobs.declared import DAY, DeclaredJob, job_of, rest_of_day
from app.services.jobs.dto import DayMade, Outcome

if TYPE_CHECKING:
    from app.services.letters.dto import SendResult
    from app.services.post_log.mailboxes.dto import Fetched
    from app.services.post_log.sending.dto import MailSent
    from app.services.reception_payments.cards.dto.asked import PollResult

R = TypeVar("R")
_DAY_AREAS: Final = frozenset({"diary", "home"})


def fetch_mail(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Fetched:
    """Fetch the mailboxes whose time has come."""
    from app.services.post_log.mailboxes import jobs, queries
    from app.services.post_log.mailboxes.dto import Fetched

    if not desk.ask(queries.due):
        return Fetched()
    found = _done(
        desk,
        "mailboxes",
        lambda token: jobs.fetch_due(desk, progress, token),
        cancel,
        _fetched,
    )
    return found or Fetched()


def send_letters(
    desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None, *, look_up: bool = False
) -> SendResult:
    """Hand what is queued to GOV.UK Notify; `look_up`: ask what became of earlier messages too."""
    from app.services.letters import jobs
    from app.services.letters.commands import sending
    from app.services.letters.dto import SendResult

    if not desk.ask(sending.settings).has_key or not (look_up or desk.ask(sending.waiting)):
        return SendResult()
    done = _done(
        desk,
        "letters",
        lambda token: jobs.send_in_background(desk, progress, token, look_up=look_up),
        cancel,
        lambda got: None if got.stopped else bool(got.sent or got.failed or got.delivered),
    )
    return done or SendResult()


def send_mail(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> MailSent:
    """Send what waits to go out from the office's mailboxes."""
    from app.services.post_log.sending import jobs, queries
    from app.services.post_log.sending.dto import MailSent

    if not desk.ask(queries.waiting) and not desk.ask(queries.unfiled):
        return MailSent()
    done = _done(
        desk,
        "post_mail",
        lambda token: jobs.send_in_background(desk, progress, token),
        cancel,
        lambda got: None if got.said else bool(got.sent or got.failed),
    )
    return done or MailSent()


def poll_cards(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> PollResult:
    """Ask about the card payments and refunds whose turn it is."""
    from app.services.reception_payments.cards import jobs, queries
    from app.services.reception_payments.cards.dto.asked import PollResult

    if not desk.ask(queries.due) and not desk.ask(queries.due_refunds):
        return PollResult()
    found = _done(desk, "cards", lambda token: jobs.poll(desk, progress, token), cancel, _polled)
    return found or PollResult()


def _fetched(found: Fetched) -> bool | None:
    return None if any(box.error for box in found.boxes) else bool(found.imported.taken)


def _polled(found: PollResult) -> bool | None:
    return None if found.stopped else bool(found.paid or found.ended)


def make_day(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> DayMade:
    """Make the tasks of the day, note which holds ended, and do the daily work of the areas.

    Whatever was done today already, or is being done, is left.

    Raises:
        UserError: what kept one of them from being done; the others are.
    """
    from app.services.diary import daily, jobs
    from app.services.holds.jobs import note_ended

    def make(token: CancelToken) -> tuple[TasksMade, HoldsEnded]:
        made = jobs.make_tasks(desk, progress=progress, cancel=token)
        return made, note_ended(desk, progress=progress, cancel=token)

    done = desk.ask(_done_today)
    wrong: list[UserError] = []
    areas = frozenset[str]()
    made = None
    if "tasks" not in done:
        made = _done(desk, "tasks", make, cancel, lambda got: bool(got[0].count or got[1].ended))
    if made:
        areas |= made[0].changes.areas | made[1].changes.areas
    for job in (job for job in DAY if job.name not in done):
        keys = job.daily or rest_of_day(daily.keys())
        try:
            if _done(desk, job.name, partial(_day_work, desk, keys, progress), cancel, bool):
                areas |= _DAY_AREAS
        except UserError as error:
            wrong.append(error)
    if wrong:
        raise wrong[0]
    return DayMade(made[0] if made else None, made[1] if made else None, Changes(areas))


def _day_work(desk: Desk, keys: tuple[str, ...], progress: Progress, token: CancelToken) -> bool:
    from app.services.diary import daily

    for key in keys:
        daily.run(desk, key, progress, token)
    return bool(keys)


def _done_today(ctx: Context) -> frozenset[str]:
    """The jobs by which nothing is owed for today any more."""
    since, tomorrow = midnight(ctx.clock.today()), midnight(ctx.clock.today() + timedelta(days=1))
    return frozenset(ctx.session.scalars(select(Job.name).where(Job.done_for >= since, Job.done_for < tomorrow)))


def _done(
    desk: Desk,
    name: str,
    work: Callable[[CancelToken], R],
    cancel: CancelToken | None,
    did: Callable[[R], bool | None],
) -> R | None:
    """Do the work of a job as this desk, unless somebody does it now, it is switched off or everything waits.

    `did` tells of what came of it whether there was anything to do; None: it went wrong, and counts as not done.
    """
    job = job_of(name)
    claim = _claim(desk, job)
    if claim is None:
        return None
    try:
        with beating(desk, job, claim, cancel or CancelToken()) as token:
            found = work(token)
    except BaseException:
        desk.database.transact(partial(claims.give_back, claim=claim), turn=False)
        raise
    if (something := did(found)) is None:
        desk.database.transact(partial(claims.give_back, claim=claim), turn=False)
        return found
    told = Outcome("Done by an open window.", did=something)
    now = desk.clock.now()
    settled = partial(claims.settle, claim=claim, job=job, state=JobState.DONE, outcome=told, now=now)
    desk.database.transact(settled, turn=False)
    return found


def _claim(desk: Desk, job: DeclaredJob) -> Claim | None:
    if desk.database.read(claims.closed):
        return None
    claims.make_rows(desk.database)
    officer_id, now = desk.officer.id, desk.clock.now()
    return desk.database.transact(partial(claims.take, job=job, officer_id=officer_id, way=JobWay.WINDOW, now=now))
