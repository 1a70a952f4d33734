"""Notes and tasks as they are made, listed and opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from app.models.values import Subject
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on a record; `written_at` is UTC."""

    note_id: int
    subject: Subject
    subject_id: int
    written_at: datetime
    officer: str
    text: str


class TaskState(StrEnum):
    """How far a task has come."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Priority(IntEnum):
    """Which of two tasks due on one day comes first."""

    HIGH = 1
    NORMAL = 2
    LOW = 3


class HowAsked(StrEnum):
    """How a colleague in another team asked."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    MESSAGE = "message"
    IN_PERSON = "in_person"
    MEETING = "meeting"


class TaskAction(StrEnum):
    """A step in the trail of a task."""

    MADE = "made"
    CHANGED = "changed"
    HANDED_OVER = "handed_over"
    SNOOZED = "snoozed"
    DONE = "done"
    REOPENED = "reopened"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Requester:
    """A colleague in another team who asks for something, how they asked, and the day they want an answer by."""

    name: str
    team: str = ""
    how: HowAsked = HowAsked.EMAIL
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be made.

    Attributes:
        subject, subject_id: the record that it is about; both or neither.
        kind: the area's own name for it (`finish_for` finds it by that); empty where an officer makes it.
        remind_on: it stays out of the holder's list until this day.
        officer_id, team_id: who has it; one of the two, or neither where nobody has taken it yet.
        evidence_wanted: what whoever finishes it must show, in a sentence.
        proof: the key of a registered proof that must hold before it is done.
        template, occurrence_on: the recurring task, and the day of its rhythm, that it is made for.
    """

    title: str
    due_on: date
    details: str = ""
    subject: Subject | None = None
    subject_id: int | None = None
    kind: str = ""
    remind_on: date | None = None
    officer_id: int | None = None
    team_id: int | None = None
    priority: Priority = Priority.NORMAL
    requester: Requester | None = None
    evidence_wanted: str = ""
    proof: str = ""
    template: str | None = None
    occurrence_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskSaved:
    """A task that was made or changed."""

    task_id: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class TasksMade:
    """The recurring tasks that were made: how many, and the title of each kind."""

    count: int
    titles: tuple[str, ...]
    changes: Changes


class Whose(StrEnum):
    """Whose tasks are listed; MINE includes those of colleagues whom the officer covers today."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Shown(StrEnum):
    """Which of them. WAITING leaves out what is snoozed; OPEN has everything not ended."""

    WAITING = "waiting"
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list of tasks shows.

    Attributes:
        subject, subject_id: only those about this record.
        officer_id: only those that this officer has.
        text: only those with these words in the title, the requester or the account's reference.
    """

    whose: Whose = Whose.MINE
    shown: Shown = Shown.WAITING
    subject: Subject | None = None
    subject_id: int | None = None
    officer_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as listed.

    Attributes:
        about: the record in words, such as `Account 0012 4471 03`; empty for none.
        holder: the officer or team that has it; empty where nobody has.
        working_days: working days of the office until it is due, negative when overdue.
    """

    task_id: int
    version: int
    title: str
    state: TaskState
    priority: Priority
    due_on: date
    working_days: int
    remind_on: date | None
    officer_id: int | None
    team_id: int | None
    holder: str
    subject: Subject | None
    subject_id: int | None
    about: str
    requester: str
    answer_by: date | None
    recurring: bool
    evidence_wanted: str
    needs_proof: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a task's trail; `at` is UTC, `to` the officer or team it was handed to."""

    at: datetime
    officer: str
    action: TaskAction
    to: str
    words: str


@dataclass(frozen=True, slots=True)
class ProofState:
    """Whether what a task needs before it is done has happened, and a sentence that says so."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """A task as opened: its row, all that is said of it, and its trail from the first step to the last."""

    row: TaskRow
    details: str
    requester: Requester | None
    outcome: str
    evidence: str
    proof: ProofState | None
    trail: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks wait for an officer, are overdue with them and in their team, and are with nobody yet."""

    mine: int
    mine_overdue: int
    team_overdue: int
    nobodys: int


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days on which an officer is away, both included, and who covers; no name where nobody does."""

    absence_id: int
    officer_id: int
    officer: str
    from_on: date
    to_on: date
    cover_id: int | None
    cover: str


@dataclass(frozen=True, slots=True)
class Holder:
    """An officer or a team that a task can be given to; `away_until` is the last day of an officer's leave."""

    name: str
    officer_id: int | None = None
    team_id: int | None = None
    away_until: date | None = None
