"""Monday's sheet, its lines by rent group and its movements by property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from app.models.values import DebitMove, Fund, Money
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class Place:
    """What a letting or a void stands under: its rent group, its property and its tenancy (of a void, the last one)."""

    rent_group_id: int
    property_id: int
    tenancy_id: int


@dataclass(frozen=True, slots=True)
class Position:
    """What a place costs a charge week, in pence: None where it isn't let, or isn't void."""

    let: int | None = None
    void: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What changed at a place, in pence a charge week; of a void, what the void control account bears."""

    place: Place
    move: DebitMove
    before: int
    after: int

    @property
    def pence(self) -> int:
        """By how much the debit rises; falls below 0."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class GroupDebit:
    """A rent group's line: the debit of a charge week, VAT included, let and void together.

    Attributes:
        opening: as the sheet before closed.
        new_lets, endings, changes, voids: what changed; endings are 0 or less, voids rise when a home falls empty.
        closing: the debit on the Monday.
        parts: part weeks and free weeks: by how much the week's charge should differ from the closing debit.
        run: what the week was charged, with corrections posted since.
        let, void, stock: properties.
    """

    rent_group_id: int
    code: str
    name: str
    fund: Fund
    opening: Money
    new_lets: Money
    endings: Money
    changes: Money
    voids: Money
    closing: Money
    parts: Money
    run: Money
    let: int
    void: int
    stock: int

    @property
    def difference(self) -> Money:
        """What was charged beyond what should have been."""
        return self.run - self.closing - self.parts

    @property
    def idle(self) -> int:
        """Properties that are neither let nor void: never let, or sold."""
        return self.stock - self.let - self.void


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A movement as it is listed; `account_id` is the tenancy's main account, to be opened."""

    move: DebitMove
    rent_group: str
    property_ref: str
    address: str
    tenancy_ref: str
    account_id: int | None
    before: Money
    after: Money

    @property
    def amount(self) -> Money:
        """By how much the debit rises."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An account, or a void property, that the week charged something else than it should have."""

    account_id: int | None
    rent_group: str
    reference: str
    address: str
    should: Money
    was: Money

    @property
    def difference(self) -> Money:
        """What was charged beyond what should have been."""
        return self.was - self.should


class SheetState(StrEnum):
    """How far a week's sheet has come."""

    OPEN = "open"
    PREPARED = "prepared"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A week's debit control.

    Attributes:
        since: the Monday of the sheet that it opens from.
        from_signed: it opens as that sheet was signed; else as the records say now of that Monday.
        charged: the week was charged.
        lines: by rent group, those without any property left out.
        prepared_by, checked_by: who signed, empty where nobody has yet.
    """

    week_on: date
    state: SheetState
    since: date
    from_signed: bool
    charged: bool
    lines: tuple[GroupDebit, ...]
    moves: tuple[MoveRow, ...]
    unmatched: tuple[Unmatched, ...]
    explanation: str = ""
    prepared_by: str = ""
    prepared_at: datetime | None = None
    checked_by: str = ""
    checked_at: datetime | None = None
    request_id: int | None = None

    @property
    def total(self) -> GroupDebit:
        """All rent groups together."""
        amounts: dict[str, Any] = {name: Money(sum(getattr(line, name).pence for line in self.lines)) for name in SUMS}
        counts: dict[str, Any] = {name: sum(getattr(line, name) for line in self.lines) for name in COUNTS}
        return GroupDebit(0, "", "All rent groups", Fund.HRA, **amounts, **counts)


SUMS: Final = ("opening", "new_lets", "endings", "changes", "voids", "closing", "parts", "run")
"""The amounts of a line."""
COUNTS: Final = ("let", "void", "stock")
"""The numbers of properties of a line."""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week in the register of debit controls."""

    week_on: date
    state: SheetState
    prepared_by: str
    checked_by: str
    closing: Money | None
    run: Money | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sheet signed by the first officer; `request_id` waits for the second."""

    week_on: date
    request_id: int
    changes: Changes
