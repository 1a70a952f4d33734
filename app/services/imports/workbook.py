"""Excel workbooks as sheets of rows, one streaming pass each."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from app.services.core.errors import UserError
from app.services.imports import archive
from app.services.imports.values import UNSAVED_FORMULA, ShownNumber

_CELLS_LIMIT: Final = 60_000_000
"""Cells of a sheet, blanks between them counted: a forged row or column number must not keep us busy for ever."""
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
)
_ZEROS: Final = re.compile(r'(?:"[^"]*"|\\.|[ -])*0[0 -]*')


class Workbook:
    """An .xlsx workbook, opened read-only; formulas give their saved results and nothing in it is run.

    Raises:
        UserError: on opening or reading, where the file is not a workbook, protected, damaged or unreasonably large.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._findings = archive.examine(path)
        self._quiet = warnings.catch_warnings()
        self._open_files = ExitStack()

    def __enter__(self) -> Self:
        self._quiet.__enter__()
        warnings.simplefilter("ignore")
        try:
            self._book = self._open(data_only=True)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self.sheets: tuple[str, ...] = tuple(sheet.title for sheet in self._book.worksheets)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open_files.close()
        self._quiet.__exit__(kind, error, trace)

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows that aren't blank, each with its number as Excel counts."""
        cells = 0
        try:
            for number, row in enumerate(self._rows(sheet), 1):
                cells += len(row)
                if cells > _CELLS_LIMIT or number > 1_048_576:
                    raise UserError(
                        f"Sheet {sheet} of {self.path.name} is larger than a workbook can be; reading stopped at row {number}.",
                        "Copy its filled rows to a new workbook and load that.",
                    )
                if row.count(None) != len(row):
                    yield number, row
        except _UNREADABLE as error:
            raise archive.damaged(self.path) from error

    def _open(self, *, data_only: bool) -> Any:
        try:
            stream = self._open_files.enter_context(self.path.open("rb"))
            return load_workbook(stream, read_only=True, data_only=data_only, keep_links=False)
        except _UNREADABLE as error:
            raise archive.damaged(self.path) from error

    def _rows(self, sheet: str) -> Iterator[tuple[Any, ...]]:
        worksheet = self._book[sheet]
        worksheet.reset_dimensions()
        if self._findings.unsaved_formulas:
            return self._rows_with_formulas(sheet)
        if self._findings.zero_formats:
            return (tuple(map(_shown, row)) for row in worksheet.iter_rows())
        rows: Iterator[tuple[Any, ...]] = worksheet.iter_rows(values_only=True)
        return rows

    def _rows_with_formulas(self, sheet: str) -> Iterator[tuple[Any, ...]]:
        """The rows read twice, results and formulas side by side, so that a formula without a result isn't taken for a blank."""
        formulas = self._open(data_only=False)
        formulas[sheet].reset_dimensions()
        for results, sources in zip(self._book[sheet].iter_rows(), formulas[sheet].iter_rows(), strict=True):
            yield tuple(
                UNSAVED_FORMULA
                if result.value is None and result.data_type == "n" and source.data_type == "f"
                else _shown(result)
                for result, source in zip(results, sources, strict=True)
            )


def _shown(cell: Any) -> Any:
    """The cell's value; a whole number under a format such as 00000 keeps what that format shows."""
    value = cell.value
    if type(value) is not int and type(value) is not float:
        return value
    pattern = cell.number_format
    if value != int(value) or value < 0 or not _ZEROS.fullmatch(pattern):
        return value
    plain = re.sub(r'"([^"]*)"|\\(.)', lambda match: "\x00" * len(match[1] or match[2] or ""), pattern)
    if plain.count("0") < 2:
        return value
    return ShownNumber(value, _fill(pattern, str(int(value))))


def _fill(pattern: str, digits: str) -> str:
    """The digits in a format's zeros, from the right; quoted and escaped letters stay where they are."""
    parts = re.findall(r'"([^"]*)"|\\(.)|(0)|([ -])', pattern)
    digits = digits.zfill(sum(1 for part in parts if part[2]))
    spare = len(digits) - sum(1 for part in parts if part[2])
    shown, place = [], 0
    for quoted, escaped, zero, plain in parts:
        if zero:
            take = 1 + (spare if place == 0 else 0)
            shown.append(digits[place : place + take])
            place += take
        else:
            shown.append(quoted or escaped or plain)
    return "".join(shown)
