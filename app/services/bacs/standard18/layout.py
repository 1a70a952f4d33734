"""Where everything stands in the records of Standard 18: positions count from 1, both included (bacs.md 1.3 to 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

LABEL: Final = 80
SINGLE_DAY: Final = 100
MULTI_DAY: Final = 106
CONTRA: Final = "CONTRA"
PENCE_DIGITS: Final = 11
SINGLE_DAY_WORK: Final = "1 DAILY  "
MULTI_DAY_WORK: Final = "4 MULTI  "
_CENTURY: Final = 2000

Place = tuple[str, int, int]
"""A field: its name, and its first and last position."""


class Layout:
    """One kind of record: its fields by position; what no field covers is blank."""

    def __init__(self, length: int, *places: Place, **fixed: str) -> None:
        self.length = length
        self.places: Final[Mapping[str, tuple[int, int]]] = {name: (first, last) for name, first, last in places}
        self.fixed: Final[Mapping[str, str]] = fixed
        self._empty = {name: fixed.get(name, "") for name, _, _ in places}
        parts, at = [], 1
        for name, first, last in places:
            parts.append(f"{' ' * (first - at)}{{{name}:<{last - first + 1}}}")
            at = last + 1
        self._template = "".join(parts) + " " * (length + 1 - at)

    def write(self, values: dict[str, str]) -> str:
        """A record; text is filled up with blanks behind it.

        Raises:
            ValueError: a value is longer than its field.
        """
        made = self._template.format_map(self._empty | values)
        if len(made) != self.length:
            raise ValueError(f"A record of {len(made)} characters instead of {self.length}.")
        return made

    def read(self, line: str) -> dict[str, str]:
        """The fields of a record, blanks included; those behind the end of a short one are empty."""
        return {name: line[first - 1 : last] for name, (first, last) in self.places.items()}

    def first(self, name: str) -> int:
        """The position at which a field begins."""
        return self.places[name][0]


VOL1: Final = Layout(
    LABEL, ("label", 1, 4), ("serial", 5, 10), ("sun", 42, 47), ("level", 80, 80), label="VOL1", level="1"
)
_HEADER_1: Final = (
    ("label", 1, 4),
    ("file_type", 5, 5),
    ("sun", 6, 11),
    ("file_kind", 12, 12),
    ("file_mark", 15, 15),
    ("sun_again", 16, 21),
    ("serial", 22, 27),
    ("section", 28, 31),
    ("sequence", 32, 35),
    ("created", 42, 47),
    ("expires", 48, 53),
    ("blocks", 55, 60),
)
_FIXED_1: Final = {
    "file_type": "A",
    "file_kind": "S",
    "file_mark": "1",
    "section": "0001",
    "sequence": "0001",
    "blocks": "000000",
}
HDR1: Final = Layout(LABEL, *_HEADER_1, label="HDR1", **_FIXED_1)
EOF1: Final = Layout(LABEL, *_HEADER_1, label="EOF1", **_FIXED_1)
_HEADER_2: Final = (
    ("label", 1, 4),
    ("format", 5, 5),
    ("block_length", 6, 10),
    ("record_length", 11, 15),
    ("offset", 51, 52),
)
_FIXED_2: Final = {"format": "F", "block_length": "02000", "record_length": "00100", "offset": "00"}
HDR2: Final = Layout(LABEL, *_HEADER_2, label="HDR2", **_FIXED_2)
EOF2: Final = Layout(LABEL, *_HEADER_2, label="EOF2", **_FIXED_2)
UHL1: Final = Layout(
    LABEL,
    ("label", 1, 4),
    ("processing", 5, 10),
    ("receiver", 11, 16),
    ("currency", 21, 22),
    ("country", 23, 28),
    ("work_code", 29, 37),
    ("file_number", 38, 40),
    label="UHL1",
    receiver="999999",
    currency="00",
    country="000000",
    work_code=SINGLE_DAY_WORK,
    file_number="001",
)
UTL1: Final = Layout(
    LABEL,
    ("label", 1, 4),
    ("debit_pence", 5, 17),
    ("credit_pence", 18, 30),
    ("debit_count", 31, 37),
    ("credit_count", 38, 44),
    ("instruction_count", 53, 59),
    label="UTL1",
)
_DATA: Final = (
    ("sort_code", 1, 6),
    ("account_number", 7, 14),
    ("account_type", 15, 15),
    ("code", 16, 17),
    ("own_sort_code", 18, 23),
    ("own_account_number", 24, 31),
    ("free", 32, 35),
    ("pence", 36, 46),
    ("user_name", 47, 64),
    ("reference", 65, 82),
    ("name", 83, 100),
)
DATA: Final = Layout(SINGLE_DAY, *_DATA, account_type="0")
DATED: Final = Layout(MULTI_DAY, *_DATA, ("processing", 101, 106), account_type="0")
"""Data of a file for several days."""


def write_day(day: date) -> str:
    """A day as Bacs writes it: a blank, two digits of the year, three of the day in it (bacs.md 1.6)."""
    return f" {day.year % 100:02}{day.timetuple().tm_yday:03}"


def read_day(text: str) -> date | None:
    """The day of ` YYDDD`, of this century; None if it isn't one."""
    digits = text[1:]
    if len(text) != 6 or text[0] != " " or not (digits.isascii() and digits.isdigit()):
        return None
    year, number = _CENTURY + int(digits[:2]), int(digits[2:])
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return day if number and day.year == year else None
