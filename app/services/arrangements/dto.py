"""Repayment arrangements as they are worked out, agreed and listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import ZERO, ArrangementState, Frequency, Money
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment: its number from 1, the day it falls due, what is due, and what is then left of the debt."""

    number: int
    due_on: date
    amount: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Plan:
    """How a debt is paid off: `count` instalments of `amount`, the first and the last of which may be others.

    Attributes:
        starts_on, ends_on: the days on which the first and the last instalment fall due.
        first, last: what is due on those days.
    """

    debt: Money
    amount: Money
    every: Frequency
    starts_on: date
    first: Money
    count: int
    ends_on: date
    last: Money


@dataclass(frozen=True, slots=True)
class Terms:
    """The policy of arrangements on a day.

    Attributes:
        longest_years: an instalment that takes longer never clears the debt.
        long_months: an arrangement that takes longer is pointed out before it is saved.
        ahead_days: how far ahead the first instalment may fall due.
        tolerance_days: how many days after it fell due an instalment may come.
        tolerance: so much less is no breach.
        missed: so many instalments behind is a breach.
    """

    longest_years: int
    long_months: int
    ahead_days: int
    tolerance_days: int
    tolerance: Money
    missed: int


class Kept(StrEnum):
    """How an arrangement stands."""

    NOT_DUE = "not_due"
    KEPT = "kept"
    BEHIND = "behind"
    BROKEN = "broken"
    COMPLETED = "completed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Progress:
    """How an arrangement stands on a day.

    Attributes:
        tested_on: the last due day that is tested; none has come yet where there is none.
        due: what should have been paid off by then.
        paid: what was; less than nothing where the debt has grown.
        left: what is still to be paid off.
    """

    kept: Kept
    tested_on: date | None = None
    due: Money = ZERO
    paid: Money = ZERO
    left: Money = ZERO

    @property
    def short(self) -> Money:
        """How much is missing of what was due."""
        missing = self.due - self.paid
        return missing if missing.pence > 0 else ZERO


@dataclass(frozen=True, slots=True)
class DebtRow:
    """An account whose debt can be covered, with what is owed there today."""

    account_id: int
    reference: str
    kind: str
    address: str
    owed: Money


@dataclass(frozen=True, slots=True)
class Standing:
    """An arrangement in force, or the last one that was broken; `covered` are the accounts whose debt it covers."""

    arrangement_id: int
    version: int
    account_id: int
    amount: Money
    every: Frequency
    first: Money | None
    debt: Money | None
    starts_on: date
    ends_on: date | None
    agreed_on: date | None
    direct_debit: bool
    state: ArrangementState
    state_on: date | None
    state_reason: str
    note: str
    covered: tuple[int, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class ArrangementForm:
    """What the sheet of an arrangement needs, so that every key that is pressed in it is answered at once.

    Attributes:
        debts: the account itself first, then those of the same people that owe something.
        weekly: the account's charge in a week.
        direct_debit: the tenancy is paid for by Direct Debit.
        standing: the arrangement that a new one takes the place of.
        stopped: why nothing may be asked of the debt, such as breathing space; empty if it may.
        benefit: what benefit pays us of the charge in a week.
    """

    account_id: int
    reference: str
    name: str
    debts: tuple[DebtRow, ...]
    weekly: Money
    direct_debit: bool
    today: date
    terms: Terms
    standing: Standing | None = None
    stopped: str = ""
    benefit: Money = ZERO


@dataclass(frozen=True, slots=True)
class NewArrangement:
    """An arrangement to be made: instalments of `amount` on top of what falls due anyway.

    Attributes:
        first: the first instalment, where it is another amount.
        covered: the accounts whose debt it covers; the account itself where none is named.
        direct_debit: it is paid on top of a Direct Debit; else of the charge, however that is paid.
        letter: the letter that confirms it is made.
        replaces, version: the arrangement that it takes the place of, as it was read.
    """

    account_id: int
    amount: Money
    every: Frequency
    starts_on: date
    first: Money | None = None
    covered: tuple[int, ...] = ()
    direct_debit: bool = False
    note: str = ""
    letter: bool = True
    replaces: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class EndArrangement:
    """An arrangement to be ended before it has run out, and why."""

    arrangement_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class ArrangementSaved:
    """An arrangement that was made or ended, and what was done as a sentence."""

    arrangement_id: int
    account_id: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test of every arrangement found: how many stand, and which were broken or completed by it."""

    live: int
    behind: int
    broken: int
    completed: int
    changes: Changes


class ArrangementShown(StrEnum):
    """The choices of the register."""

    LIVE = "live"
    BEHIND = "behind"
    BROKEN = "broken"
    COMPLETED = "completed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ArrangementFilter:
    """Which arrangements are listed; `text`: only those with these words in the reference or the name."""

    shown: ArrangementShown = ArrangementShown.LIVE
    text: str = ""


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """An arrangement as the office lists it."""

    arrangement_id: int
    account_id: int
    reference: str
    name: str
    amount: Money
    every: Frequency
    starts_on: date
    ends_on: date | None
    state: ArrangementState
    debt: Money | None
    due: Money
    paid: Money
    short: Money
    kept: Kept
    left: Money
    made_by: str
    state_reason: str
