"""A table to be written as a workbook, a CSV file or a PDF: columns as data, rows as they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import Money

Value = str | date | datetime | Money | int | None
"""What a row may hold: a pounds column takes Money or whole pence, an int column whole numbers, None is empty."""


class Kind(StrEnum):
    """What a column holds, which decides how it is written and aligned."""

    TEXT = "text"
    """Names, codes and references: never turned into a number or a date."""
    DATE = "date"
    MOMENT = "moment"
    """A moment with its time zone, written in the office's own time."""
    POUNDS = "pounds"
    INT = "int"


_WIDTHS: Final = {Kind.TEXT: 24, Kind.DATE: 13, Kind.MOMENT: 18, Kind.POUNDS: 14, Kind.INT: 10}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds, its width in characters (0: the usual of its kind), whether it is totalled.

    `balance`: what is owed reads DR and what is in credit CR where people read it (a PDF); a workbook has numbers.
    `signed`: what is below zero has a minus there; else it is a credit and reads CR.
    """

    title: str
    kind: Kind = Kind.TEXT
    width: int = 0
    total: bool = False
    balance: bool = False
    signed: bool = False

    @property
    def characters(self) -> int:
        """The width in characters, never less than the heading needs."""
        return max(self.width or _WIDTHS[self.kind], len(self.title) + 2)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and the lines stamped under it (which filter, when it was made, by whom).

    Attributes:
        rows: may be a generator, read once; each row has one value per column.
    """

    title: str
    stamps: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]


def pence_of(value: Value) -> int | None:
    """The whole pence in a pounds cell, or None where it is empty."""
    if value is None:
        return None
    if isinstance(value, Money):
        return value.pence
    if isinstance(value, int):
        return value
    raise TypeError(f"A pounds column holds Money or whole pence, not {value!r}.")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet would run this text as a formula (OWASP: CSV injection)."""
    return text[:1] in _FORMULA_STARTS


_FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
