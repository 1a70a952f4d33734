"""Published spending as it was read: what the columns are, the totals, and every line that could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.models.values import Money
from app.services.core.errors import UserError


class DayOrder(StrEnum):
    """How a date of three numbers is written."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class Part(StrEnum):
    """What a column of published spending holds."""

    DATE = "date"
    SUPPLIER = "supplier"
    AMOUNT = "amount"
    CODE = "code"


NEEDED = (Part.DATE, Part.SUPPLIER, Part.AMOUNT)
"""What a file must have; many publish no code."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a council's files name the columns, as somebody said once.

    Attributes:
        headings: the heading of each part, as the file has it.
        dates: how its dates are written, where the files themselves don't tell.
        named: it was asked for by its name, so that it goes before what is known of headings.
    """

    name: str
    headings: Mapping[Part, str]
    dates: DayOrder | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a line stand, counted from 0.

    Attributes:
        row: how many lines of the file stand above the first payment: the headings and what is above them.
        supplier: the columns that may name the supplier; the first that isn't blank does.
        headings: what each part's column is called in the file.
    """

    row: int
    date: int
    supplier: tuple[int, ...]
    amount: int
    code: int | None
    headings: Mapping[Part, str]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that isn't in the totals, and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file of several: what was taken from it.

    Attributes:
        columns: heading by part, as recognised or as a profile has them.
        profile: the profile that it was read by; empty where its headings were recognised.
        lines: payments read.
    """

    name: str
    columns: Mapping[Part, str]
    profile: str
    dates: DayOrder
    lines: int
    total: Money


@dataclass(frozen=True, slots=True)
class Spending:
    """The payments of some files, totalled; every mapping has the largest amount first, months in their order.

    Attributes:
        lines: payments read; each is in every total once.
        by_code: by whatever the council codes its spending by, a number or words; empty text where a line has none.
        by_month: by the month of the payment, as `2026-04`.
    """

    files: tuple[FileRead, ...]
    lines: int
    total: Money
    by_supplier: Mapping[str, Money]
    by_code: Mapping[str, Money]
    by_month: Mapping[str, Money]
    rejected: tuple[Rejected, ...]


class UnknownHeadings(UserError):  # noqa: N818  it asks
    """No row of a file has headings that are known: somebody has to say once which column is which."""

    def __init__(self, name: str, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__(
            f"The headings of {name} aren't known: no row has a date, a supplier and an amount.",
            "Say which columns they are: --column date=... --column supplier=... --column amount=... --profile NAME.",
        )
        self.name = name
        self.rows = tuple(rows)
        """The first rows that have anything, as far as they go."""


class MixedDates(UserError):  # noqa: N818  it asks
    """Some dates of a file have the day first and some the month: nobody can tell what 03/04 is."""

    def __init__(self, name: str, day_first: tuple[int, str], month_first: tuple[int, str]) -> None:
        super().__init__(
            f"{name} mixes dates: line {day_first[0]} has {day_first[1]}, where the day is first, "
            f"and line {month_first[0]} has {month_first[1]}, where the month is.",
            "Say how its dates are to be read: --dates dmy or --dates mdy. Dates that can't be read so are then listed.",
        )
