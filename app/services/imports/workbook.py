"""Excel workbooks as sheets of rows, one streaming pass each."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from xml.etree.ElementTree import ParseError

from openpyxl.utils.exceptions import InvalidFileException

from app.services.core.errors import UserError
from app.services.imports import archive
from app.services.imports.cells import Cells

_CELLS_LIMIT: Final = 60_000_000
"""Cells of a sheet, blanks between them counted: forged column numbers must not keep us busy for ever."""
_ROWS_LIMIT: Final = 1_048_576
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


class Workbook:
    """An .xlsx workbook, opened read-only; formulas give their saved results and nothing in it is run.

    `note` is the comment among the properties of the file.

    Raises:
        UserError: on opening or reading, where the file is not a workbook, protected, damaged or unreasonably large.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files = (path,)
        archive.examine(path)
        self._quiet = warnings.catch_warnings()
        self._files = ExitStack()

    def __enter__(self) -> Self:
        self._quiet.__enter__()
        warnings.simplefilter("ignore")
        try:
            self._cells = Cells(self._files.enter_context(self.path.open("rb")))
        except (*_UNREADABLE, OSError) as error:
            self.__exit__(None, None, None)
            raise archive.damaged(self.path) from error
        self.note = self._cells.note
        self.sheets: tuple[str, ...] = tuple(self._cells.parts)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()
        self._quiet.__exit__(kind, error, trace)

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows that aren't blank, each with its number as Excel counts."""
        cells = 0
        try:
            for number, row in self._cells.rows(sheet):
                cells += len(row)
                if cells > _CELLS_LIMIT or number > _ROWS_LIMIT:
                    raise UserError(
                        f"Sheet {sheet} of {self.path.name} is larger than a workbook can be; "
                        f"reading stopped at row {number}.",
                        "Copy its filled rows to a new workbook and load that.",
                    )
                if row.count(None) != len(row):
                    yield number, row
        except _UNREADABLE as error:
            raise archive.damaged(self.path) from error
