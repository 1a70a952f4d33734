"""Runs as they are asked for, looked at before, listed and opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from app.models.values import BacsCode, DebitRunKind, DebitRunState, LeftOut, Money, PaymentFileState
from app.services.bacs.dto import ProcessingDays
from app.services.core.changes import Changes

CODES: Final[Mapping[BacsCode, str]] = MappingProxyType(
    {
        BacsCode.CANCEL: "Cancelled instruction",
        BacsCode.NEW: "New instruction",
        BacsCode.CONVERT: "Instruction converted from paper",
        BacsCode.FIRST: "First collection",
        BacsCode.REGULAR: "Regular collection",
        BacsCode.AGAIN: "Presented again",
        BacsCode.FINAL: "Final collection",
    }
)
"""What is sent, in the order in which a file has it."""
KINDS: Final[Mapping[DebitRunKind, str]] = MappingProxyType(
    {DebitRunKind.LODGEMENT: "Lodgement", DebitRunKind.COLLECTION: "Collection"}
)
STATES: Final[Mapping[DebitRunState, str]] = MappingProxyType(
    {
        DebitRunState.WAITING: "Waits for approval",
        DebitRunState.MADE: "File made, to be sent",
        DebitRunState.SENT: "Sent, to be matched",
        DebitRunState.MATCHED: "Matched, to be posted",
        DebitRunState.POSTED: "Posted",
        DebitRunState.WITHDRAWN: "Withdrawn",
        DebitRunState.CANCELLED: "Cancelled",
        DebitRunState.REFUSED: "Refused by Bacs",
    }
)
REASONS: Final[Mapping[LeftOut, tuple[str, str]]] = MappingProxyType(
    {
        LeftOut.DECEASED: ("Payer or tenant died", "End the Direct Debit, and look at the tenancy."),
        LeftOut.TENANCY_ENDED: ("Tenancy ended", "Cancel the Direct Debit, or make an arrangement on the account."),
        LeftOut.CLAIM_OPEN: ("Claim open", "Close the case first; nothing is collected while the payer claims."),
        LeftOut.BREATHING_SPACE: ("Arrears may not be collected", "Recalculate: the current rent alone goes on."),
        LeftOut.SUSPENDED: ("Suspended", "Look at why, then resume it or cancel it."),
        LeftOut.NOT_LODGED: ("Not lodged yet", "Lodge it first, then move the collection to a later day."),
        LeftOut.NO_NOTICE: ("No notice given", "Give notice, then move the collection to a later day."),
        LeftOut.NOTICE_TOO_SHORT: ("Notice too short", "Move the collection to the first day that the notice allows."),
        LeftOut.CHANGED_SINCE_NOTICE: ("Changed since the notice", "Give notice of what it is now."),
        LeftOut.NOTHING_DUE: ("Nothing due", "Skip it, or recalculate."),
        LeftOut.ABOVE_LIMIT: ("Above the limit", "Change the amount; the council's bank sets the limit."),
        LeftOut.BAD_REFERENCE: ("Reference not for Bacs", "Set the mandate up anew with a reference that Bacs takes."),
        LeftOut.BAD_DETAILS: ("Bank details can't be used", "Ask the payer for them, and amend the mandate."),
    }
)
"""Why something is left out, in the order in which reasons are listed: a heading, and what to do."""


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """What a run would take: its kind, the first day of processing, and how many processing days (collections: 1 to 5)."""

    kind: DebitRunKind
    processing_on: date
    days: int = 1


@dataclass(frozen=True, slots=True)
class RunLine:
    """A record of a run; of bank details only the last two digits, and names of restricted records are not shown.

    Attributes:
        masked: the account at the bank, such as `ends in 34`.
        amended: its bank details changed since the last instruction that the bank had: the second officer looks at them.
        own_scope: which of the council's own accounts it goes to.
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
class AskRun:
    """A run that an officer asks a second one to approve.

    Attributes:
        entry_key: the caller's own name for it: the same key never asks twice.
        declared_count, declared_total: what the officer typed; it must be what is selected.
        note: why or what is special, for whoever approves; may be empty.
    """

    kind: DebitRunKind
    processing_on: date
    declared_count: int
    declared_total: Money
    entry_key: str
    note: str = ""
    days: int = 1


@dataclass(frozen=True, slots=True)
class RunAsked:
    """A run that waits for approval; `told` is a sentence for the message bar."""

    run_id: int
    number: int
    request_id: int
    count: int
    total: Money
    left_out: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RunMoved:
    """A run that went a step further; `told` is a sentence for the message bar."""

    run_id: int
    number: int
    state: DebitRunState
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class MatchByHand:
    """Bacs took a run as it was sent, said by an officer where no Input report is read.

    Attributes:
        reason: why by hand.
        evidence: what was seen, such as the page of the submission service and its totals.
        count, total: as Bacs shows them; they must be those of the run.
    """

    run_id: int
    count: int
    total: Money
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A run's file that was written to a folder; `told` says where."""

    run_id: int
    path: Path
    sha256: str
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class PostedDay:
    """What a run put on the accounts for one entry day; `again` says that it was there before."""

    run_id: int
    number: int
    entry_on: date
    journal: int
    count: int
    amount: Money
    again: bool = False


@dataclass(frozen=True, slots=True)
class RunsPosted:
    """What was posted up to a day, and the runs that wait for their Input report and are left."""

    on: date
    days: tuple[PostedDay, ...]
    unmatched: tuple[int, ...]
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs are listed; what is left empty doesn't matter. `open` leaves only those that something is to be done with."""

    kind: DebitRunKind | None = None
    states: frozenset[DebitRunState] = frozenset()
    open: bool = False


EVERY_RUN: Final = RunFilter()


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


@dataclass(frozen=True, slots=True)
class LineOfRun:
    """The line of a run that a mandate's collection or instruction went in, for what comes back of it."""

    run_id: int
    number: int
    place: int
    collection_id: int | None
    instruction_id: int | None
    code: BacsCode
    entry_on: date
    amount: Money
    state: DebitRunState
