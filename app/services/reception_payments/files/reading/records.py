"""The records of a file: what is a header, what a line, what the trailer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.services.core import open_files
from app.services.core.errors import UserError
from app.services.imports.delimited import TextFiles, fixed_lines
from app.services.imports.dto import Mistake
from app.services.imports.reading import open_source
from app.services.imports.values import fold
from app.services.reception_payments.files.layouts import ColumnAt, Form, Layout

MOST_LINES: Final = 500_000
_APART: Final = "Fetch the file again; if it is two files, have each sent by itself."
Cells = Sequence[Any]


@dataclass(slots=True)
class Records:
    """A file parted into its records.

    Attributes:
        lines: each with its number in the file.
        trailer: the cells of the trailer; of a fixed file one cell, the whole of it.
        others: headers and whatever else is passed over, which may hold no card number either.
        places: of a delimited file, the position of each column from 0.
    """

    lines: list[tuple[int, Cells]] = field(default_factory=list)
    trailer: tuple[int, Cells] | None = None
    others: list[tuple[int, Cells]] = field(default_factory=list)
    places: dict[ColumnAt, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


def read(path: Path, layout: Layout) -> Records:
    """Part a file into its records.

    Raises:
        UserError: it can't be read, a column isn't there, or it has too many lines.
    """
    found = Records()
    rows = _rows(path, layout)
    for number, cells in itertools.islice(rows, layout.skip):
        found.others.append((number, cells))
    _find_places(found, rows, layout, path)
    for number, cells in rows:
        _take(found, number, cells, layout)
        if len(found.lines) > MOST_LINES:
            raise UserError(f"{path.name} has more than {MOST_LINES:,} lines.", "Load it in parts.", "path")
    if layout.trailer.mark and found.trailer is None:
        words = f"The file has no trailer, which begins with '{layout.trailer.mark}': it may have been cut off."
        found.mistakes.append(Mistake(0, "trailer", words, "Fetch it again, or ask whoever sent it."))
    return found


def piece(cells: Cells, at: int, length: int, form: Form) -> Any:
    """What stands at a place of a record; None where there is nothing."""
    if not at:
        return None
    if form is Form.FIXED:
        text = str(cells[0])[at - 1 : at - 1 + length].strip()
        return text or None
    return cells[at - 1] if at <= len(cells) else None


def _rows(path: Path, layout: Layout) -> Iterator[tuple[int, Cells]]:
    if path.is_dir():
        raise UserError(f"{path.name} is a folder.", "Choose a file.", "path")
    open_files.refuse(path)
    try:
        with path.open("rb") as stream:
            is_workbook = stream.read(4).startswith((b"PK\x03\x04", bytes.fromhex("D0CF11E0")))
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.", "Check the name and the folder.", "path") from error
    except OSError as error:
        raise UserError(f"{path.name} may not be read.", "Close it where it is open.", "path") from error
    if layout.form is Form.FIXED:
        return ((number, (text,)) for number, text in fixed_lines(path, layout.encoding))
    return _sheet(path) if is_workbook else _delimited(path, layout)


def _sheet(path: Path) -> Iterator[tuple[int, Cells]]:
    with open_source(path) as source:
        if len(source.sheets) > 1:
            names = ", ".join(source.sheets[:5])
            words = f"{path.name} has {len(source.sheets)} sheets ({names})."
            raise UserError(words, "Keep the one with the payments, and load that.", "path")
        yield from source.rows(source.sheets[0])


def _delimited(path: Path, layout: Layout) -> Iterator[tuple[int, Cells]]:
    with TextFiles(path, layout.separator, layout.encoding) as source:
        for number, cells in source.rows(source.sheets[0]):
            kept = cells[:-1] if cells[-1:] == ["\x1a"] else cells
            if any(kept):
                yield number, kept


def _find_places(found: Records, rows: Iterator[tuple[int, Cells]], layout: Layout, path: Path) -> None:
    if layout.form is Form.FIXED:
        return
    found.places = {each: each.place - 1 for each in layout.columns if each.place}
    if not layout.headings:
        return
    number, cells = next(rows, (0, ()))
    while number and layout.header_mark and _begins(cells, layout.header_mark, layout):
        found.others.append((number, cells))
        number, cells = next(rows, (0, ()))
    found.others.append((number, cells))
    known = {fold(str(each)): at for at, each in reversed(list(enumerate(cells))) if each is not None}
    for column in layout.columns:
        if not column.place:
            at = known.get(fold(column.heading))
            if at is None:
                there = ", ".join(f"'{each}'" for each in cells if each is not None)
                words = f"{path.name} has no column '{column.heading}'."
                raise UserError(words, f"Its headings are: {there}. Is it of another profile?", "path")
            found.places[column] = at


def _take(found: Records, number: int, cells: Cells, layout: Layout) -> None:
    if layout.header_mark and _begins(cells, layout.header_mark, layout):
        found.others.append((number, cells))
    elif layout.trailer.mark and _begins(cells, layout.trailer.mark, layout):
        if found.trailer is not None:
            found.mistakes.append(Mistake(number, "trailer", "The file has a second trailer.", _APART))
        found.trailer = (number, cells)
    else:
        if found.trailer is not None and not found.mistakes:
            words = "There are lines after the trailer: two files may have been put together."
            found.mistakes.append(Mistake(number, "trailer", words, _APART))
        found.lines.append((number, cells))


def _begins(cells: Cells, mark: str, layout: Layout) -> bool:
    first = "" if not cells or cells[0] is None else str(cells[0])
    return first.startswith(mark) if layout.form is Form.FIXED else first.strip().upper() == mark.upper()
