"""Files of receipts: what is asked, what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from app.models.values import LineMatch, Money, ReceiptChannel, ReceiptFileState, ReceiptLineState
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake
from app.services.reception_payments.files.dto_read import Control, FileRead, ReadLine
from app.services.reception_payments.files.layouts import Profile

AREAS: Final = frozenset({"reception_payments", "rent", "ledger", "diary"})
FILE_STATES: Final[dict[ReceiptFileState, str]] = {
    ReceiptFileState.LOADED: "Loaded",
    ReceiptFileState.QUARANTINED: "In quarantine",
    ReceiptFileState.REJECTED: "Rejected",
    ReceiptFileState.TAKEN_BACK: "Taken back",
}
LINE_STATES: Final[dict[ReceiptLineState, str]] = {
    ReceiptLineState.POSTED: "Posted",
    ReceiptLineState.SUSPENSE: "In suspense",
    ReceiptLineState.SUSPECT: "May be there already",
    ReceiptLineState.KNOWN: "Loaded before",
    ReceiptLineState.LEFT_OUT: "Left out",
    ReceiptLineState.TAKEN_BACK: "Taken back",
}


class Placed(NamedTuple):
    """A line, and where it goes (a tuple: a file has fifty thousand)."""

    line: ReadLine
    state: ReceiptLineState
    account_id: int | None = None
    matched_by: LineMatch | None = None
    why: str = ""
    like_journal: int | None = None
    like_line: int | None = None
    receipt_id: int | None = None


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """What becomes of some lines: how many, and what they come to."""

    what: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line, as it was read and where it would go."""

    place: int
    given: str
    account: str
    paid_on: date
    code: str
    amount: Money
    state: ReceiptLineState
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What loading a file would do.

    Attributes:
        lines: the first of them, those that need a look before the others.
        faults: what has to be put right first; with one of them it isn't loaded.
        cards: lines with what looks like a card number; the file would wait in quarantine.
        notes: what an officer should know, a sentence each.
    """

    file_name: str
    profile: str
    count: int
    total: Money
    declared: Control
    first_on: date | None
    last_on: date | None
    parts: tuple[PreviewPart, ...]
    codes: tuple[PreviewPart, ...]
    lines: tuple[PreviewLine, ...]
    faults: tuple[Mistake, ...] = ()
    cards: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be loaded."""
        return bool(self.count) and not self.faults and not self.cards


@dataclass(frozen=True, slots=True)
class LoadForm:
    """What a file can be read by.

    Attributes:
        proposed: the key of the profile by which a file of such a name was loaded last; empty where none was.
    """

    profiles: tuple[Profile, ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class NewLoad:
    """A file to be loaded, as it was read."""

    file: FileRead


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was loaded, or waits.

    Attributes:
        waiting: lines about which an officer has to decide.
        quarantined: nothing of it is kept but that it came.
    """

    file_id: int
    number: int
    posted: int
    posted_total: Money
    suspense: int
    suspense_total: Money
    waiting: int
    known: int
    told: str
    changes: Changes
    quarantined: bool = False


@dataclass(frozen=True, slots=True)
class Decide:
    """What an officer says of lines of one file that look like ones that are there: other payments, or the same.

    Attributes:
        lines: each with the version that the officer saw.
    """

    lines: tuple[tuple[int, int], ...]
    post: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A file to be taken back whole, and why."""

    file_id: int
    version: int
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in a sentence."""

    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it is listed."""

    file_id: int
    number: int
    state: ReceiptFileState
    file_name: str
    profile: str
    channel: ReceiptChannel
    first_on: date | None
    last_on: date | None
    count: int
    total: Money
    waiting: int
    officer: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as it is listed.

    Attributes:
        account_id: None where it isn't on an account, or the officer may not open it.
        account: its reference.
    """

    line_id: int
    place: int
    state: ReceiptLineState
    account_id: int | None
    account: str
    given: str
    payer: str
    narrative: str
    code: str
    paid_on: date
    amount: Money
    matched_by: LineMatch | None
    why: str
    journal: int | None
    decided_by: str
    version: int


@dataclass(frozen=True, slots=True)
class FileCard:
    """A file, with what became of its lines.

    Attributes:
        can_take_back: why it can't be taken back; empty where it can.
    """

    row: FileRow
    version: int
    edition: int
    declared: Control
    parts: tuple[PreviewPart, ...]
    journals: tuple[int, ...]
    words: str
    settled_by: str
    settled_at: datetime | None
    kept_back: str


@dataclass(frozen=True, slots=True)
class Twin:
    """What a line looks like: an earlier line, or an entry of the ledger.

    Attributes:
        where: where it came from, in words.
    """

    where: str
    account: str
    paid_on: date
    code: str
    amount: Money
    given: str
    narrative: str
    journal: int | None
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line and what it looks like, side by side."""

    line: LineRow
    file_name: str
    file_number: int
    twin: Twin | None
