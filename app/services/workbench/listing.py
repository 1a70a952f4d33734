"""A table of the window as it is handed over to be exported or printed, and the figures under a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.models.values import ZERO, Money
from app.services.core.context import Context


class Holds(StrEnum):
    """What a column holds, which decides how it is written: a reference is text, however many digits it has."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    POUNDS = "pounds"
    NUMBER = "number"


class FileKind(StrEnum):
    """The files in which a table is exported, by their suffix."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of an export: its title, what it holds, its width in characters (0: the usual of its kind).

    `total`: a sum stands under it; `balance`: it reads DR or CR where people read it; `signed`: less than nothing has a minus there, else it reads CR.
    """

    title: str
    holds: Holds = Holds.TEXT
    characters: int = 0
    total: bool = False
    balance: bool = False
    signed: bool = False


Rows = Callable[[Context], Iterator[Sequence[Any]]]
"""Gives the rows when the file is written, on the worker's own session; one value for each heading."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Exactly what a table shows.

    Attributes:
        title: what the table is called.
        shown: the filter in words, a line each.
        order: how the rows are sorted, in words; nothing where they stand as they are.
        headings: the columns in the order in which they are shown.
        rows: gives the rows in their order.
        count: how many rows there are, for the progress and the stamp.
        database: what the window calls the database.
    """

    title: str
    shown: tuple[str, ...]
    order: str
    headings: tuple[Heading, ...]
    rows: Rows
    count: int
    database: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows there are, what those in debt owe together, and the credits (both in positive pounds).

    Attributes:
        unsaid: rows that aren't in the sums, since the officer isn't told what they come to.
    """

    count: int = 0
    debit: Money = ZERO
    credit: Money = ZERO
    unsaid: int = 0

    @property
    def net(self) -> Money:
        """What is owed less what is in credit."""
        return self.debit - self.credit

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.count + other.count,
            self.debit + other.debit,
            self.credit + other.credit,
            self.unsaid + other.unsaid,
        )

    def __sub__(self, other: Totals) -> Totals:
        return Totals(
            self.count - other.count,
            self.debit - other.debit,
            self.credit - other.credit,
            self.unsaid - other.unsaid,
        )
