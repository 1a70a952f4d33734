"""Bank accounts, statements, lines and matches, as pages show them and commands take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.models.values import BankLineState, BankPart, Fund, Money
from app.services.core.changes import Changes
from app.services.ledger.dto import ControlEntry

AREAS: Final = frozenset({"reception_payments", "home"})
PARTS: Final = {
    BankPart.FEE: "Fee kept back",
    BankPart.DIFFERENCE: "Counted otherwise by the bank",
    BankPart.ELSEWHERE: "Of another service",
}


@dataclass(frozen=True, slots=True)
class NewBank:
    """A bank account of the council.

    Attributes:
        account: as its statements name it: sort code and number, or IBAN.
        starts_on: from when the ledger is held against it; `opening` is what was on it before.
    """

    name: str
    fund: Fund
    account: str
    starts_on: date
    opening: Money


@dataclass(frozen=True, slots=True)
class BankAdded:
    """A bank account was set up."""

    bank_id: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class BankChange:
    """A bank account called otherwise, or not used any more."""

    bank_id: int
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class NewRule:
    """Words by which a line is known to be money of another service, or of a channel by its key; `rule_id` of a standing rule."""

    words: str
    channel: str = ""
    active: bool = True
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank account with where it stands.

    Attributes:
        statement_balance: what the last statement closed with; the opening balance before the first.
        open_lines, open_pence: lines of which nobody knows what they are.
    """

    bank_id: int
    name: str
    tail: str
    active: bool
    starts_on: date
    account_id: int
    ledger_balance: Money
    statement_balance: Money
    statement_on: date | None
    open_lines: int
    open_amount: Money

    @property
    def missing(self) -> Money:
        """What the statements have beyond the ledger and the open lines: of a page that isn't loaded."""
        return Money(self.statement_balance.pence - self.ledger_balance.pence - self.open_amount.pence)


@dataclass(frozen=True, slots=True)
class StatementLoaded:
    """What came of loading a file: lines that are new, and those that an earlier statement had."""

    statement_ids: tuple[int, ...]
    new: int
    repeated: int
    changes: Changes

    @property
    def told(self) -> str:
        """What was done, as a sentence."""
        done = f"{self.new:,} {'line' if self.new == 1 else 'lines'} loaded."
        return f"{done} {self.repeated:,} were in an earlier statement." if self.repeated else done


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a statement with what became of it."""

    line_id: int
    bank_id: int
    bank: str
    statement_id: int
    place: int
    on: date
    amount: Money
    reference: str
    narrative: str
    kind: str
    state: BankLineState
    match_id: int | None


@dataclass(frozen=True, slots=True)
class OtherPart:
    """What a match holds besides entries; pence that it adds to the line, less than nothing of a fee."""

    part: BankPart
    pence: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Straight:
    """A payment that came straight to the bank for one account: it is receipted by the match; pence.

    Attributes:
        another: the officer says that it is another payment than the one like it that is on the account already.
    """

    account_id: int
    pence: int
    channel: str = "cash:bank"
    another: bool = False


@dataclass(frozen=True, slots=True)
class NewMatch:
    """What some lines of a bank account are. They come to exactly its entries, deposits, payments, suspense and other parts.

    Attributes:
        entry_key: the caller's own: the same key never matches twice.
        entries: of the ledger, each by its journal and line.
        banking_ids: deposits of tills, each with all of its entries.
        to_suspense: pence of it that nobody's account is known for; only where there is one line.
    """

    entry_key: str
    bank_id: int
    line_ids: tuple[int, ...]
    entries: tuple[tuple[int, int], ...] = ()
    banking_ids: tuple[int, ...] = ()
    straight: tuple[Straight, ...] = ()
    to_suspense: int = 0
    parts: tuple[OtherPart, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a line is likely to be, and why that is thought."""

    line_id: int
    why: str
    match: NewMatch
    sure: bool
    """Nothing else fits, and it comes to the penny: it may be taken with others at once."""


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match as it was made; moments are UTC."""

    match_id: int
    bank: str
    on: date
    amount: Money
    words: str
    journal: int
    made_by: str
    made_at: datetime
    lines: tuple[LineRow, ...]
    entries: tuple[ControlEntry, ...]
    parts: tuple[OtherPart, ...]
    undone_why: str
    undoable: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """How many matches were made, and those that couldn't be, in words.

    Attributes:
        request_id: a match that a second officer makes.
    """

    match_ids: tuple[int, ...]
    failed: tuple[str, ...]
    changes: Changes
    request_id: int | None = None

    @property
    def told(self) -> str:
        """What was done, as a sentence."""
        if self.request_id is not None:
            return "The difference is more than one officer may accept: the match waits for a second one."
        count = len(self.match_ids)
        done = f"{count:,} {'match' if count == 1 else 'matches'} made."
        return " ".join([done, *self.failed])
