"""What the screens of the bank show: the lines with what each is likely to be, one to be matched, a file, statements and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.values import Money
from app.services.reception_payments.bank.kept import BankRow, LineRow, Proposal


@dataclass(frozen=True, slots=True)
class Standing:
    """The bank accounts, and the lines of one of them; proposals by the line.

    Attributes:
        waiting: the lines whose match waits for a second officer, each with its request.
    """

    banks: tuple[BankRow, ...]
    bank: BankRow | None
    lines: tuple[LineRow, ...]
    proposals: Mapping[int, Proposal]
    waiting: Mapping[int, int] = field(default_factory=dict)


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
        ways: how money of which the bank alone tells may have come, each by its words and key.
    """

    bank: str
    lines: tuple[LineRow, ...]
    proposal: Proposal | None
    account: str
    transit: tuple[Transit, ...]
    ways: tuple[tuple[str, str], ...]

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


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement that was loaded; the moment is UTC.

    Attributes:
        repeated: lines that an earlier statement had.
        gap_why: why it doesn't begin where the one before it ended.
    """

    statement_id: int
    from_on: date
    to_on: date
    opening: Money
    closing: Money
    lines: int
    repeated: int
    file_name: str
    gap_why: str
    loaded_by: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Words by which a line is known; `channel_title` says of what."""

    rule_id: int
    words: str
    channel: str
    channel_title: str
    active: bool


@dataclass(frozen=True, slots=True)
class RuleForm:
    """The rules, and the channels that one may name, each by its words and key."""

    rows: tuple[RuleRow, ...]
    channels: tuple[tuple[str, str], ...]
