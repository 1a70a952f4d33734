"""The daily board as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import ZERO, BankPart, BoardState, Money
from app.services.core.changes import Changes
from app.services.ledger.dto import ControlEntry

AREAS: Final = frozenset({"reception_payments", "home"})


class Colour(StrEnum):
    """How a row of the board stands."""

    GREEN = "green"
    """Nothing is unexplained, and nothing is in transit."""
    TRANSIT = "transit"
    """What isn't at the bank is expected there."""
    RED = "red"
    """Something is unexplained."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry that isn't at the bank yet, with the day by which it is expected there."""

    entry: ControlEntry
    expected_by: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel: receipted = at the bank + in transit + unexplained, and all of it on its control account.

    Attributes:
        receipted: since the ledger is held against the bank.
        of_day: of it, what belongs to the day.
        files: of the day's, what came by files from outside.
        at_bank: what was matched with the bank's lines.
        control: what its control accounts hold of it, which is what isn't at the bank.
        in_transit: what is expected yet; `unexplained` is overdue, or on the control account without an entry of its own.
        oldest: the day of the oldest entry that is unexplained.
    """

    key: str
    title: str
    receipted: Money
    of_day: Money
    files: Money
    at_bank: Money
    control: Money
    in_transit: Money
    unexplained: Money
    next_expected: date | None
    oldest: date | None
    items: tuple[Item, ...]

    @property
    def colour(self) -> Colour:
        """How it stands."""
        if self.unexplained.pence or any(item.overdue for item in self.items):
            return Colour.RED
        return Colour.TRANSIT if self.items else Colour.GREEN


@dataclass(frozen=True, slots=True)
class BankSide:
    """A bank account at the end of the day: what its statements say = what the ledger has + lines that nobody knows.

    Attributes:
        statement_on: up to when statements are loaded.
        covered: they reach the day, or the last working day before it.
        oldest: the day of the oldest line that is open.
    """

    bank_id: int
    name: str
    statement: Money
    statement_on: date | None
    ledger: Money
    open_lines: int
    open_amount: Money
    oldest: date | None
    covered: bool = True

    @property
    def missing(self) -> Money:
        """What the statements have beyond the ledger and the open lines: of a page that isn't loaded."""
        return Money(self.statement.pence - self.ledger.pence - self.open_amount.pence)

    @property
    def colour(self) -> Colour:
        """How it stands."""
        if self.missing or self.open_lines:
            return Colour.RED
        return Colour.GREEN if self.covered else Colour.TRANSIT


@dataclass(frozen=True, slots=True)
class Explained:
    """What officers said in matches of the day of money that nothing in the ledger brought: fees, differences, other services."""

    part: BankPart
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a day.

    Attributes:
        explained: what matches of the day hold besides entries; whoever signs looks at it.
        suspense: what is held there, and how many items; it is explained, but nobody's.
        in_till: how many receipts are left out, since they lie in the till that the officer holds open and counts blind.
    """

    on: date
    channels: tuple[ChannelRow, ...]
    banks: tuple[BankSide, ...]
    explained: tuple[Explained, ...]
    suspense: Money
    suspense_items: int
    suspense_oldest: date | None
    in_till: int = 0

    @property
    def green(self) -> bool:
        """Whether nothing is unexplained; without a bank account nothing is known."""
        colours = [*(row.colour for row in self.channels), *(row.colour for row in self.banks)]
        return bool(self.banks) and Colour.RED not in colours


@dataclass(frozen=True, slots=True)
class Prepared:
    """A board waits for a second officer."""

    board_id: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A day's board as it was prepared and signed; moments are UTC.

    Attributes:
        unexplained: of the channels; `open_amount` of the bank's lines.
        missing: what the statements have beyond the ledger and the open lines.
        mine: the officer who asks prepared it, so that another one signs it.
    """

    board_id: int
    on: date
    state: BoardState
    green: bool
    unexplained: Money
    in_transit: Money
    open_lines: int
    open_amount: Money
    note: str
    prepared_by: str
    prepared_at: datetime
    signed_by: str
    signed_at: datetime | None
    missing: Money = ZERO
    mine: bool = False
