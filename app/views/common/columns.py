"""Columns as data, and the two tables that are made of them: a short list in memory, and pages of a long one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.values import Money
from app.views.common import formats
from app.views.common.theme import scaled, tokens

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RAW_ROLE = int(Role.UserRole) + 1
"""The true value of a cell: a date, pence as `Money`, text; what Ctrl+C and an export use."""

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
        least: the column is left out of a table narrower than this, in pixels at 100 per cent.
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

    def text(self, row: R) -> str:
        """What the cell shows."""
        return self.shown(row) if self.shown else written(self.value(row))


def money_column(
    key: str,
    title: str,
    value: Callable[[R], Money | None],
    width: int = 90,
    *,
    balance: bool = False,
    sorts: bool = False,
) -> Column[R]:
    """A column of amounts; a balance says DR where it is owed and CR where it is in credit."""

    def tone(row: R) -> str:
        amount = value(row)
        return "good" if amount is not None and amount.pence < 0 else ""

    def shown(row: R) -> str:
        amount = value(row)
        return "" if amount is None else formats.balance(amount)

    if balance:
        return Column(key, title, value, width, shown=shown, tone=tone, right=True, sorts=sorts)
    return Column(key, title, value, width, right=True, sorts=sorts)


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


def copied(value: Any) -> str:
    """A true value as text for a spreadsheet: an amount is a signed number, a date is ISO."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(Decimal(value.pence).scaleb(-2))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


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

    def row_at(self, row: int) -> R | None:
        """The row at this place."""
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
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Role.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        row = self.row_at(index.row())
        if row is None:
            return "…" if role == Role.DisplayRole and index.column() == 0 else None
        if role in {Role.DisplayRole, Role.ToolTipRole}:
            return column.text(row)
        if role == RAW_ROLE:
            return column.value(row)
        if role == Role.ForegroundRole and column.tone and (tone := column.tone(row)):
            return tokens().colour(tone)
        return None


class ListModel(ColumnsModel[R]):
    """A short list, wholly in memory (a ledger of one account, the exceptions of a run)."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.rows: tuple[R, ...] = ()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_at(self, row: int) -> R | None:
        """The row at this place."""
        return self.rows[row]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)


def row_height() -> int:
    """The height of a table's row."""
    return scaled(28)
