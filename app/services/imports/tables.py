"""Sheets into tables: a chunk of rows at a time, each column read as its kind says, every fault found in the one pass."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final

from openpyxl.utils import get_column_letter

from app.services.core.cards import CARD_FOUND, card_cells, holds_card_number
from app.services.imports import mapping, values
from app.services.imports.dto import Column, Kind, Layout, Names, Problem, Table
from app.services.imports.mapping import Header
from app.services.imports.reading import Source
from app.services.imports.values import CellError

CHUNK: Final = 4_000
_BAR: Final = "¦"
_TEXTS: Final = {str, type(None)}

Rows = Iterator[tuple[int, Sequence[Any]]]
Report = Callable[[int], None]


class _Bad:
    """What a memo keeps of a cell that can't be read."""

    def __init__(self, message: str) -> None:
        self.message = message


class _Memo(dict[Any, Any]):
    """Cells already read: dates, amounts and fixed words come again and again."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._read = read

    def __missing__(self, raw: Any) -> Any:
        value = self.fresh(raw)
        self[raw] = value
        return value

    def fresh(self, raw: Any) -> Any:
        """Read the cell; one of spaces only is blank."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        try:
            return self._read(raw)
        except CellError as error:
            return _Bad(str(error))


class TableReader:
    """Reads the sheets of one layout into one table.

    Args:
        layout: what the sheet should hold.
        names: the landlord's own names.
        references: numbers that may look like a card number and aren't: payment references.
        report: told the number of rows read, after each chunk.
    """

    def __init__(self, layout: Layout, names: Names, references: Collection[str], report: Report) -> None:
        self.table = Table(layout.name, array("l"), {column.name: [] for column in layout.columns})
        self._layout = layout
        self._names = names
        self._references = references
        self._report = report
        self._memos = {column.name: _Memo(_reader(column, names)) for column in layout.columns}

    def read_one(self, source: Source, sheet: str) -> None:
        """Read one sheet of a file that is kept whole: the others, which aren't read, may hold no card number either."""
        self.read(source.rows(sheet))
        if source.path.is_file():
            for other in source.sheets:
                if other != sheet:
                    self._cards_beside(other, source.rows(other))

    def read(self, rows: Rows) -> None:
        """Read one sheet's rows, its headings among the first of them."""
        first = list(itertools.islice(rows, mapping.HEADER_ROWS))
        if not first:
            self.table.warnings.append(Problem(self.table.name, 0, "", "The sheet has no rows."))
            return
        header = mapping.find_header(first, self._layout, self._names)
        if header is None:
            wanted = ", ".join(column.name for column in self._layout.columns)
            message = (
                f"No row of headings was found in the first {mapping.HEADER_ROWS} rows. The columns are: {wanted}."
            )
            self.table.problems.append(Problem(self.table.name, first[0][0], "", message))
            return
        self.table.warnings += mapping.header_warnings(self._layout, header)
        faults = mapping.header_problems(self._layout, header)
        self.table.problems += faults
        if faults:
            return
        self.table.problems += self._cards_above(header, first)
        body = itertools.chain((row for row in first if row[0] > header.row), rows)
        for chunk in _chunks(body):
            self._take(header, chunk)
            self._report(len(self.table))

    def _take(self, header: Header, chunk: list[tuple[int, Sequence[Any]]]) -> None:
        numbers = [number for number, _ in chunk]
        cells = list(itertools.zip_longest(*(row for _, row in chunk)))
        blank: list[Any] = [None] * len(chunk)
        read: dict[str, list[Any]] = {}
        faults: list[Problem] = []
        for column in self._layout.columns:
            place = header.places.get(column.name)
            raw = cells[place] if place is not None and place < len(cells) else blank
            read[column.name], bad = self._column(column, raw)
            faults += (Problem(self.table.name, numbers[i], column.name, message) for i, message in bad)
        faults += self._cards_aside(header, numbers, cells)
        keep = self._filled(read, numbers, faults)
        self._warn_unheaded(header, cells)
        for name, found in read.items():
            self.table.columns[name] += found if keep is None else itertools.compress(found, keep)
        self.table.rows.extend(numbers if keep is None else itertools.compress(numbers, keep))
        self.table.problems += faults

    def _filled(self, read: dict[str, list[Any]], numbers: list[int], faults: list[Problem]) -> list[bool] | None:
        """Which rows hold anything (None: all do), adding a fault for each required cell that is empty."""
        faulty = {(fault.row, fault.column) for fault in faults}
        rows_at_fault = {row for row, _ in faulty}
        keep: list[bool] | None = None
        for name in self._layout.required:
            if None not in read[name]:
                continue
            if keep is None:
                keep = [
                    number in rows_at_fault or any(value is not None for value in row)
                    for number, row in zip(numbers, zip(*read.values(), strict=True), strict=True)
                ]
            faults += (
                Problem(self.table.name, number, name, f"{name} is empty. Every row needs one.")
                for number, value, kept in zip(numbers, read[name], keep, strict=True)
                if value is None and kept and (number, name) not in faulty
            )
        return keep

    def _cards_above(self, header: Header, first: Sequence[tuple[int, Sequence[Any]]]) -> Iterator[Problem]:
        """Card numbers in the headings, or in what stands above them."""
        for number, row in first:
            if number <= header.row:
                for place in card_cells(row, self._references):
                    yield Problem(self.table.name, number, get_column_letter(place + 1), CARD_FOUND)

    def _cards_beside(self, sheet: str, rows: Rows) -> None:
        """Card numbers on a sheet that isn't read; none of its cells is a payment reference."""
        for chunk in _chunks(rows):
            self.table.problems += (
                Problem(sheet, 0, "", f"Sheet {sheet}, {get_column_letter(place + 1)}{number}: {CARD_FOUND}")
                for number, row in chunk
                for place in card_cells(row)
            )
            self._report(len(self.table))

    def _cards_aside(self, header: Header, numbers: list[int], cells: list[tuple[Any, ...]]) -> Iterator[Problem]:
        """Card numbers in columns that are left out: the file is kept whole, so that they may not be there either."""
        taken = set(header.places.values())
        for place, column in enumerate(cells):
            if place not in taken:
                name = header.unknown.get(place) or get_column_letter(place + 1)
                for i in card_cells(column, self._references):
                    yield Problem(self.table.name, numbers[i], name, CARD_FOUND)

    def _warn_unheaded(self, header: Header, cells: list[tuple[Any, ...]]) -> None:
        named = {*header.places.values(), *header.unknown}
        for place, column in enumerate(cells):
            if place not in named and any(value is not None and value != "" for value in column):
                header.unknown[place] = ""
                letter = get_column_letter(place + 1)
                message = (
                    f"Column {letter} has values and no heading (a merged heading counts for its first column only); "
                    "it was left out."
                )
                self.table.warnings.append(Problem(self.table.name, header.row, letter, message))

    def _column(self, column: Column, raw: Sequence[Any]) -> tuple[list[Any], list[tuple[int, str]]]:
        """The values of one column of a chunk, and what was wrong with which."""
        memo = self._memos[column.name]
        kinds = set(map(type, raw))
        if kinds == {type(None)}:
            return list(raw), []
        if column.kind in {Kind.TEXT, Kind.CODE, Kind.CODES}:
            tidy = column.kind != Kind.CODES and kinds <= _TEXTS and is_tidy(raw, column.length)
            found = list(raw) if tidy else [memo.fresh(value) for value in raw]
            if not column.may_look_like_card:
                self._refuse_cards(found)
        elif bool in kinds:
            found = [memo.fresh(value) for value in raw]
        else:
            found = [memo[value] for value in raw]
        bad = [(i, value.message) for i, value in enumerate(found) if type(value) is _Bad]
        for i, _ in bad:
            found[i] = None
        return found, bad

    def _refuse_cards(self, found: list[Any]) -> None:
        """Put a fault in the place of each text that holds a card number."""
        texts = [value for value in found if type(value) is str]
        if not holds_card_number(_BAR.join(texts)):
            return
        for i, value in enumerate(found):
            if type(value) is str and value not in self._references and holds_card_number(value):
                found[i] = _Bad(CARD_FOUND)


_MAY_SAY_NOTHING: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.DATE: values.read_date,
    Kind.BIRTH_DATE: values.read_birth_date,
    Kind.WRITTEN_DATE: lambda raw: raw.isoformat()[:10] if isinstance(raw, date) else values.read_text(raw, 40),
    Kind.YES_NO: values.read_yes_no,
    Kind.COUNT: values.read_count,
}
"""Kinds whose cells may hold a dash or the like for a blank."""


def _reader(column: Column, names: Names) -> Callable[[Any], Any]:
    length = column.length
    match column.kind:
        case Kind.TEXT:
            return lambda raw: values.read_text(raw, length) or None
        case Kind.CODE:
            return lambda raw: values.read_code(raw, length) or None
        case Kind.CODES:
            return lambda raw: values.read_codes(raw, length) or None
        case Kind.CHOICE:
            mapped = mapping.words_of(column, names)
            return lambda raw: values.read_choice(raw, column.words, mapped)
        case Kind.MONEY:
            return values.read_money
        case _:
            return _or_nothing(_MAY_SAY_NOTHING[column.kind])


def _or_nothing(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda raw: None if values.says_nothing(raw) else read(raw)


def is_tidy(raw: Sequence[Any], length: int) -> bool:
    """Whether texts can be taken as they are, blanks aside: looked at all at once, which costs next to nothing."""
    texts = [text for text in raw if text is not None]
    joined = f"{_BAR}{_BAR.join(texts)}{_BAR}"
    return (
        joined.isprintable()
        and not any(mark in joined for mark in ("  ", f" {_BAR}", f"{_BAR} ", _BAR * 2, "#"))
        and (not length or max(map(len, texts)) <= length)
    )


def _chunks(rows: Rows) -> Iterator[list[tuple[int, Sequence[Any]]]]:
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk
