"""Who runs a job: one at a time, whichever computer asks, and free again when whoever ran it is gone.

A row is claimed by a word of the claimer's own, kept by a beat every so often, and given back with how it went. All moments of a
claim are by the database's clock. Beats, and what gives a claim back, change one row that is ours or nobody's: they wait for no turn. These functions ask for no permission: the commands that a person gives do, and an open
window claims what its officer may do anyway.
"""

from __future__ import annotations

import platform
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.jobs import Job, JobCall, JobRun
from app.models.values import JobState, JobWay
from app.services.core import gate
from app.services.core.moments import database_moment
from app.services.core.session import Database
from app.services.jobs import rules
from app.services.jobs.declared import JOBS, DeclaredJob
from app.services.jobs.dto import WAYS, Outcome

EXPIRES: Final = timedelta(minutes=3)
"""Without a beat for so long, whoever ran a job is gone."""
BEATS: Final = 20.0
"""Seconds between two beats."""
_SAID: Final = 400
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is ours to run.

    Attributes:
        owner: the word by which the claim is known.
        due: the moment of its schedule for which it is run; None where it isn't due.
        tries: how often it failed for that moment.
    """

    name: str
    owner: str
    officer_id: int
    way: JobWay
    started_at: datetime
    due: datetime | None = None
    tries: int = 0
    folder: str = ""


def make_rows(database: Database) -> None:
    """Give each declared job its row, where this version of the program is the first to look; two at once are no harm."""
    if database.read(_missing):
        try:
            database.transact(make_missing)
        except IntegrityError:
            database.transact(make_missing)


def make_missing(session: Session) -> None:
    """Give each declared job its row, in a transaction of the caller's."""
    if new := _missing(session):
        session.execute(insert(Job), [_new(job) for job in new])


def _missing(session: Session) -> list[DeclaredJob]:
    there = set(session.scalars(select(Job.name)))
    return [job for job in JOBS if job.name not in there]


def _new(job: DeclaredJob) -> dict[str, object]:
    return {
        "name": job.name,
        "active": job.starts,
        "reason": job.why_off,
        "schedule": "",
        "folder": "",
        "state": JobState.NEVER,
        "said": "",
        "tries": 0,
        "owner": "",
        "computer": "",
        "way": JobWay.SCHEDULER,
        "version": 1,
    }


def closed(session: Session) -> str:
    """Why no job begins now: Rentbook is closed for maintenance; empty where it isn't.

    Raises:
        WrongVersion: the database isn't of this program's version.
    """
    standing = gate.look(session)
    if not standing.closed or standing.begins_at is None:
        return ""
    return f"{gate.closed(standing.begins_at).message} Jobs go on when it is over."


def take(
    session: Session,
    job: DeclaredJob,
    officer_id: int,
    way: JobWay,
    now: datetime,
    due: datetime | None = None,
    *,
    off_too: bool = False,
) -> Claim | None:
    """Claim a job; None where somebody else runs it, or it was switched off meanwhile, unless one that is `off_too` is wanted.

    One whose claimer is gone is noted as cut off, and is ours: that counts as a try, so that a job that takes its computer
    down with it isn't begun for ever.
    """
    moment = database_moment(session)
    before = session.execute(select(Job).where(Job.name == job.name)).scalar_one()
    lost = bool(before.owner)
    tries = (before.tries if due is not None and before.tried_for == due else 0) + lost
    owner = secrets.token_hex(16)
    claim = {"owner": owner, "claimed_at": moment, "beat_at": moment, "claimed_by": officer_id, "way": way}
    if due is not None:
        claim |= {"tried_for": due, "tries": tries, "again_at": rules.tries_again(tries + 1, now)}
    free = (Job.owner == "") | (Job.beat_at < moment - EXPIRES) | (Job.beat_at > moment + EXPIRES)
    on = [] if off_too else [Job.active == true()]
    session.execute(
        update(Job)
        .where(Job.name == job.name, free, *on)
        .values(**claim, computer=platform.node()[:80])
        .execution_options(synchronize_session=False)
    )
    if session.scalar(select(Job.owner).where(Job.name == job.name)) != owner:
        return None
    if lost:
        _note_lost(session, before)
    return Claim(job.name, owner, officer_id, way, now, due, tries, before.folder)


def _note_lost(session: Session, row: Job) -> None:
    """A run that nobody ended: it is in the history with when it was heard of last."""
    run = {
        "name": row.name,
        "state": JobState.LOST,
        "way": row.way,
        "officer_id": row.claimed_by,
        "computer": row.computer,
        "started_at": row.claimed_at,
        "ended_at": row.beat_at,
        "said": "Cut off: the program or its computer stopped before it had ended. What was not finished is not there.",
    }
    session.execute(insert(JobRun), [run])


def beat(session: Session, claim: Claim) -> bool:
    """Say that the job is still being run; False where the claim isn't ours any more."""
    moment = database_moment(session)
    session.execute(
        update(Job)
        .where(Job.name == claim.name, Job.owner == claim.owner)
        .values(beat_at=moment)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(select(Job.owner).where(Job.name == claim.name)) == claim.owner


def give_back(session: Session, claim: Claim) -> None:
    """Give a claim back as if it had never been: a window found that it can't do the job."""
    _free(session, claim, {})


def settle(session: Session, claim: Claim, job: DeclaredJob, state: JobState, outcome: Outcome, now: datetime) -> None:
    """Give a claim back with how the job went, and write its line of the history unless nothing was to be done as so often."""
    said = outcome.told
    values: dict[str, object] = {
        "state": state,
        "said": said[:_SAID],
        "started_at": claim.started_at,
        "ended_at": now,
        "again_at": None,
        "tries": 0,
    }
    if claim.due is not None:
        values["tried_for"] = claim.due
    if state is JobState.DONE:
        values["done_for"] = claim.due or claim.started_at
    elif state in {JobState.WAITS, JobState.STOPPED}:
        values |= {"again_at": now + rules.LOOK_AGAIN, "tries": claim.tries}
    else:
        values |= {"again_at": rules.tries_again(claim.tries + 1, now), "tries": claim.tries + 1}
    was = session.execute(select(Job.state, Job.said).where(Job.name == claim.name)).one()
    _free(session, claim, values)
    same = was.state is state and (state is JobState.DONE or was.said == said[:_SAID])
    if job.often and same and not outcome.did:
        return
    run = {
        "name": claim.name,
        "state": state,
        "way": claim.way,
        "officer_id": claim.officer_id,
        "computer": platform.node()[:80],
        "started_at": claim.started_at,
        "ended_at": now,
        "said": said[:_LONGEST],
    }
    session.execute(insert(JobRun), [run])


def _free(session: Session, claim: Claim, values: dict[str, object]) -> None:
    session.execute(
        update(Job)
        .where(Job.name == claim.name, Job.owner == claim.owner)
        .values(owner="", **values)
        .execution_options(synchronize_session=False)
    )


def alive(row: Job, moment: datetime) -> bool:
    """Whether somebody runs a job now, by the database's clock; a beat that is ahead of it was given by a clock that was wrong."""
    return bool(row.owner) and row.beat_at is not None and abs(row.beat_at - moment) <= EXPIRES


def said_by(officer: str, computer: str, way: JobWay) -> str:
    """Who ran a job, where and by what way."""
    who = " on ".join(each for each in (officer, computer) if each)
    return f"{who}, {WAYS[way]}" if who else ""


def note_call(session: Session, officer_id: int) -> None:
    """The scheduler of this computer called just now."""
    called = {"officer_id": officer_id, "called_at": database_moment(session)}
    computer = platform.node()[:80]
    if session.get(JobCall, computer) is None:
        session.execute(insert(JobCall), [{"computer": computer, **called}])
    else:
        session.execute(update(JobCall).where(JobCall.computer == computer).values(**called))
