"""What the register shows of adjustments, recharges, refunds and write-offs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import ZERO, Money, Subject


class What(StrEnum):
    """The four things that the register lists, in the order in which their ids are told apart."""

    ADJUSTMENT = "adjustment"
    RECHARGE = "recharge"
    REFUND = "refund"
    WRITE_OFF = "write_off"

    @property
    def subject(self) -> Subject:
        """The kind of record that it is to documents, notes and requests."""
        return Subject(self.value)


_WHATS: Final = tuple(What)


def row_id_of(what: What, record_id: int) -> int:
    """The number of a line of the register, by what it is and its own id."""
    return record_id * len(_WHATS) + _WHATS.index(what)


def record_of(row_id: int) -> tuple[What, int]:
    """What a line of the register is, and its own id."""
    record_id, at = divmod(row_id, len(_WHATS))
    return _WHATS[at], record_id


class Stage(StrEnum):
    """How far any of them has come, in one set of words; `DONE` is in the ledger, `BACK` was taken back out of it."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    BACK = "back"


class Act(StrEnum):
    """What an officer does next with a line of the register."""

    SUBMIT = "submit"
    """A draft; of a write-off, it is put on a schedule."""
    CHANGE = "change"
    """The draft of a write-off, by whoever built it."""
    DECIDE = "decide"
    """On the page Approvals: it waits for the officer's own approval."""
    POST = "post"
    """What is approved: an invoice is raised, a refund is paid."""
    WITHDRAW = "withdraw"
    REVERSE = "reverse"
    """What is posted: an invoice is credited, a written-off debt is written back."""


class View(StrEnum):
    """The views that an officer works through."""

    MINE = "mine"
    """What the officer asked for."""
    TO_APPROVE = "to_approve"
    """What waits for the officer's own approval, by their permissions and limits."""
    TO_POST = "to_post"
    """What is approved and waits for somebody who neither asked for it nor approved it: posted, or paid."""
    TODAY = "today"
    """What was posted today."""
    REVERSED = "reversed"
    """What was taken back: reversed, credited, returned by the bank."""
    REPORTED = "reported"
    """What the reports count: posted, and it stands."""


class RegisterSort(StrEnum):
    """Columns that the register can be sorted by."""

    AT = "at"
    KIND = "kind"
    NUMBER = "number"
    ACCOUNT = "account"
    AMOUNT = "amount"
    STATE = "state"
    ASKED_BY = "asked_by"
    APPROVED_BY = "approved_by"
    POSTED = "posted"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What the register shows; an empty set or None doesn't matter.

    Attributes:
        text: parts of the account's reference or name or of the title, in any order; or a number.
        view: one of the views.
        whats: which of the four.
        kinds: keys of kinds of adjustment; recharges, refunds and write-offs have the kinds of their sheets.
        reasons: keys of reasons of adjustments.
        stages: how far it has come.
        officer_id: who asked for it.
        account_id: only of this account.
        days: asked for in so many days up to today.
        from_on, to_on: posted on these days, both included.
    """

    text: str = ""
    view: View | None = None
    whats: frozenset[What] = frozenset()
    kinds: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    stages: frozenset[Stage] = frozenset()
    officer_id: int | None = None
    account_id: int | None = None
    days: int | None = None
    from_on: date | None = None
    to_on: date | None = None


EVERYTHING: Final = RegisterFilter()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line.

    Attributes:
        row_id: of the line; `what` and `record_id` say what it is.
        number: as the office quotes it; empty for an invoice that isn't raised yet.
        kind: in words, such as `Credit correction`.
        title: what it is about, in a line.
        account_id, reference, name: of the (first) account that it is on; `Restricted` stands for a name not to be shown.
        lines: how many lines it has.
        amount: what it comes to; a debit is positive.
        both: as much is debited as credited, as by a transfer: the amount has no side.
        state: in the words of its own kind, such as `raised`.
        asked_by, approved_by: names of officers.
        posted_on: the day on which it was reported.
        declared: it is on an account that the officer may not work on.
        shut: it is of a restricted record that the officer may not open.
    """

    row_id: int
    what: What
    record_id: int
    number: str
    at: datetime
    kind: str
    title: str
    account_id: int | None
    reference: str
    name: str
    lines: int
    amount: Money
    both: bool
    stage: Stage
    state: str
    asked_by: str
    asked_by_id: int
    approved_by: str
    approved_by_id: int | None
    posted_on: date | None
    journal: int | None
    request_id: int | None
    declared: bool = False
    shut: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What it does on one account; a debit is positive."""

    account_id: int
    reference: str
    name: str
    kind: str
    code: str
    amount: Money
    effective_on: date | None
    words: str
    working: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of its history: who did what, when and why."""

    at: datetime | None
    on: date | None
    who: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class RegisterDetail:
    """One line whole: who asked, on what evidence, who approved, what it did, what reversed it.

    Attributes:
        note: in the words of whoever asked.
        reasons: why, as the office names it.
        parts: what it does, account by account; at most `MOST_PARTS` of a large batch.
        more: how many parts are not listed here.
        history: in turn.
        evidence: how many documents are with it.
        posted_in: a sentence where it is reported in a later period than it belongs to; else empty.
        version: of its row, for whoever changes it.
        may: what the officer who looks may do next.
        why_not: why the next step isn't theirs, as a sentence; empty where it is, or there is none.
    """

    row: RegisterRow
    note: str
    reasons: str
    parts: tuple[Part, ...]
    more: int
    history: tuple[Step, ...]
    evidence: int
    version: int
    debit: Money = ZERO
    credit: Money = ZERO
    posted_in: str = ""
    reversal_journal: int | None = None
    may: frozenset[Act] = frozenset()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """What stands over the register: how many each view has, and what it can be filtered by, as (key, words)."""

    counts: Mapping[View, int]
    kinds: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    officers: tuple[tuple[int, str], ...]
