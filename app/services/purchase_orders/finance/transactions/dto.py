"""Transactions of the finance system as they cross layers, and how they stand to ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models.values import FinanceLineState, Money, ReconciliationState, Subject
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake
from app.services.purchase_orders.changed import CHANGED
from app.services.purchase_orders.finance.handing.dto import FileRow, ToHand


@dataclass(frozen=True, slots=True)
class FileTransaction:
    """A transaction as a row of a file has it; a positive amount is spending."""

    row: int
    posted_on: date
    cost_centre: str
    subjective: str
    reference: str
    supplier: str
    description: str
    amount: Money
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TransactionFile:
    """A file as it was read.

    Attributes:
        columns: each heading, and which of our columns it was read as.
        total: of all its rows.
    """

    name: str
    sha256: str
    rows: tuple[FileTransaction, ...]
    mistakes: tuple[Mistake, ...]
    columns: tuple[tuple[str, str], ...]
    total: Money


@dataclass(frozen=True, slots=True)
class LoadCheck:
    """What loading a file would do.

    Attributes:
        new: transactions that aren't there yet; `known` came in an earlier file.
        unknown_codes: codes that no budget of ours has, with how many transactions each.
    """

    new: int
    known: int
    total: Money
    unknown_codes: Mapping[str, int]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was loaded."""

    file_id: int
    count: int
    known: int
    matched: int
    differ: int
    changes: Changes = CHANGED

    @property
    def told(self) -> str:
        """What came of it, as a sentence."""
        beside = f", {self.known:,} were there already" if self.known else ""
        differ = f", {self.differ:,} with another amount" if self.differ else ""
        return f"{self.count:,} transactions{beside}; {self.matched:,} matched{differ}."


@dataclass(frozen=True, slots=True)
class MatchedAgain:
    """What looking once more for the documents of open transactions found."""

    matched: int
    differ: int
    changes: Changes = CHANGED

    @property
    def told(self) -> str:
        """What came of it, as a sentence."""
        if not self.matched + self.differ:
            return "No open transaction of these days is one of our documents."
        differ = f", {self.differ:,} with another amount" if self.differ else ""
        return f"{self.matched:,} more matched{differ}."


@dataclass(frozen=True, slots=True)
class Ours:
    """What a document of ours spent on a code in a period.

    Attributes:
        number: of the document: IN00012, JT00012.
        names: what a transaction of it may be called: our number, the supplier's, that of the finance system.
    """

    subject: Subject
    subject_id: int
    number: str
    names: tuple[str, ...]
    supplier: str
    budget_id: int
    code: str
    on: date
    amount: Money

    @property
    def key(self) -> tuple[Subject, int, int]:
        """The document and the code."""
        return self.subject, self.subject_id, self.budget_id


@dataclass(frozen=True, slots=True)
class Theirs:
    """A transaction of the finance system."""

    line_id: int
    version: int
    posted_on: date
    code: str
    budget_id: int | None
    reference: str
    supplier: str
    description: str
    amount: Money
    state: FinanceLineState
    subject: Subject | None
    subject_id: int | None
    explained: str
    file_name: str
    row: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A transaction with the document that it is of."""

    theirs: Theirs
    ours: Ours

    @property
    def difference(self) -> Money:
        """What theirs is more."""
        return self.theirs.amount - self.ours.amount


@dataclass(frozen=True, slots=True)
class CodeSums:
    """A code in a period: both sides and what is between them.

    Attributes:
        matched: what agrees.
        differs: what theirs are more where the amounts differ.
        explained: of theirs that are none of ours, what was explained.
    """

    code: str
    ours: Money
    theirs: Money
    matched: Money
    ours_only: Money
    theirs_only: Money
    differs: Money
    explained: Money

    @property
    def agrees(self) -> bool:
        """Nothing is left to be looked at."""
        return not (self.ours_only or self.differs or self.theirs_only != self.explained)


@dataclass(frozen=True, slots=True)
class Held:
    """A period held against the finance system (both days included), as it stands now."""

    from_on: date
    to_on: date
    codes: tuple[CodeSums, ...]
    total: CodeSums
    matched: tuple[Pair, ...]
    differs: tuple[Pair, ...]
    ours_only: tuple[Ours, ...]
    theirs_only: tuple[Theirs, ...]
    reconciliation: ReconciliationRow | None


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """A reconciliation that was prepared."""

    reconciliation_id: int
    from_on: date
    to_on: date
    state: ReconciliationState
    ours: Money
    theirs: Money
    matched: Money
    ours_only: Money
    theirs_only: Money
    differs: Money
    note: str
    prepared_by: str
    prepared_on: date
    signed_by: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class MatchByHand:
    """A transaction is of this document, as an officer sees."""

    line_id: int
    version: int
    subject: Subject
    subject_id: int


@dataclass(frozen=True, slots=True)
class Settle:
    """What an officer says of a transaction: a document, else words, else neither (it is open again)."""

    line_id: int
    version: int
    subject: Subject | None
    subject_id: int | None
    words: str


@dataclass(frozen=True, slots=True)
class FinanceReport:
    """What the section of the finance system shows of a period."""

    held: Held
    reconciliations: tuple[ReconciliationRow, ...]
    files: tuple[FileRow, ...]
    to_hand: tuple[ToHand, ...]
