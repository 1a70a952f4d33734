"""What schedules and collections are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import CollectionState, Money
from app.services.direct_debits.schedules.dto.worked import Terms


@dataclass(frozen=True, slots=True)
class Scope:
    """Which mandates are recalculated: those named, else every one that collects.

    Attributes:
        next_year: the schedule of the rent year after the one of today, for its advance notice.
        every: those that stay as they are are told too.
    """

    mandate_ids: tuple[int, ...] | None = None
    account_ids: tuple[int, ...] | None = None
    next_year: bool = False
    every: bool = False


class OddRest(StrEnum):
    """Where what a change by hand takes off or adds goes."""

    SPREAD = "spread"
    """Over the other collections to come."""
    LEAVE = "leave"
    """Nowhere: the forecast at the end of the year tells it."""


@dataclass(frozen=True, slots=True)
class SkipCollection:
    """Nothing is collected that day."""

    collection_id: int
    version: int
    reason: str
    rest: OddRest = OddRest.SPREAD


@dataclass(frozen=True, slots=True)
class MoveCollection:
    """It is collected on another day, or on the working day after it."""

    collection_id: int
    version: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeCollection:
    """Another amount is collected that day."""

    collection_id: int
    version: int
    amount: Money
    reason: str
    rest: OddRest = OddRest.SPREAD


@dataclass(frozen=True, slots=True)
class AddCollection:
    """A collection beside the schedule; `account_id` takes it whole, else it is shared as the schedule is."""

    mandate_id: int
    on: date
    amount: Money
    reason: str
    account_id: int | None = None
    rest: OddRest = OddRest.LEAVE


@dataclass(frozen=True, slots=True)
class ChangeTerms:
    """Another day or frequency, from the first collection that notice can still be given of."""

    mandate_id: int
    terms: Terms
    reason: str


class CollectionView(StrEnum):
    """Which collections are listed."""

    PLANNED = "planned"
    """To come, or overdue."""
    UNTOLD = "untold"
    """To come, and the payer wasn't told of what is to be collected."""
    OVERDUE = "overdue"
    """Their day has passed and no run took them, or Bacs is closed on it after all."""
    BY_HAND = "by_hand"
    UNDER_WAY = "under_way"
    """In a run that isn't posted."""
    RETURNED = "returned"
    ALL = "all"


class CollectionSort(StrEnum):
    """By what collections are listed."""

    DUE = "due"
    REFERENCE = "reference"
    PAYER = "payer"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class CollectionFilter:
    """Which collections are listed, and in what order."""

    view: CollectionView | None = CollectionView.PLANNED
    """None: all, as `ALL`."""
    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    states: frozenset[CollectionState] = frozenset()
    mandate_id: int | None = None
    account_id: int | None = None
    sort: CollectionSort = CollectionSort.DUE
    descending: bool = False
