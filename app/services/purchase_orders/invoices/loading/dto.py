"""A file of invoices as it was read, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import Money
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake


class DateOrder(StrEnum):
    """Which of day and month stands first in dates of three numbers."""

    DMY = "dmy"
    MDY = "mdy"


@dataclass(frozen=True, slots=True)
class Profile:
    """How the files of a sender are read: which of our columns their headings are, and the order of their dates."""

    name: str
    columns: tuple[tuple[str, str], ...] = ()
    dates: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class FileLine:
    """A row of the file; amounts in pence, none where the cell is blank."""

    row: int
    supplier: str
    number: str
    invoice_on: str
    received_on: str
    due_on: str
    order: str
    description: str
    net: int | None
    vat: int | None
    gross: int | None
    cost_centre: str
    subjective: str
    fingerprint: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """A file that was read.

    Attributes:
        columns: each heading and which of our columns it was read as; empty: left out.
        mistakes: cells that couldn't be read.
    """

    file_name: str
    sha256: str
    columns: tuple[tuple[str, str], ...]
    lines: tuple[FileLine, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class NewFileLoad:
    """A file to be logged.

    Attributes:
        received_on: the day on which its invoices reached the council, where a row says none.
        dates: the order of its dates, where the file leaves that open.
    """

    file: InvoiceFile
    profile: str
    received_on: date
    dates: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class FileLooked:
    """What a file would do.

    Attributes:
        count, credit_notes: invoices and credit notes that would be logged.
        known: rows that an earlier file brought already; they are left out.
        question: what has to be said first, such as the order of the dates; empty: nothing.
    """

    count: int
    credit_notes: int
    lines: int
    known: int
    net: Money
    vat: Money
    mistakes: tuple[Mistake, ...]
    warnings: tuple[str, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class FileLogged:
    """What was logged: our numbers, first and last."""

    looked: FileLooked
    first: str
    last: str
    told: str
    changes: Changes
