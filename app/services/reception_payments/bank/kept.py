"""Bank accounts, statements, lines and matches, as pages show them and commands take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """A payment that came straight to the bank for one account: it is receipted by the match; pence."""

    account_id: int
    pence: int
    channel: str = "cash:bank"


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
    """How many matches were made, and those that couldn't be, in words."""

    match_ids: tuple[int, ...]
    failed: tuple[str, ...]
    changes: Changes
    amounts: Mapping[str, int] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """What was done, as a sentence."""
        count = len(self.match_ids)
        return " ".join([f"{count:,} {'line' if count == 1 else 'lines'} matched.", *self.failed])


@dataclass(frozen=True, slots=True)
class Standing:
    """The bank accounts, and the lines of one of them; proposals by the line."""

    banks: tuple[BankRow, ...]
    bank: BankRow | None
    lines: tuple[LineRow, ...]
    proposals: Mapping[int, Proposal]


@dataclass(frozen=True, slots=True)
class Transit:
    """What may come to the bank as one: an entry, or all that lies in a bag.

    Attributes:
        keys: its entries, by journal and line; `banking_id` where it is a bag.
        words: what it is.
    """

    keys: tuple[tuple[int, int], ...]
    banking_id: int | None
    channel: str
    on: date
    words: str
    amount: Money
    expected_by: date


@dataclass(frozen=True, slots=True)
class MatchForm:
    """Some lines of a bank account to be matched, and all that may be chosen for them.

    Attributes:
        account: the reference of the account that the proposal names; empty where it names none.
    """

    bank: str
    lines: tuple[LineRow, ...]
    proposal: Proposal | None
    account: str
    transit: tuple[Transit, ...]

    @property
    def total(self) -> Money:
        """What the lines come to."""
        return Money(sum(line.amount.pence for line in self.lines))


@dataclass(frozen=True, slots=True)
class StatementLook:
    """A statement of a file beside what is there.

    Attributes:
        bank: whose it is; empty where nobody knows yet.
        new, repeated: lines that would be added, and those that an earlier statement had.
        gap: how it doesn't follow the statement before it, as a sentence; it is loaded with a reason then.
        wrong: why it can't be loaded, as a sentence.
        names_account: the file says whose it is.
    """

    bank: str
    tail: str
    from_on: date | None
    to_on: date | None
    opening: Money | None
    closing: Money | None
    moved: Money
    new: int
    repeated: int
    gap: str
    wrong: str
    names_account: bool
