"""Schedules and collections as they are kept, and what changed of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import CollectionKind, CollectionState, Money, PartKind, ScheduleState
from app.services.core.changes import Changes
from app.services.direct_debits.schedules.dto.worked import Part, Share, Terms


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A collection of a mandate."""

    collection_id: int
    version: int
    mandate_id: int
    schedule_id: int | None
    kind: CollectionKind
    state: CollectionState
    planned_on: date
    due_on: date
    amount: Money
    by_hand: str
    noticed_on: date | None
    noticed_due_on: date | None
    noticed_amount: Money | None
    notice_id: int | None
    run_id: int | None
    again_of: int | None
    returned_on: date | None
    return_code: str
    shares: tuple[Share, ...] = ()

    @property
    def changed_since_notice(self) -> bool:
        """The payer was told another amount or day."""
        told = (self.noticed_due_on, self.noticed_amount)
        return self.noticed_on is not None and told != (self.due_on, self.amount)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A version of a mandate's schedule, as it is kept; the amounts as of `Worked`."""

    schedule_id: int
    version: int
    mandate_id: int
    number: int
    state: ScheduleState
    terms: Terms
    first_week_on: date
    ends_on: date
    count: int
    usual: Money
    first: Money
    total: Money
    forecast: Money
    reason: str
    made_by: str
    made_at: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ScheduleOf:
    """The schedule in force of a mandate with its collections, by day, those dropped left out; and what an officer may do."""

    schedule: Schedule | None
    collections: tuple[CollectionRow, ...]
    reference: str = ""
    accounts: tuple[tuple[int, str], ...] = ()
    """The accounts it pays, each with its payment reference."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A part of the sum in two versions; nothing where it isn't in one of them."""

    kind: PartKind
    account_id: int
    was: Money
    now: Money
    words: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version beside the one before it.

    Attributes:
        moved: each part that is another than in the version before, with what it was.
    """

    schedule: Schedule
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of the sum as it is read out: what it is, how it comes about, and the amount; `balance`: it is owed or in credit."""

    label: str
    words: str
    amount: Money | None
    strong: bool = False
    balance: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """The instalment of a schedule as a sum: its parts, what they come to, over how many dates, and what is left at the end."""

    schedule: Schedule
    reference: str
    lines: tuple[SumLine, ...]
    dates: tuple[CollectionRow, ...]
    said: str
    """The sum in one sentence."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A mandate whose instalment would be another one, and why.

    Attributes:
        was, now: the usual instalment; None where nothing is or will be collected.
        count: of the collections to come, after it.
        next_on: the first of them.
        reasons: as sentences, the largest first.
        told: the payer was told of a collection that changes, so that a new notice is needed.
        refused: why this officer's recalculation leaves it out; empty if it doesn't.
    """

    mandate_id: int
    account_id: int
    reference: str
    account: str
    name: str
    was: Money | None
    now: Money | None
    first: Money | None
    count: int
    next_on: date | None
    forecast: Money
    reasons: tuple[str, ...]
    told: bool
    refused: str = ""
    changes: bool = True


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a recalculation would change.

    Attributes:
        looked: how many mandates were worked out.
        without: references of those that collect and have no schedule yet, which nothing was worked out of.
    """

    looked: int
    differences: tuple[Difference, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalculated:
    """What a recalculation changed."""

    count: int
    left: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """A schedule that was made or changed."""

    schedule_id: int
    mandate_id: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class CollectionDone:
    """A collection that was skipped, moved, changed or added."""

    collection_id: int
    mandate_id: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class ListedCollection:
    """A collection in the list of the office; of a restricted record neither name nor payer is told.

    Attributes:
        waits: its mandate is suspended, and no run has it.
    """

    collection_id: int
    mandate_id: int
    account_id: int
    reference: str
    account: str
    name: str
    payer: str
    kind: CollectionKind
    state: CollectionState
    planned_on: date
    due_on: date
    amount: Money
    by_hand: str
    noticed_on: date | None
    changed_since_notice: bool
    run_id: int | None
    shut: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class DayTotal:
    """What is to be collected on a day."""

    due_on: date
    count: int
    amount: Money
    told: int
    """Of how many the payer was told as they are."""
    told_amount: Money
