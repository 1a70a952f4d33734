"""A spreadsheet of mandates, as it crosses layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.core.changes import Changes
from app.services.imports.dto import Mistake


@dataclass(frozen=True, slots=True, repr=False)
class FileRow:
    """A row of the file as read. It has no readable form: it holds bank details.

    Attributes:
        row: as the spreadsheet numbers it.
        beside: payment references of other accounts that it pays.
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
    """A file to be loaded, and how many mandates the officer says it has."""

    file: MandateFile
    declared_count: int


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
    """What was found in a file: every mistake and every warning with its row; nothing is kept while there is a mistake."""

    count: int
    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...]
    rows: tuple[PreviewRow, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was loaded: how many mandates are live by it."""

    load_id: int
    count: int
    told: str
    changes: Changes
