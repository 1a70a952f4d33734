"""Runs as they are looked at before, listed and opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import BacsCode, DebitRunKind, DebitRunState, LeftOut, Money, PaymentFileState
from app.services.bacs.dto import ProcessingDays
from app.services.direct_debits.runs.dto.asked import PostedDay
from app.services.direct_debits.runs.dto.words import CODES, REASONS, STATES


@dataclass(frozen=True, slots=True)
class RunLine:
    """A record of a run; of bank details only the last two digits, and names of restricted records are not shown.

    Attributes:
        masked: the account at the bank, such as `ends in 34`.
        amended: its bank details changed since the last instruction that the bank had: the second officer looks at them.
        own_scope: which of the council's own accounts it goes to.
        name: on the account at the bank, as the file has it; empty of a restricted record.
        refused: why Bacs refused it while it took the rest; empty where it didn't.
    """

    place: int
    mandate_id: int
    bank_id: int
    instruction_id: int | None
    collection_id: int | None
    account_id: int
    account_reference: str
    reference: str
    payer: str
    masked: str
    code: BacsCode
    processing_on: date
    entry_on: date
    amount: Money
    own_scope: str = ""
    amended: bool = False
    name: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Something that a run leaves out: why, as a sentence, and what to do about it. One may be there for several reasons."""

    mandate_id: int
    collection_id: int | None
    instruction_id: int | None
    account_id: int
    account_reference: str
    reference: str
    payer: str
    reason: LeftOut
    words: str
    amount: Money
    on: date

    @property
    def heading(self) -> str:
        """The reason in few words."""
        return REASONS[self.reason][0]

    @property
    def todo(self) -> str:
        """What to do about it."""
        return REASONS[self.reason][1]


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A collection whose day has passed without a run: it stays planned until somebody moves or skips it."""

    collection_id: int
    mandate_id: int
    account_id: int
    account_reference: str
    reference: str
    payer: str
    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class CodeTotal:
    """How many records of a code there are, and what they come to."""

    code: BacsCode
    count: int
    amount: Money

    @property
    def words(self) -> str:
        """What the code means."""
        return CODES[self.code]


@dataclass(frozen=True, slots=True)
class DayTotal:
    """What is entered on a day."""

    days: ProcessingDays
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class OwnTotal:
    """What goes to one of the council's own accounts; `words` name it, with its last two digits."""

    scope: str
    words: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ReasonTotal:
    """How many are left out for a reason, and what they come to."""

    reason: LeftOut
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What a run would take, as things stand.

    Attributes:
        days: of the file, in order.
        lines: its records in the order of the file; `count` and `total` are theirs, to be declared.
        left_out: the exceptions, by reason; `reasons` are their totals.
        overdue: collections of earlier days that no run took.
        amended: how many records are of bank details that changed.
    """

    kind: DebitRunKind
    days: tuple[ProcessingDays, ...]
    lines: tuple[RunLine, ...]
    left_out: tuple[LeftOutRow, ...]
    overdue: tuple[OverdueRow, ...]
    count: int
    total: Money
    by_code: tuple[CodeTotal, ...]
    by_day: tuple[DayTotal, ...]
    by_own: tuple[OwnTotal, ...]
    reasons: tuple[ReasonTotal, ...]
    amended: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as listed.

    Attributes:
        submit_on: the last day on which its file may be sent.
        serial: of its file, None before one is made; `reference` is of the submission, as Bacs gave it.
        late: why it can't wait, as a sentence; empty if it can.
        why: why it was withdrawn, cancelled or refused.
    """

    run_id: int
    number: int
    kind: DebitRunKind
    state: DebitRunState
    submit_on: date
    processing_on: date
    entry_on: date
    last_entry_on: date
    count: int
    amount: Money
    left_out: int
    made_by: str
    made_at: datetime
    request_id: int | None
    approved_by: str
    approved_at: datetime | None
    serial: int | None
    file_state: PaymentFileState | None
    reference: str
    late: str
    why: str

    @property
    def words(self) -> str:
        """The state as officers read it."""
        if self.kind is DebitRunKind.LODGEMENT:
            if self.state is DebitRunState.POSTED:
                return "Lodged"
            if self.state is DebitRunState.MATCHED:
                return "Matched, the bank may still return it"
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class RunStep:
    """One step of a run: what was done, by whom and when; `at` and `officer` are empty of one still to come."""

    title: str
    at: datetime | None
    officer: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run as opened; its lines are asked for by themselves (`queries.lines`, `queries.left_out`).

    Attributes:
        file_name, sha256: of its file, empty before one is made.
        may: the names of what the officer who looks may do with it now: `save`, `send`, `cancel`, `refuse`, `match`, `post`.
        why_not: of what they may not do and somebody may, why, as sentences by name.
    """

    row: RunRow
    days: tuple[ProcessingDays, ...]
    by_code: tuple[CodeTotal, ...]
    by_day: tuple[DayTotal, ...]
    by_own: tuple[OwnTotal, ...]
    reasons: tuple[ReasonTotal, ...]
    amended: int
    steps: tuple[RunStep, ...]
    posted: tuple[PostedDay, ...]
    note: str
    file_name: str
    sha256: str
    may: frozenset[str]
    why_not: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures that must agree: how many, and what they come to."""

    name: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A run held against its file, the Input report, the accounts and the control account; `faults` are sentences."""

    run_id: int
    number: int
    figures: tuple[Figure, ...]
    faults: tuple[str, ...]
