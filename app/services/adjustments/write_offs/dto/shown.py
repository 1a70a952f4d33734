"""Write-offs as they are tested, listed and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import AccountKind, Money, WriteBackCause, WriteOffState
from app.services.adjustments.write_offs.dto.facts import Band, Finding
from app.services.core.changes import Changes

CAUSES: Final[Mapping[WriteBackCause, str]] = {
    WriteBackCause.MONEY_IN: "Money came in",
    WriteBackCause.TRACED: "The debtor was found",
    WriteBackCause.REHOUSED: "The debtor is to be rehoused",
    WriteBackCause.OFFSET: "A credit is to be set against it",
    WriteBackCause.ERROR: "Written off in error",
}
"""Why a written-off debt comes back, as officers read it."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A case against the policy of its reason: everything found, whose authority it needs, what it comes to."""

    findings: tuple[Finding, ...]
    band: Band
    authority: str
    amount: Money
    basis: Money

    @property
    def unmet(self) -> tuple[Finding, ...]:
        """What stands against it."""
        return tuple(each for each in self.findings if each.met is False)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a case or a schedule, with a sentence for the message bar."""

    record_id: int
    number: int
    state: WriteOffState
    told: str
    changes: Changes
    request_id: int | None = None
    journal: int | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as listed; `unmet` counts the conditions that aren't met."""

    write_off_id: int
    number: int
    tenancy_id: int
    tenancy_ref: str
    account_id: int
    reference: str
    name: str
    reason_title: str
    state: WriteOffState
    amount: Money
    basis: Money
    band: Band
    barred: Money
    back: Money
    unmet: int
    schedule_id: int | None
    made_by: str
    made_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class CaseDebt:
    """What a case writes off on one account, what of it was out of time, and what has come back."""

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    amount: Money
    barred: Money
    back: Money
    oldest_on: date | None


@dataclass(frozen=True, slots=True)
class CasePart:
    """What of a debt fell due on a day, such as a week's rent, and the last day on which it can be sued for."""

    reference: str
    due_on: date
    amount: Money
    last_on: date
    out_of_time: bool


@dataclass(frozen=True, slots=True)
class Back:
    """One time that something came back."""

    at: datetime
    reference: str
    amount: Money
    cause: WriteBackCause
    reason: str
    journal: int
    made_by: str


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case whole; `parts` are the oldest of each debt, by account; `may_come_back` is false where the law has ended it."""

    row: CaseRow
    note: str
    debts: tuple[CaseDebt, ...]
    parts: tuple[CasePart, ...]
    findings: tuple[Finding, ...]
    backs: tuple[Back, ...]
    authority: str
    may_come_back: bool
    posted_on: date | None
    journal: int | None


class ScheduleShown(StrEnum):
    """The choices over the list of schedules."""

    OPEN = "open"
    TO_SUBMIT = "to_submit"
    WAITING = "waiting"
    TO_POST = "to_post"
    POSTED = "posted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ScheduleFilter:
    """Which schedules are listed: a choice, and words of the title or the number."""

    shown: ScheduleShown = ScheduleShown.ALL
    text: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule as listed; `authority` is who decides, `minute` what was recorded of an outside decision.

    `own` says that the officer who looks made it, so they record the decision and submit it.
    """

    schedule_id: int
    number: int
    title: str
    band: Band
    authority: str
    minute: str
    state: WriteOffState
    count: int
    amount: Money
    request_id: int | None
    made_by: str
    made_at: datetime
    approved_by: str
    posted_by: str
    journal: int | None
    why_not_post: str
    version: int
    own: bool

    @property
    def account_id(self) -> int | None:
        """None: it is about many accounts."""
        return None

    @property
    def decided(self) -> bool:
        """Nobody outside Rentbook has to decide any more."""
        return bool(self.minute) or not self.band.outside
