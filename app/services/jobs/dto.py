"""Scheduled jobs: how they stand, what a run said, and what an officer asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from app.models.values import JobState, JobWay
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.diary.dto import TasksMade
from app.services.holds.dto import HoldsEnded

AREAS: Final = frozenset({"jobs", "home"})
"""What a change of a job concerns."""
STATES: Final[dict[JobState, str]] = {
    JobState.NEVER: "Not run yet",
    JobState.DONE: "Done",
    JobState.FAILED: "Failed",
    JobState.WAITS: "Waits for an officer",
    JobState.STOPPED: "Stopped",
    JobState.LOST: "Cut off",
}
WAYS: Final[dict[JobWay, str]] = {
    JobWay.SCHEDULER: "the scheduler",
    JobWay.OFFICER: "by hand",
    JobWay.WINDOW: "an open window",
}


class NeedsAnOfficer(UserError):  # noqa: N818  no failure: somebody has to do something first
    """A job can't go on until an officer has done something; it looks again by itself."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a job is given beside the desk: the folder that it reads, its daily work by key, and how it tells and is stopped."""

    folder: str = ""
    daily: tuple[str, ...] = ()
    progress: Progress = no_progress
    cancel: CancelToken = field(default_factory=CancelToken)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job did.

    Attributes:
        told: a sentence or two, without anybody's name.
        did: whether there was anything to do.
        areas: the pages that should look again.
        found: what the services gave back, for a window that tells more of it.
    """

    told: str
    did: bool = True
    areas: frozenset[str] = frozenset()
    found: Any = None


@dataclass(frozen=True, slots=True)
class Ran:
    """One job that was asked for, and what became of it.

    Attributes:
        state: how it went; None where it was not begun, and `said` says why.
        held: it was not begun because something before it went wrong.
        seconds: how long it took.
    """

    name: str
    title: str
    said: str
    state: JobState | None = None
    held: bool = False
    seconds: float = 0.0
    areas: frozenset[str] = frozenset()
    found: Any = None

    @property
    def wrong(self) -> bool:
        """Whether somebody has to look at it."""
        return self.held or self.state in {JobState.FAILED, JobState.WAITS, JobState.LOST, JobState.STOPPED}


@dataclass(frozen=True, slots=True)
class Round:
    """Every job that one call ran or left."""

    ran: tuple[Ran, ...] = ()

    @property
    def changes(self) -> Changes:
        """What the pages should look at again."""
        return Changes(AREAS.union(*(each.areas for each in self.ran)))


@dataclass(frozen=True, slots=True)
class DayMade:
    """What an open window did for the day: nothing of what somebody else is doing just now."""

    tasks: TasksMade | None
    ended: HoldsEnded | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as it is listed.

    Attributes:
        when: its schedule in words; `schedule` as it is kept.
        own: the schedule isn't the one shipped.
        standing: how it stands, in a few words; `tone` is good, warning, bad or nothing.
        said: what the last run said, or what keeps it from running.
        next_at: when it is due next; None where it is off, or waits for somebody.
        late: it should have been run, and wasn't.
        by: who runs it now or ran it last, and where.
        takes: seconds that the last run took; None where it was never run.
        posts: it puts figures on accounts, so that a second officer agrees to what is changed of it.
        guards: it guards the books, so that a second officer agrees before it is switched off or done seldom.
        restarts: it may be run again though whoever asks could not do its work by hand: it failed, and is owed.
        request: the request that waits for a second officer, if one does.
    """

    name: str
    version: int
    title: str
    does: str
    person: str
    when: str
    schedule: str
    own: bool
    folder: str
    reads_folder: bool
    active: bool
    reason: str
    state: JobState
    standing: str
    tone: str
    said: str
    started_at: datetime | None
    takes: float | None
    next_at: datetime | None
    late: bool
    by: str
    running: bool
    posts: bool
    guards: bool
    may_run: bool
    after: tuple[str, ...] = ()
    request: int | None = None

    @property
    def wrong(self) -> bool:
        """Whether somebody has to look at it."""
        return self.active and self.tone == "bad"


@dataclass(frozen=True, slots=True)
class JobList:
    """Every job, and which computers call the scheduler.

    Attributes:
        note: a sentence about the scheduler, where nobody calls it or not for a while; empty where all is well.
    """

    rows: tuple[JobRow, ...]
    note: str = ""
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A computer whose scheduler calls, and when it did so last."""

    computer: str
    officer: str
    called_at: datetime


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as it is listed, the newest first."""

    run_id: int
    name: str
    title: str
    state: JobState
    said: str
    started_at: datetime
    seconds: float
    by: str

    @property
    def wrong(self) -> bool:
        """Whether it went wrong."""
        return self.state not in {JobState.DONE, JobState.NEVER}


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be another: the schedule as it is written, the folder, whether it is on."""

    name: str
    version: int
    schedule: str
    folder: str
    active: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a change: made, or asked for."""

    told: str
    changes: Changes = field(default_factory=lambda: Changes(AREAS))
