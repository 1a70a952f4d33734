"""Runs as they are asked for, and what comes of each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.models.values import DebitRunKind, DebitRunState, Money
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """What a run would take: its kind, the first day of processing, and how many processing days (collections: 1 to 5)."""

    kind: DebitRunKind
    processing_on: date
    days: int = 1


@dataclass(frozen=True, slots=True)
class AskRun:
    """A run that an officer asks a second one to approve.

    Attributes:
        entry_key: the caller's own name for it: the same key never asks twice.
        declared_count, declared_total: what the officer typed; it must be what is selected.
        note: why or what is special, for whoever approves; may be empty.
    """

    kind: DebitRunKind
    processing_on: date
    declared_count: int
    declared_total: Money
    entry_key: str
    note: str = ""
    days: int = 1


@dataclass(frozen=True, slots=True)
class RunAsked:
    """A run that waits for approval; `told` is a sentence for the message bar."""

    run_id: int
    number: int
    request_id: int
    count: int
    total: Money
    left_out: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RunMoved:
    """A run that went a step further; `told` is a sentence for the message bar."""

    run_id: int
    number: int
    state: DebitRunState
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that Bacs refused by itself: what it says of it. What it doesn't say is None, the code empty.

    Attributes:
        processing_on: its processing day, where the file has several.
        place: its number in the run, where an officer names it.
    """

    reference: str
    words: str
    amount: Money | None = None
    code: str = ""
    processing_on: date | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class MatchByHand:
    """What Bacs took of a run as it was sent, said by an officer where no Input report is read.

    Attributes:
        reason: why by hand.
        evidence: what was seen, such as the page of the submission service and its totals.
        count, total: of what Bacs took, as it shows them; they must be those of the run, less the records it refused.
        refused: the references of the records that it refused, apart by commas; each is given back. Where two records of a
            mandate are alike the number in the run stands after it: `TESTFORD000001 no. 5`.
    """

    run_id: int
    count: int
    total: Money
    reason: str
    evidence: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A run's file that was written to a folder; `told` says where."""

    run_id: int
    path: Path
    sha256: str
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class PostedDay:
    """What a run put on the accounts for one entry day; `again` says that it was there before."""

    run_id: int
    number: int
    entry_on: date
    journal: int
    count: int
    amount: Money
    again: bool = False


@dataclass(frozen=True, slots=True)
class RunsPosted:
    """What was posted up to a day, and the runs that wait for their Input report and are left.

    Attributes:
        failed: what couldn't be posted and was set aside, a sentence each.
    """

    on: date
    days: tuple[PostedDay, ...]
    unmatched: tuple[int, ...]
    told: str
    changes: Changes
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs are listed; what is left empty doesn't matter. `open` leaves only those that something is to be done with."""

    kind: DebitRunKind | None = None
    states: frozenset[DebitRunState] = frozenset()
    open: bool = False


EVERY_RUN: Final = RunFilter()
