"""The cells of a workbook's sheets, straight from their XML: what openpyxl's read-only mode gives, in a third of its time.

openpyxl opens the workbook (its parts, styles and date formats); the rows, which are nearly all of the work, are read
here. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any, Final

from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from app.services.imports.values import UNSAVED_FORMULA, ShownNumber

_ROW: Final = f"{{{SHEET_MAIN_NS}}}row"
_VALUE: Final = f"{{{SHEET_MAIN_NS}}}v"
_FORMULA: Final = f"{{{SHEET_MAIN_NS}}}f"
_INLINE: Final = f"{{{SHEET_MAIN_NS}}}is"
_STRING: Final = f"{{{SHEET_MAIN_NS}}}si"
_TEXT: Final = f"{{{SHEET_MAIN_NS}}}t"
_RUN: Final = f"{{{SHEET_MAIN_NS}}}r"
_ZEROS: Final = re.compile(r'(?:"[^"]*"|\\.|[ -])*0(?:0|"[^"]*"|\\.|[ -])*')
_FORMAT_PARTS: Final = re.compile(r'"([^"]*)"|\\(.)|(0)|([ -])')
_DIGITS: Final = "0123456789"
_LAST_COLUMN: Final = 16_384

Convert = Callable[[str], Any]


class Cells:
    """An open workbook: its sheets by name, and their rows.

    Args:
        stream: the file, open; it stays the caller's to close.

    Raises:
        Whatever openpyxl, zipfile and the XML parser raise on a damaged file.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        reader: Any = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        with suppress(ValueError, TypeError):
            reader.read_properties()
        apply_stylesheet(reader.archive, reader.wb)
        self._archive = reader.archive
        self._book: Any = reader.wb
        self.note: str = reader.wb.properties.description or ""
        self.parts: dict[str, str] = {
            sheet.name: rel.target
            for sheet, rel in reader.parser.find_sheets()
            if rel.target in reader.valid_files and "chartsheet" not in rel.Type
        }
        self._strings = self._shared_strings(reader.package.find(SHARED_STRINGS))
        self._numbers: dict[str | None, Convert] = {None: number, "0": number}
        self._columns: dict[str, int] = {}

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Any]]]:
        """Each row that is there with its number; a row's values start at the first column and end at its last cell."""
        at = 0
        with self._archive.open(self.parts[sheet]) as stream:
            for _, element in iterparse(stream, forbid_dtd=True):
                if element.tag == _ROW:
                    place = element.get("r")
                    at = int(place) if place else at + 1
                    yield at, self._row(element)
                    element.clear()

    def _row(self, row: Any) -> list[Any]:
        values: list[Any] = []
        columns = self._columns
        for cell in row:
            place = cell.get("r")
            if place:
                letters = place.rstrip(_DIGITS)
                column = columns.get(letters) or self._column(letters)
                gap = column - len(values) - 1
                if gap:
                    _pad(values, gap)
            values.append(self._value(cell) if len(cell) else None)
        return values

    def _value(self, cell: Any) -> Any:
        kind = cell.get("t")
        text = formula = None
        for child in cell:
            tag = child.tag
            if tag == _VALUE:
                text = child.text
            elif tag == _INLINE:
                return _content(child)
            elif tag == _FORMULA:
                formula = child
        if not text:
            return UNSAVED_FORMULA if formula is not None and kind != "str" else None
        if kind is None or kind == "n":
            style = cell.get("s")
            return (self._numbers.get(style) or self._number_style(style))(text)
        if kind == "s":
            return self._strings[int(text)]
        if kind == "b":
            return text == "1"
        return _iso(text) if kind == "d" else text

    def _column(self, letters: str) -> int:
        column = column_index_from_string(letters)
        if column > _LAST_COLUMN:
            raise ValueError(f"There is no column {letters}.")
        self._columns[letters] = column
        return column

    def _number_style(self, style: str | None) -> Convert:
        """How numbers of a style are read: dates as dates, whole numbers under a format of zeros as they are shown."""
        index = int(style or 0)
        if index in self._book._date_formats:  # noqa: SLF001  openpyxl has no public list of them
            convert = _DateReader(self._book.epoch, spans=index in self._book._timedelta_formats).read  # noqa: SLF001
        else:
            pattern = self._pattern(self._book._cell_styles[index].numFmtId)  # noqa: SLF001
            padded = _ZEROS.fullmatch(pattern) and sum(1 for part in _FORMAT_PARTS.findall(pattern) if part[2]) > 1
            convert = _ZeroReader(pattern).read if padded else number
        self._numbers[style] = convert
        return convert

    def _pattern(self, number: int) -> str:
        custom = self._book._number_formats  # noqa: SLF001
        first_custom = 164
        if number >= first_custom:
            return str(custom[number - first_custom])
        return str(BUILTIN_FORMATS.get(number, "General"))

    def _shared_strings(self, part: Any) -> list[str]:
        if part is None:
            return []
        strings: list[str] = []
        with self._archive.open(part.PartName[1:]) as stream:
            for _, element in iterparse(stream, forbid_dtd=True):
                if element.tag == _STRING:
                    strings.append(_content(element))
                    element.clear()
        return strings


class _DateReader:
    """Serial numbers as dates; the same few hundred dates come again and again."""

    def __init__(self, epoch: Any, *, spans: bool) -> None:
        self._epoch = epoch
        self._spans = spans
        self._known: dict[str, Any] = {}

    def read(self, text: str) -> Any:
        if text not in self._known:
            try:
                self._known[text] = from_excel(number(text), self._epoch, timedelta=self._spans)
            except (OverflowError, ValueError):
                self._known[text] = "#VALUE!"
        return self._known[text]


class _ZeroReader:
    """Numbers under a format of zeros, such as 00000 or "T"0000."""

    def __init__(self, pattern: str) -> None:
        self._parts = _FORMAT_PARTS.findall(pattern)
        self._zeros = sum(1 for part in self._parts if part[2])

    def read(self, text: str) -> Any:
        value = number(text)
        if value < 0 or value != int(value):
            return value
        return ShownNumber(value, self._fill(str(int(value))))

    def _fill(self, digits: str) -> str:
        """The digits in the format's zeros, from the right; quoted and escaped letters stay where they are."""
        spare = max(len(digits) - self._zeros, 0)
        digits = digits.zfill(self._zeros)
        shown, place = [], 0
        for quoted, escaped, zero, plain in self._parts:
            if zero:
                take = 1 + (0 if place else spare)
                shown.append(digits[place : place + take])
                place += take
            else:
                shown.append(quoted or escaped or plain)
        return "".join(shown)


def number(text: str) -> float:
    """A number as XML writes it: whole or not."""
    return int(text) if text.isdigit() else _other_number(text)


def _other_number(text: str) -> float:
    if "." in text or "e" in text or "E" in text:
        return float(text)
    return int(text)


def _iso(text: str) -> Any:
    return from_ISO8601(text)  # type: ignore[no-untyped-call]


def _content(element: Any) -> str:
    """The text of a string, its runs together, without phonetic helps."""
    parts = []
    for child in element:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _RUN:
            parts += (text.text or "" for text in child if text.tag == _TEXT)
    return parts[0] if len(parts) == 1 else "".join(parts)


def _pad(values: list[Any], gap: int) -> None:
    """Blank cells before the next one; cells out of order can't be placed."""
    if gap < 0:
        raise ValueError("The cells of a row are out of order.")
    values.extend([None] * gap)
