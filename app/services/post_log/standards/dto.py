"""Service standards as rules and screens hand them on: the standard of a category, and by when one item is dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import Pausing, PostState, ReplyFrom, ReplyUnit
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class Standard:
    """What a category promises, as its policy values say on the day that an item was received.

    Attributes:
        acknowledge: working days to acknowledge in; 0: nothing has to be acknowledged.
        reply: how many of `unit` to answer in; 0 where it is the same day.
        runs_from: what the time to answer runs from; the time to acknowledge runs from the receipt always.
        pausing: what it may wait for; identity includes clarification.
        starts_again: after a clarification the whole time begins anew; else it goes on where it stood still.
        extend_most: the most that the time may be made longer by, in `unit`; 0: never.
        source: the law, code or policy that it comes from.
    """

    acknowledge: int
    reply: int
    unit: ReplyUnit
    runs_from: ReplyFrom
    pausing: Pausing
    starts_again: bool
    extend_most: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still: from the day after `from_on` (we asked) to `to_on` (it came).

    Attributes:
        to_on: None while we still wait.
    """

    kind: Pausing
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """By when an item is acknowledged and answered, with the working of each in sentences.

    Attributes:
        acknowledge_by: the last day; None where nothing has to be acknowledged.
        reply_by: the last day; None while the clock stands still.
    """

    acknowledge_by: date | None
    reply_by: date | None
    acknowledge_working: tuple[str, ...]
    reply_working: tuple[str, ...]

    @property
    def working(self) -> tuple[str, ...]:
        """The working of both, the acknowledgement first."""
        return (*self.acknowledge_working, *self.reply_working)


class Light(StrEnum):
    """How near the next day to keep is: STILL while the clock stands, NONE where nothing is to be kept any more."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    STILL = "still"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PauseClock:
    """A time to answer to be stopped, from the day that we asked (today, if none is given).

    With `tell` the sender is asked by it, in a letter or an e-mail that has the reason as what we want to know.
    """

    item_id: int
    kind: Pausing
    reason: str
    from_on: date | None = None
    tell: bool = False


@dataclass(frozen=True, slots=True)
class ResumeClock:
    """A time to answer that goes on: what we waited for came on a day (today, if none is given)."""

    item_id: int
    came_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExtendClock:
    """A time to answer to be made longer; `by` is in the unit of its standard.

    With `tell` the sender is told by it, in a letter or an e-mail with the reason and the new day; else they were told.
    """

    item_id: int
    by: int
    reason: str
    tell: bool = False


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A pause as listed; `to_on` is none while it lasts."""

    kind: Pausing
    from_on: date
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """An extension as listed: on which day, by whom, by how much and why."""

    made_on: date
    officer: str
    by: int
    reason: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of an item as the screen shows it.

    Attributes:
        light: how near the next day to keep is, and `light_words` says it: `Answer in 3 working days`.
        waiting: the pause that lasts, or None.
        extend_left: by how much the time may still be made longer.
    """

    item_id: int
    number: str
    category: str
    received_on: date
    state: PostState
    standard: Standard
    calendar: str
    due: Due
    acknowledged_on: date | None
    replied_on: date | None
    light: Light
    light_words: str
    waiting: PauseRow | None
    pauses: tuple[PauseRow, ...]
    extensions: tuple[ExtensionRow, ...]
    extend_left: int


@dataclass(frozen=True, slots=True)
class CategoryDue:
    """By when an item of a category received on a day is dealt with; `calendar` is the name of the calendar it counts in."""

    key: str
    name: str
    received_on: date
    standard: Standard
    calendar: str
    due: Due


@dataclass(frozen=True, slots=True)
class LateRow:
    """An open item past a day to keep.

    Attributes:
        what: `acknowledge` or `reply`, the one that is late; both late: the reply.
        due_on: its last day.
        working_days: working days of the office since.
        holder: the officer or team that has it; empty where nobody has.
    """

    item_id: int
    number: str
    received_on: date
    category: str
    sender: str
    subject_line: str
    account_id: int | None
    reference: str
    holder: str
    what: str
    due_on: date
    working_days: int
    escalated: bool


@dataclass(frozen=True, slots=True)
class Escalated:
    """The items that were told to a team leader now: how many, and in how many tasks."""

    items: int
    tasks: int
    changes: Changes
