"""A life event as it is told, what hangs on the person, and the checklist that is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.values import LifeEvent
from app.services.core.changes import Changes


class Choice(StrEnum):
    """What is decided of something that hangs on a person.

    `DO` is for what isn't there yet: a hold to be placed, a letter to be drafted. `LATER` makes a task of it.
    """

    STOP = "stop"
    MOVE = "move"
    KEEP = "keep"
    DO = "do"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that there is, and what it does, in words that follow the name of the thing: `Stops on 12 Nov 2026`."""

    choice: Choice
    words: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to whom, and on which day."""

    person_id: int
    kind: LifeEvent
    on: date


@dataclass(frozen=True, slots=True)
class Hangs:
    """One thing that hangs on a person.

    Attributes:
        source: the key of the `Hanging` that found it.
        group: the heading that it stands under.
        what: its name, which names nobody: `Secure tenancy of 4 Sample Close`.
        record_id: of the thing itself, where it is a record.
        account_id, reference: of the account that it is on, where it is on one.
        options: what can be decided of it; the first is proposed.
        why: why that is proposed, or what to know of it, as a sentence.
        warns: the officer must look at it.
    """

    source: str
    group: str
    what: str
    options: tuple[Option, ...]
    record_id: int | None = None
    account_id: int | None = None
    reference: str = ""
    why: str = ""
    warns: bool = False

    @property
    def key(self) -> str:
        """By which a choice names it: the same thing has the same key until something else is done to it."""
        return f"{self.source}:{self.record_id or 0}:{self.account_id or 0}"

    @property
    def proposed(self) -> Choice:
        """What is proposed."""
        return self.options[0].choice

    def words(self, choice: Choice) -> str:
        """What a choice does; nothing if it isn't one of its own."""
        return next((option.words for option in self.options if option.choice is choice), "")


@dataclass(frozen=True, slots=True)
class NoteLifeEvent:
    """A life event to be noted, with the choice for everything that hangs on the person, by `Hangs.key`.

    Attributes:
        told_on: the day that the office heard of it; `told_by` who told, as typed.
        contact_name, relation: who deals with the person's affairs, or moved with them: an executor, a next of kin.
        address: where letters about it go: the new address of who moved, else that of the contact; lines parted by line
            breaks, the postcode last.
    """

    happened: Happened
    told_on: date
    told_by: str = ""
    note: str = ""
    contact_name: str = ""
    relation: str = ""
    address: str = ""
    choices: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a choice: in words that name nobody; `done` is False where somebody has still to see to it."""

    words: str
    done: bool = True
    account_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Noted:
    """A life event that was noted: its checklist, and how many of its steps are still open."""

    event_id: int
    open_steps: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of a checklist. `due_on` is that of the task of an open step; moments are UTC."""

    step_id: int
    what: str
    choice: Choice
    outcome: str
    account_id: int | None
    reference: str
    done: bool
    done_at: datetime | None
    done_by: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """A life event as listed; `next_due_on` is the first day that a step of it is due."""

    event_id: int
    person_id: int
    name: str
    kind: LifeEvent
    happened_on: date
    told_on: date
    made_by: str
    account_id: int | None
    reference: str
    steps: int
    open_steps: int
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A life event with everything that was decided, in the order in which it was done."""

    row: EventRow
    told_by: str
    note: str
    made_at: datetime
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to whom something may have happened: the people of an account."""

    person_id: int
    name: str
    died_on: date | None = None
