"""A spreadsheet of mandates, as it crosses layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Frequency
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake


@dataclass(frozen=True, slots=True, repr=False)
class FileRow:
    """A row of the file as read. It has no readable form: it holds bank details.

    Attributes:
        row: as the spreadsheet numbers it.
        beside: payment references of other accounts that it pays.
        frequency: how often it is collected; None: monthly.
        day: the day of the month, or the weekday, as written; empty: as policy has it, or as it was collected last.
    """

    row: int
    account: str
    payer_name: str
    sort_code: str
    account_number: str
    reference: str = ""
    bank_name: str = ""
    branch: str = ""
    given_on: date | None = None
    first_collected_on: date | None = None
    last_collected_on: date | None = None
    payer_address: str = ""
    beside: tuple[str, ...] = ()
    note: str = ""
    frequency: Frequency | None = None
    day: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class MandateFile:
    """A file that was read.

    Attributes:
        mistakes: cells that can't be read.
        notes: headings that were left out, as sentences.
        columns: each heading of the file, and which of our columns it was read as; empty where it was left out.
    """

    sha256: str
    file_name: str
    rows: tuple[FileRow, ...]
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class NewLoad:
    """A file to be loaded, and how many mandates the officer says it has.

    Attributes:
        despite: the officer knows of the other mandates that pay accounts of the file: all of them collect.
    """

    file: MandateFile
    declared_count: int
    despite: bool = False


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A mandate as it would be kept, its bank account masked."""

    row: int
    account: str
    payer: str
    reference: str
    bank: str
    code: str


@dataclass(frozen=True, slots=True)
class LoadCheck:
    """What was found in a file: every mistake and every warning with its row; nothing is kept while there is a mistake.

    Attributes:
        doubled: how many of its rows pay an account that another mandate pays; they are ticked before it is loaded.
    """

    count: int
    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...]
    rows: tuple[PreviewRow, ...]
    doubled: int = 0


@dataclass(frozen=True, slots=True)
class Collected:
    """How a loaded mandate is to be collected.

    Attributes:
        day: of the month, or of the week (0 is Monday); None: as policy has it.
        last_on: when it was collected last; fortnights, four weeks and quarters are counted from it.
    """

    mandate_id: int
    frequency: Frequency
    day: int | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was loaded: how many mandates are live by it, and how each is to be collected."""

    load_id: int
    count: int
    told: str
    changes: Changes
    collected: tuple[Collected, ...] = ()
