"""What a file's sheets should hold, what was found in them, and what was wrong."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import compress
from types import MappingProxyType
from typing import Any, Final


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    CODE = "code"
    """A reference: letters and digits whose leading zeros count."""
    CODES = "codes"
    """Several references parted by `;`."""
    DATE = "date"
    BIRTH_DATE = "birth_date"
    """A date in the past whose year must be written in full."""
    WRITTEN_DATE = "written_date"
    """A date as it is written, for files whose order of day and month has to be asked for; a date cell gives 2026-04-01."""
    MONEY = "money"
    CHOICE = "choice"
    YES_NO = "yes_no"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        length: the most characters that fit.
        words: of a CHOICE, each accepted word (small letters, no spaces or marks) and what it means.
        synonyms: other headings that mean this column.
        may_look_like_card: its numbers may pass for card numbers (swipe cards have such payment references).
        extra: read where it is there, but no column of the template.
        note: what belongs here, for the template.
        example: cells of the template's example rows.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    length: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    may_look_like_card: bool = False
    extra: bool = False
    note: str = ""
    example: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of sheet: its name, other names it goes by, and its columns in the order of the template."""

    name: str
    columns: tuple[Column, ...]
    synonyms: tuple[str, ...] = ()
    note: str = ""

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be there, and filled in, in every row."""
        return tuple(column.name for column in self.columns if column.required)


PART: Final = 10_000_000
"""Where a kind of sheet is there several times, the row numbers of each further one count from a multiple of this."""


def row_number(row: int) -> int:
    """A row's number in its own sheet."""
    return row % PART


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where it is, and a sentence on what is wrong and what would be right.

    `row` counts from 1 as Excel does and is 0 where the whole sheet is meant; `column` is our name for the column
    (or the heading in the file where we have none).
    """

    sheet: str
    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the landlord's own names mean, where loose matching isn't enough.

    Attributes:
        sheets: sheet or file name -> our sheet name.
        columns: our sheet name -> their heading -> our column name.
        words: our column name -> their word -> our word (`{"code": {"GARDEN": "DGM"}}`).
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A sheet read into columns of values: `columns[name][i]` and `rows[i]` (the row number) belong together.

    A cell that is blank, or that could not be read, is None; the second kind has a Problem.
    """

    name: str
    rows: array[int]
    columns: dict[str, list[Any]]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def kept(self, keep: Sequence[bool]) -> Table:
        """The table with only the rows that are kept."""
        columns = {name: list(compress(values, keep)) for name, values in self.columns.items()}
        return Table(self.name, array("l", compress(self.rows, keep)), columns, self.problems, self.warnings)

    def by_name(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row's number, and its values by column."""
        names = tuple(self.columns)
        for number, values in zip(self.rows, zip(*self.columns.values(), strict=True), strict=True):
            yield number, dict(zip(names, values, strict=True))

    def mistakes(self, fields: Mapping[str, str] = MappingProxyType({})) -> list[Mistake]:
        """What could not be read, by its rows; `fields` of a row by our columns, where their names differ."""
        found = (Mistake(each.row, fields.get(each.column, each.column), each.message) for each in self.problems)
        return sorted(found, key=lambda each: each.row)

    def notes(self) -> tuple[str, ...]:
        """What is to be looked at, each thing once."""
        return tuple(dict.fromkeys(each.message for each in self.warnings))


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that must be put right before the rows are taken.

    Attributes:
        row: as the officer counts; 0: the whole of it.
        field: of the row.
    """

    row: int
    field: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a file: the key of our column that it is read as (empty: left out), and a few cells below it."""

    name: str
    field: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One of our columns, as an officer chooses it for a heading."""

    key: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class FileHeadings:
    """The headings of a file, and what they may be read as.

    Attributes:
        remembered: they are proposed as the officer who looks chose them last.
    """

    file_name: str
    sheet: str
    headings: tuple[Heading, ...]
    fields: tuple[FieldChoice, ...]
    remembered: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """What is proposed: our column by the heading."""
        return {each.name: each.field for each in self.headings}

    @property
    def settled(self) -> bool:
        """Nothing has to be asked: every heading is one of ours, or they were chosen before."""
        return self.remembered or all(each.field for each in self.headings)
