"""The lines of a file into payments, column by column: what is read once of a day or an amount is known for all."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from app.models.values import Money
from app.services.imports import fingerprints
from app.services.imports.dto import Mistake
from app.services.imports.tables import is_tidy
from app.services.imports.values import CellError, fold, read_text
from app.services.reception_payments.files.dto_read import ReadLine
from app.services.reception_payments.files.layouts import CleanUp, Field, Form, Layout, Negatives, SignForm
from app.services.reception_payments.files.reading import cells
from app.services.reception_payments.files.reading.records import Records

_NARRATIVE, _PAYER, _MARKER, _GIVEN = 200, 120, 40, 60
_BAR: Final = "¦"
_TEXTS: Final = {str, type(None)}
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


_Columns = dict[str, list[Any]]
_LOOKED_AT: Final = {
    "reference": "reference",
    "second": "second reference",
    "code": "kind",
    "pence": "amount",
    "paid_on": "date",
    "payer": "payer",
    "narrative": "text",
    "marker": "number",
    "turns": "sign",
    "currency": "currency",
}
"""What may be wrong with a line, in words."""
_WRITTEN: Final = "Ask the sender, or change in the profile how {} are written."
_TO_DO: Final = dict.fromkeys(_LOOKED_AT, "Ask the sender to put it right.") | {
    "code": "Say in the profile what this kind of line is.",
    "pence": _WRITTEN.format("amounts"),
    "paid_on": _WRITTEN.format("days"),
    "turns": "Say in the profile which words mean money that goes back.",
    "currency": "Ask the sender: it has to be paid in pounds.",
}
"""What an officer does about it."""
_SAID: Final = ("second", "given", "pence", "paid_on", "payer", "narrative", "marker")
"""What a line is known again by: as it was written, whatever its profile makes of it."""


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
        columns = self._read()
        columns = _without(columns, self._over(columns))
        self.passed_over = self.counted - len(columns["place"])
        columns = _without(columns, self._wrong(columns))
        self._sign(columns)
        columns = _without(columns, self._refused(columns))
        days = {day: day.isoformat() for day in set(columns["paid_on"])}
        said = columns | {"paid_on": [days[day] for day in columns["paid_on"]]}
        prints = list(fingerprints.line_fingerprints(_PRINTS, [said[name] for name in _SAID]))
        times = fingerprints.occurrences(prints)
        columns["once"] = [f"{mark}:{time}" for mark, time in zip(prints, times, strict=True)]
        return map(ReadLine._make, zip(*(columns[name] for name in ReadLine._fields), strict=True))

    def _read(self) -> _Columns:
        layout = self.layout
        return {
            "place": [number for number, _ in self._found.lines],
            "reference": self._references(Field.REFERENCE),
            "second": self._references(Field.SECOND),
            "given": self._texts(Field.REFERENCE, _GIVEN),
            "code": self._codes(),
            "pence": self._each(Field.AMOUNT, cells.reader_of_amounts(layout), None),
            "paid_on": self._days(),
            "payer": self._texts(Field.PAYER, _PAYER),
            "narrative": self._texts(Field.NARRATIVE, _NARRATIVE),
            "marker": self._texts(Field.MARKER, _MARKER),
            "turns": self._turns(),
            "currency": self._each(Field.CURRENCY, cells.read_currency, ""),
        }

    def _over(self, columns: _Columns) -> set[int]:
        """The lines that are no payments: of a kind that is passed over, or of nothing."""
        if "" not in columns["code"] and 0 not in columns["pence"]:
            return set()
        both = zip(columns["code"], columns["pence"], strict=True)
        return {at for at, (code, pence) in enumerate(both) if code == "" or pence == 0}

    def _wrong(self, columns: _Columns) -> set[int]:
        """The lines that can't be read, each told."""
        wrong: set[int] = set()
        for name, words in _LOOKED_AT.items():
            values = columns[name]
            if None not in values and _Bad not in set(map(type, values)):
                continue
            for at, value in enumerate(values):
                if value is None or type(value) is _Bad:
                    told = f"There is no {words}." if value is None else str(value)
                    self.mistakes.append(Mistake(columns["place"][at], words, told, _TO_DO[name]))
                    wrong.add(at)
        return wrong

    def _sign(self, columns: _Columns) -> None:
        """Make payments positive, and what goes back negative, under the code that takes it."""
        if self.layout.turned or True in columns["turns"]:
            both = zip(columns["pence"], columns["turns"], strict=True)
            columns["pence"] = [-pence if turns is not self.layout.turned else pence for pence, turns in both]
        both = zip(columns["code"], columns["pence"], strict=True)
        columns["code"] = [_BACK.get(code, code) if pence < 0 else code for code, pence in both]

    def _refused(self, columns: _Columns) -> set[int]:
        """The lines that go back where the profile has none, each told."""
        if self.layout.negatives is not Negatives.REFUSED:
            return set()
        refused = {at for at, pence in enumerate(columns["pence"]) if pence < 0}
        for at in refused:
            words = f"{Money(-columns['pence'][at])} goes back, and the profile has no negative lines."
            hint = "Say in the profile what they are, if they are real."
            self.mistakes.append(Mistake(columns["place"][at], "amount", words, hint))
        return refused

    def _texts(self, field: Field, most: int) -> list[Any]:
        """Texts, shortened to what fits."""
        raw = self._raw(field)
        if raw is not None and _all_texts(raw) and is_tidy(raw, most):
            return [each or "" for each in raw]
        return self._each(field, lambda each: read_text(each)[:most], "")

    def _references(self, field: Field) -> list[Any]:
        """References as they are looked up; of a tidy column all at once."""
        raw = self._raw(field)
        clean_up = self.layout.clean_up
        if raw is not None and _all_texts(raw) and is_tidy(raw, _GIVEN):
            found = _BAR.join(each or "" for each in raw).upper().replace(" ", "").split(_BAR)
            if len(found) == len(raw):
                return found if clean_up == CleanUp() else [cells.cleaned(each, clean_up) for each in found]
        return self._each(field, cells.reader_of_references(clean_up), "")

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


def _all_texts(raw: Sequence[Any]) -> bool:
    """Whether a column has texts and blanks only, and one text at least."""
    return str in (kinds := set(map(type, raw))) and kinds <= _TEXTS


def _without(columns: _Columns, places: set[int]) -> _Columns:
    """The columns without some lines."""
    if not places:
        return columns
    keep = [at not in places for at in range(len(columns["place"]))]
    return {name: list(itertools.compress(values, keep)) for name, values in columns.items()}
