"""Budgets as they cross layers: what a code has, what is left of it, its book, and changes of budgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import BudgetKind, BudgetMoveKind, BudgetMoveState, Money, Subject
from app.services.core.changes import Changes

AREAS: Final = frozenset({"purchase_orders"})
CHANGES: Final = Changes(AREAS)
KINDS: Final[Mapping[BudgetKind, str]] = {
    BudgetKind.ORIGINAL: "Original budget",
    BudgetKind.REVISED: "Change of budget",
    BudgetKind.COMMITMENT: "Ordered",
    BudgetKind.ACCRUAL: "Received",
    BudgetKind.ACTUAL: "Spent",
}
MOVES: Final[Mapping[BudgetMoveKind, str]] = {
    BudgetMoveKind.VIREMENT: "Virement",
    BudgetMoveKind.REVISION: "Revision",
    BudgetMoveKind.ORIGINAL: "Original budget",
}
MOVE_STATES: Final[Mapping[BudgetMoveState, str]] = {
    BudgetMoveState.WAITING: "Waits for approval",
    BudgetMoveState.POSTED: "Posted",
    BudgetMoveState.REFUSED: "Refused",
    BudgetMoveState.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Over:
    """A code on which something would take more than is left.

    Attributes:
        code: cost centre and subjective code, as they are written.
        left: of the budget before it; below nothing where the code is over already.
        wanted: what would be taken.
    """

    budget_id: int
    code: str
    name: str
    left: Money
    wanted: Money

    @property
    def by(self) -> Money:
        """How much more than is left."""
        return self.wanted - self.left

    @property
    def words(self) -> str:
        """As a sentence."""
        has = f"has {self.left} left" if self.left.pence > 0 else f"has nothing left ({-self.left} over already)"
        if not self.left:
            has = "has nothing left"
        return f"{self.code} {self.name} {has}; {self.wanted} would put it {self.by} over."


class BudgetView(StrEnum):
    """Which codes of a year are listed."""

    MINE = "mine"
    ALL = "all"
    OVER = "over"
    NEAR = "near"


VIEWS: Final[Mapping[BudgetView, str]] = {
    BudgetView.ALL: "All codes",
    BudgetView.MINE: "My codes",
    BudgetView.OVER: "Over budget",
    BudgetView.NEAR: "Over 90% used",
}


@dataclass(frozen=True, slots=True)
class BudgetFilter:
    """Which budgets are listed: of a financial year, by its first year; those of a view; by words."""

    year: int
    view: BudgetView = BudgetView.ALL
    text: str = ""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A budget as listed.

    Attributes:
        code: cost centre and subjective code, as they are written.
        heading: of the Service Reporting Code of Practice.
        holder: who answers for it, the cost centre's where it has none of its own.
        own_holder_id: its own, not the cost centre's.
        changed: what was moved to it or from it after the original budget.
        spent, owed, bound: invoiced; received and not invoiced; ordered and not received.
    """

    budget_id: int
    version: int
    year: int
    code: str
    cost_centre: str
    cost_centre_name: str
    subjective: str
    name: str
    heading: str
    holder: str
    holder_id: int | None
    original: Money
    changed: Money
    spent: Money
    owed: Money
    bound: Money
    active: bool = True
    own_holder_id: int | None = None

    @property
    def given(self) -> Money:
        """The budget as it is now."""
        return self.original + self.changed

    @property
    def used(self) -> Money:
        """What is spent, owed and bound together."""
        return self.spent + self.owed + self.bound

    @property
    def left(self) -> Money:
        """What may still be ordered; below nothing where it is over."""
        return self.given - self.used

    @property
    def percent(self) -> int | None:
        """How much of it is used, in whole percent rounded down; None of a budget of nothing."""
        return self.used.pence * 100 // self.given.pence if self.given.pence > 0 else None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """What the codes of a cost centre or of a heading come to."""

    title: str
    count: int
    given: Money
    spent: Money
    owed: Money
    bound: Money

    @property
    def left(self) -> Money:
        """What may still be ordered."""
        return self.given - self.spent - self.owed - self.bound


@dataclass(frozen=True, slots=True)
class BudgetList:
    """The budgets that fit a filter, their sums by cost centre and by heading, and how many each view has."""

    rows: tuple[BudgetRow, ...]
    centres: tuple[GroupRow, ...]
    headings: tuple[GroupRow, ...]
    counts: Mapping[BudgetView, int]


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of a budget's book.

    Attributes:
        document: what it follows from, in words: `PO00012`; opened by `subject`, `subject_id`.
        left: of the budget after it.
    """

    entry_id: int
    accounting_on: date
    recorded_at: datetime
    kind: BudgetKind
    amount: Money
    left: Money
    document: str
    subject: Subject
    subject_id: int
    officer: str
    words: str


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A cost centre; `used`: a budget is on it, so that it can only go out of use."""

    centre_id: int
    code: str
    name: str
    holder_id: int | None = None
    holder: str = ""
    active: bool = True
    used: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A subjective code; `used`: a budget is on it, so that it can only go out of use."""

    code_id: int
    code: str
    name: str
    heading: str = ""
    active: bool = True
    used: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class NewBudget:
    """A code given money for a financial year; the original budget may be nothing."""

    year: int
    centre_id: int
    code_id: int
    original: Money
    holder_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewMove:
    """A change of budgets that is asked for.

    Attributes:
        entry_key: the same for a second press of the button.
        lines: (budget, amount): what is given, or taken where it is below nothing; of a virement they come to nothing.
    """

    entry_key: str
    kind: BudgetMoveKind
    year: int
    reason: str
    lines: tuple[tuple[int, Money], ...]


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A change of budgets as listed; `lines` are (code, name, amount)."""

    move_id: int
    number: str
    kind: BudgetMoveKind
    state: BudgetMoveState
    year: int
    reason: str
    total: Money
    made_by: str
    made_at: datetime
    posted_by: str
    posted_on: date | None
    request_id: int | None
    lines: tuple[tuple[str, str, Money], ...]


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """A code in a picker, with what is left of it."""

    budget_id: int
    code: str
    name: str
    cost_centre: str
    left: Money

    @property
    def words(self) -> str:
        """As a line of the picker."""
        return f"{self.code}  {self.name}, {self.cost_centre}: {self.left.plain()} left"


@dataclass(frozen=True, slots=True)
class BudgetForm:
    """What the sheets of budgets offer: the years that have budgets, the year of today, officers, centres and codes."""

    years: tuple[int, ...]
    year: int
    officers: tuple[tuple[int, str], ...]
    centres: tuple[CentreRow, ...]
    codes: tuple[CodeRow, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a command on budgets did; `record_id` is the budget, code, cost centre or change that it is about."""

    record_id: int
    told: str
    changes: Changes = CHANGES
