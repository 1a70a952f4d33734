"""The lines of a file into payments, column by column: what is read once of a day or an amount is known for all."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Final, NamedTuple

from app.models.values import Money
from app.services.imports import fingerprints
from app.services.imports.dto import Mistake
from app.services.imports.values import CellError, fold, read_text
from app.services.reception_payments.files.dto_read import ReadLine
from app.services.reception_payments.files.layouts import Field, Form, Layout, Negatives, SignForm
from app.services.reception_payments.files.reading import cells
from app.services.reception_payments.files.reading.records import Records

_NARRATIVE, _PAYER, _MARKER = 200, 120, 40
_PRINTS: Final = "receipts"
_BACK: Final = {"RQP": "RRC", "RPO": "RRC"}
"""Codes that only come in, and those by which their money goes back."""


class _Bad(str):
    """Why a cell can't be read."""

    __slots__ = ()


class _Memo(dict[Any, Any]):
    """Cells that were read: days and amounts come again and again."""

    def __init__(self, read_one: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read_one

    def __missing__(self, raw: Any) -> Any:
        try:
            value = self._read(raw)
        except CellError as error:
            value = _Bad(error)
        self[raw] = value
        return value


class _Row(NamedTuple):
    """The values of a line before it is known to be right; what can't be read is a `_Bad`."""

    place: int
    reference: Any
    second: Any
    given: Any
    code: Any
    pence: Any
    paid_on: Any
    payer: Any
    narrative: Any
    marker: Any
    turns: Any
    currency: Any


_NAMED: Final = (
    "reference",
    "second reference",
    "kind",
    "amount",
    "date",
    "payer",
    "text",
    "number",
    "sign",
    "currency",
)
_FAULTS: Final = attrgetter(
    "reference", "second", "code", "pence", "paid_on", "payer", "narrative", "marker", "turns", "currency"
)


def _is_wrong(value: Any) -> bool:
    return value is None or type(value) is _Bad


class LineReader:
    """The payments of a file, and what is wrong with which line."""

    def __init__(self, found: Records, layout: Layout, paid_on: date | None) -> None:
        self.layout = layout
        self._found = found
        self._paid_on = paid_on
        self._columns: list[tuple[Any, ...]] = (
            [] if layout.form is Form.FIXED else list(itertools.zip_longest(*(row for _, row in found.lines)))
        )
        self.mistakes: list[Mistake] = []
        self.passed_over = 0
        self.counted = len(found.lines)

    def lines(self) -> Iterator[ReadLine]:
        """The payments in their order; lines with a mistake are left out."""
        whole = [row for row in self._whole() if self._stands(row)]
        fixed = [self._signed(row) for row in whole]
        said = zip(*((*row[2:4], *row[5:]) for row in fixed), strict=True)
        prints = list(fingerprints.line_fingerprints(_PRINTS, said))
        for row, mark, time in zip(fixed, prints, fingerprints.occurrences(prints), strict=True):
            yield ReadLine._make((*row, f"{mark}:{time}"))

    def _whole(self) -> Iterator[_Row]:
        layout = self.layout
        clean = cells.reader_of_references(layout.clean_up)
        return map(
            _Row._make,
            zip(
                [number for number, _ in self._found.lines],
                self._each(Field.REFERENCE, clean, ""),
                self._each(Field.SECOND, clean, ""),
                self._each(Field.REFERENCE, cells.given, ""),
                self._codes(),
                self._each(Field.AMOUNT, cells.reader_of_amounts(layout), None),
                self._days(),
                self._each(Field.PAYER, lambda raw: read_text(raw)[:_PAYER], ""),
                self._each(Field.NARRATIVE, lambda raw: read_text(raw)[:_NARRATIVE], ""),
                self._each(Field.MARKER, lambda raw: read_text(raw)[:_MARKER], ""),
                self._turns(),
                self._each(Field.CURRENCY, cells.read_currency, ""),
                strict=True,
            ),
        )

    def _stands(self, row: _Row) -> bool:
        """Whether a line is a payment; one that is wrong is noted, one that is none is counted."""
        if row.code == "" or row.pence == 0:
            self.passed_over += 1
            return False
        faults = {name: value for name, value in zip(_NAMED, _FAULTS(row), strict=True) if _is_wrong(value)}
        for name, value in faults.items():
            self.mistakes.append(Mistake(row.place, name, f"There is no {name}." if value is None else str(value)))
        if not faults and self._pence(row) < 0 and self.layout.negatives is Negatives.REFUSED:
            words = f"{Money(-self._pence(row))} goes back, and the profile has no negative lines."
            hint = "Say in the profile what they are, if they are real."
            self.mistakes.append(Mistake(row.place, "amount", words, hint))
            return False
        return not faults

    def _signed(self, row: _Row) -> tuple[Any, ...]:
        """What is kept of a line."""
        pence = self._pence(row)
        code = _BACK.get(row.code, row.code) if pence < 0 else row.code
        return (*row[:4], code, pence, *row[6:10])

    def _pence(self, row: _Row) -> int:
        return int(-row.pence if row.turns is not self.layout.turned else row.pence)

    def _raw(self, field: Field) -> Sequence[Any] | None:
        """The cells of a column, blanks as None; None where the file has no such column."""
        column = self.layout.column(field)
        if column is None:
            return None
        if self.layout.form is Form.FIXED:
            start, end = column.place - 1, column.place - 1 + column.length
            return [row[0][start:end].strip() or None for _, row in self._found.lines]
        at = self._found.places[column]
        return self._columns[at] if at < len(self._columns) else None

    def _each(self, field: Field, read_one: Callable[[Any], Any], blank: Any) -> list[Any]:
        """The values of a column."""
        raw = self._raw(field)
        if raw is None:
            return [blank] * self.counted
        memo = _Memo(read_one)
        memo[None] = blank
        return [memo[each] for each in raw]

    def _days(self) -> list[Any]:
        if self.layout.column(Field.DATE) is None:
            return [self._paid_on] * self.counted
        return self._each(Field.DATE, cells.reader_of_dates(self.layout), None)

    def _codes(self) -> list[Any]:
        """The code of each line; empty of one that is no receipt."""
        layout = self.layout
        codes = {fold(word): code for word, code in layout.codes}
        over = {fold(word) for word in layout.passed_over}

        def code_of(raw: Any) -> str:
            word = read_text(raw)
            if fold(word) in over:
                return ""
            if not (found := codes.get(fold(word), layout.code)):
                raise CellError(f"The kind '{word}' isn't in the profile, so that its code isn't known.")
            return found

        return self._each(Field.TYPE, code_of, layout.code or None)

    def _turns(self) -> list[Any]:
        """Whether each amount is turned by its sign column."""
        if self.layout.sign is not SignForm.COLUMN:
            return [False] * self.counted
        minus = {word.casefold() for word in self.layout.minus_words}
        return self._each(Field.SIGN, lambda raw: read_text(raw).casefold() in minus, blank=False)
