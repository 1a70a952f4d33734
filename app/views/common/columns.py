"""Columns as data, and the two tables that are made of them: a short list in memory, and pages of a long one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.values import Money
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.ordering import places as places_by
from app.views.common.theme import scaled, tokens

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RAW_ROLE = int(Role.UserRole) + 1
"""The true value of a cell: a date, pence as `Money`, text; what Ctrl+C and an export use."""
SHORTER_ROLE = RAW_ROLE + 1
"""Shorter words for a cell, the longest first, where what it shows has no room."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a table.

    Attributes:
        key: its name for sorting and for the remembered width.
        title: what stands above it.
        value: the true value of a row's cell.
        width: in pixels at 100 per cent.
        shown: how the value is written; dates and money know themselves.
        tone: a token to colour a cell by (bad, good, muted), besides what the words say.
        sorts: whether a click on the title asks for this order.
        least: the column is the first to be left out where the room ends; of several, the one with the largest number.
        holds: what it holds, for exports; where nothing is said the values say it.
        total: exports have its sum under it.
        balance: its amounts read DR or CR.
        signed: what is below zero has a minus, as a bank writes it; else it is a credit and says CR.
        spare: hidden until the officer asks for it.
        firm: never cut; amounts, numbers and dates are so anyway.
        shorter: shorter words for a row's cell, the longest first, where the whole has no room; the tip has the whole.
        floor: words are not cut to less than this, in pixels at 100 per cent, while another column can be left out.
    """

    key: str
    title: str
    value: Callable[[R], Any]
    width: int = 100
    shown: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    right: bool = False
    sorts: bool = False
    least: int = 0
    holds: Holds | None = None
    total: bool = False
    balance: bool = False
    signed: bool = False
    spare: bool = False
    firm: bool = False
    floor: int = 0
    shorter: Callable[[R], tuple[str, ...]] | None = None

    def text(self, row: R) -> str:
        """What the cell shows."""
        if self.shown:
            return self.shown(row)
        value = self.value(row)
        return minus(value) if self.signed and isinstance(value, Money) else written(value)


def money_column(
    key: str,
    title: str,
    value: Callable[[R], Money | None],
    width: int = 90,
    *,
    balance: bool = False,
    sorts: bool = False,
    total: bool = False,
) -> Column[R]:
    """A column of amounts; a balance says DR where it is owed and CR where it is in credit."""
    held = Holds.POUNDS

    def tone(row: R) -> str:
        amount = value(row)
        return "good" if amount is not None and amount.pence < 0 else ""

    def shown(row: R) -> str:
        amount = value(row)
        return "" if amount is None else formats.balance(amount)

    if balance:
        return Column(
            key,
            title,
            value,
            width,
            shown=shown,
            tone=tone,
            right=True,
            sorts=sorts,
            holds=held,
            total=total,
            balance=True,
        )
    return Column(key, title, value, width, right=True, sorts=sorts, holds=held, total=total)


def minus(amount: Money) -> str:
    """An amount for a column in which less than nothing has a minus: `-104.20`."""
    return str(amount).replace("\N{POUND SIGN}", "")


def written(value: Any) -> str:
    """A value as the office writes it."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return value.plain()
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


class ColumnsModel(QAbstractTableModel, Generic[R]):
    """A table of rows by columns; `row_at` says which row, or None where it has not come yet."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._order = ("", False)

    def show_order(self, key: str, descending: bool) -> None:
        """Mark the title of the column that the rows are sorted by."""
        self._order = (key, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def can_order(self, column: Column[R]) -> bool:
        """Whether a click on its title sorts the rows."""
        return column.sorts

    def row_at(self, row: int) -> R | None:
        """The row at this place."""
        raise NotImplementedError

    def held(self) -> Sequence[R]:
        """The rows that are in memory."""
        raise NotImplementedError

    def in_memory(self, places: Sequence[tuple[int, int]]) -> Sequence[R] | None:
        """The rows at these places (first and last, inclusive), or None if one of them has not come yet."""
        raise NotImplementedError

    def reader(self, places: Sequence[tuple[int, int]] | None = None) -> Callable[[Any], Iterator[R]]:
        """What gives the rows at these places (first and last, inclusive; None for all) to a worker with a context.

        It keeps what the table shows now, whatever the table shows when it is called.
        """
        raise NotImplementedError

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Role.DisplayRole)) -> Any:  # noqa: N802
        """The titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            mark = {(column.key, False): "  ↑", (column.key, True): "  ↓"}.get(self._order, "")
            return column.title + mark
        if role == Role.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        """What a cell shows, its true value, its side and its colour; memory only."""
        return self._cell(index.column(), self.row_at(index.row()), role) if index.isValid() else None

    def multiData(self, index: Index, roleDataSpan: Any) -> None:  # noqa: N802, N803  Qt's names; its stubs index no span
        """The same for all that a cell is drawn with, asked at once.

        While a cell is drawn the interpreter changes hands at each question, and a worker that is busy gives it back
        only after a while.
        """
        at, row = index.column(), self.row_at(index.row())
        for number in range(roleDataSpan.size()):
            asked = roleDataSpan[number]
            found = self._cell(at, row, asked.role())
            if found is None:
                asked.clearData()
            else:
                asked.setData(found)

    def _cell(self, at: int, row: R | None, role: int) -> Any:
        column = self.columns[at]
        if role == Role.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if row is None:
            return "…" if role == Role.DisplayRole and at == 0 else None
        if role in {Role.DisplayRole, Role.ToolTipRole}:
            return column.text(row)
        if role == RAW_ROLE:
            return column.value(row)
        if role == SHORTER_ROLE:
            return column.shorter(row) if column.shorter else ()
        if role == Role.ForegroundRole and column.tone and (tone := column.tone(row)):
            return tokens().colour(tone)
        return None


class ListModel(ColumnsModel[R]):
    """A short list, wholly in memory (the charges of one account, the exceptions of a run).

    Args:
        in_turn: one row follows from another, as in a ledger with its balances: no title sorts them.

    Attributes:
        rows: as they are shown.
    """

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None, *, in_turn: bool = False) -> None:
        super().__init__(columns, parent)
        self.rows: tuple[R, ...] = ()
        self._in_turn = in_turn
        self._came: tuple[R, ...] = ()
        self._places: list[int] = []

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows instead, in the order that the officer chose, else as they come."""
        self.beginResetModel()
        self._came = tuple(rows)
        self._sort()
        self.endResetModel()

    def can_order(self, column: Column[R]) -> bool:
        """Every column that has a title."""
        return bool(column.title) and not self._in_turn

    def show_order(self, key: str, descending: bool) -> None:
        """Sort by a column, or with no key as the rows came; whoever is on a row stays on it."""
        before = self._places
        self.layoutAboutToBeChanged.emit()
        super().show_order(key, descending)
        self._sort()
        now = {came: at for at, came in enumerate(self._places)}
        held = self.persistentIndexList()
        self.changePersistentIndexList(held, [self.index(now[before[each.row()]], each.column()) for each in held])
        self.layoutChanged.emit()

    def _sort(self) -> None:
        key, descending = self._order
        column = next((each for each in self.columns if each.key == key), None)
        self._places = (
            list(range(len(self._came))) if column is None else places_by(self._came, column, descending=descending)
        )
        self.rows = tuple(self._came[at] for at in self._places)

    def row_at(self, row: int) -> R | None:
        """The row at this place."""
        return self.rows[row]

    def held(self) -> Sequence[R]:
        """Every row."""
        return self.rows

    def in_memory(self, places: Sequence[tuple[int, int]]) -> Sequence[R]:
        """The rows at these places."""
        return [row for first, last in places for row in self.rows[first : last + 1]]

    def reader(self, places: Sequence[tuple[int, int]] | None = None) -> Callable[[Any], Iterator[R]]:
        """The rows as they are now."""
        rows = self.rows if places is None else self.in_memory(places)
        return lambda _ctx: iter(rows)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)


def row_height() -> int:
    """The height of a table's row."""
    return scaled(28)
