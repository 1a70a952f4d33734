"""Attempts to give a credit back, as they are noted, answered and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.values import AttemptOutcome, AttemptWay, Money
from app.services.core.changes import Changes

WAYS: Mapping[AttemptWay, str] = {
    AttemptWay.LETTER: "Letter",
    AttemptWay.EMAIL: "E-mail",
    AttemptWay.TEXT: "Text message",
    AttemptWay.TELEPHONE: "Telephone call",
    AttemptWay.VISIT: "Visit",
    AttemptWay.NO_ADDRESS: "No address is known",
    AttemptWay.CAME_BACK: "Refund that came back",
}
"""Each way as officers read it."""
OUTCOMES: Mapping[AttemptOutcome, str] = {
    AttemptOutcome.WAITING: "No answer yet",
    AttemptOutcome.NO_ANSWER: "No answer",
    AttemptOutcome.RETURNED: "Came back",
    AttemptOutcome.NOT_THEIRS: "They say that it isn't theirs",
    AttemptOutcome.CLAIMED: "They ask for it",
}
"""Each outcome as officers read it."""
LATE: Final = timedelta(days=7)
"""An attempt that was noted later after it than this says when, and by whom."""
LETTERS: Final = frozenset({AttemptWay.LETTER, AttemptWay.EMAIL, AttemptWay.TEXT})
"""What is written with a template is an attempt by itself; one that was written elsewhere is noted by hand."""


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """What was tried to give a credit back, or why nothing could be.

    Attributes:
        entry_key: the caller's own name for it: the same key never makes two.
        note: whom, where and what was said (at most 400 characters).
    """

    entry_key: str
    account_id: int
    way: AttemptWay
    tried_on: date
    note: str = ""
    outcome: AttemptOutcome = AttemptOutcome.WAITING


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an attempt; `version` is of the attempt as it was read, an empty `note` leaves what was noted."""

    attempt_id: int
    version: int
    outcome: AttemptOutcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt as listed.

    Attributes:
        by, noted_on: the officer who noted it, and the day of that.
        outgoing_id, letter: of what was written, its line in the register of letters and what it is called.
        stands: it counts as an attempt; a letter that was cancelled or could not be sent doesn't.
    """

    attempt_id: int
    version: int
    account_id: int
    way: AttemptWay
    tried_on: date
    outcome: AttemptOutcome
    note: str
    by: str
    outgoing_id: int | None = None
    letter: str = ""
    stands: bool = True
    noted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried for one credit, in short: how many attempts stand, and the last of them in words, or empty."""

    count: int = 0
    last: str = ""


@dataclass(frozen=True, slots=True)
class AccountAttempts:
    """Everything that was tried to give one credit back.

    Attributes:
        credit: what stands to the account's credit, without a sign.
        since: the first day of an unbroken credit; None where it isn't in credit.
        rows: the newest first.
        needed, counted: the attempts that policy asks for before a write-on, and those that count towards them.
        missing: what a write-on still lacks, as a sentence; empty where it lacks nothing.
    """

    account_id: int
    reference: str
    name: str
    credit: Money
    since: date | None
    rows: tuple[AttemptRow, ...]
    needed: int
    counted: int
    missing: str


@dataclass(frozen=True, slots=True)
class Saved:
    """An attempt that was noted or answered; `told` is a sentence for the message bar."""

    attempt_id: int
    told: str
    changes: Changes


def said(row: AttemptRow) -> str:
    """An attempt in a line: `Letter, 3 Nov 2026: no answer yet`; of one that was noted late, when and by whom."""
    outcome = OUTCOMES[row.outcome]
    words = outcome if row.outcome in {AttemptOutcome.NOT_THEIRS, AttemptOutcome.CLAIMED} else outcome.lower()
    told = f"{WAYS[row.way]}, {_day(row.tried_on)}: {words}"
    if row.noted_on is None or row.noted_on - row.tried_on <= LATE:
        return told
    return f"{told}, noted on {_day(row.noted_on)} by {row.by}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
