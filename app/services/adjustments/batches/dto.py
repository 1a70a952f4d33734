"""Batches of adjustments as they are keyed or loaded, and what is found when they are looked through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Money
from app.services.adjustments.dto import Alike, KindRow, NewLine, ReasonRow
from app.services.imports.dto import Mistake
from app.services.ledger.rules import CodeRule


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A row as it was keyed or read; what it leaves out is as the batch usually says.

    Attributes:
        row: its number, as the officer counts: in the file, or in the grid.
        account: of a keyed row the id of the account; of a file it is found by `reference`.
        other, other_reference: of a transfer, the account that takes the other side.
        amount: without a sign it goes the way its kind goes; of a kind that goes either way a credit is below nothing.
        like_reason: why it is not the same again as an earlier line.
        debit: its file has the amount in the column of debits.
    """

    row: int
    amount: Money | None
    account: int | None = None
    reference: str = ""
    other: int | None = None
    other_reference: str = ""
    kind: str = ""
    reason: str = ""
    effective_on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    narrative: str = ""
    like_reason: str = ""
    debit: bool = False


@dataclass(frozen=True, slots=True)
class Usual:
    """What the rows of a batch have where they say nothing themselves."""

    kind: str = ""
    reason: str = ""
    effective_on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file of adjustments as it was read: its rows, and what could not be read; the file itself is kept as evidence.

    Attributes:
        columns: each of its headings, and which of our columns it was read as (empty: left out).
        notes: what was passed over, such as columns that mean nothing here, a sentence each.
    """

    sha256: str
    file_name: str
    content: bytes
    rows: tuple[BatchRow, ...]
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A batch that is asked for; its rows are keyed ones, or those of the file.

    Attributes:
        entry_key: the caller's own name for it: the same key never makes two.
        title: what it is, in a line.
        declared_count, declared: what the officer says beforehand: how many rows, and what they come to, a credit below nothing.
            None: not said, and not submitted before it is.
        evidence: ids of document links.
    """

    entry_key: str
    title: str
    declared_count: int | None
    declared: Money | None
    rows: tuple[BatchRow, ...] = ()
    file: BatchFile | None = None
    usual: Usual = Usual()
    note: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KindTotal:
    """What the lines of one kind come to, both sums without a sign."""

    kind: str
    title: str
    lines: int
    debit: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class Standing:
    """How a batch stands to what was declared: what is still to come is declared less what is there."""

    count: int
    total: Money
    declared_count: int | None = None
    declared: Money | None = None

    @property
    def lines_out(self) -> int:
        """Lines still to come; below nothing: too many."""
        return (self.declared_count or 0) - self.count

    @property
    def out(self) -> Money:
        """What is still to come."""
        return (self.declared or ZERO) - self.total

    @property
    def agrees(self) -> bool:
        """Whether it was declared, and is what was declared."""
        return self.declared_count == self.count and self.declared == self.total


@dataclass(frozen=True, slots=True)
class Basis:
    """What a batch was looked through on: while all of it is the same, so is what was found.

    Attributes:
        kinds, reasons, codes: as they stood.
        shut: the accounts that the officer may not work on.
        newest: the id of the newest line of any adjustment.
    """

    batch: NewBatch
    officer_id: int
    today: date
    kinds: Mapping[str, KindRow]
    reasons: Mapping[str, ReasonRow]
    codes: Mapping[str, CodeRule]
    shut: frozenset[int]
    newest: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A batch that was looked through.

    Attributes:
        basis: what it was looked through on; one that was is submitted without being looked through once more.
        lines: what it posts; of a batch with mistakes only what has none.
        mistakes: everything that must be put right, by row.
        kinds: its totals by kind.
        accounts: how many accounts it touches.
        alike: lines that look like earlier ones, by row.
        needs: a sentence on who has to approve it; empty where the officer posts it alone.
        warnings: what the officer should know, a sentence each.
    """

    basis: Basis
    lines: tuple[NewLine, ...]
    mistakes: tuple[Mistake, ...]
    standing: Standing
    kinds: tuple[KindTotal, ...]
    debit: Money
    credit: Money
    accounts: int
    alike: tuple[tuple[int, Alike], ...] = ()
    needs: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchForm:
    """What a new batch begins with: the kinds and reasons that its lines may have."""

    today: date
    kinds: tuple[KindRow, ...]
    reasons: tuple[ReasonRow, ...]
