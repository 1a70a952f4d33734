"""What stands in the cells of an entry grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Money
from app.views.common import icons
from app.views.common.fields_protocol import Field
from app.views.common.theme import tokens

Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """A column of an entry grid.

    Attributes:
        make: makes the field that is typed into, such as `lambda: MoneyField(required=True)`.
        width: in pixels at 100 per cent.
        right: whether figures stand at the right.
        total: whether its amounts are added up under the grid.
    """

    key: str
    title: str
    make: Callable[[], QWidget]
    width: int
    right: bool = False
    total: bool = False


class EntryModel(QAbstractTableModel):
    """Rows of what was typed, the last one always empty; a field of each column reads and writes it."""

    def __init__(self, columns: Sequence[EntryColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.readers = [cast("Field", column.make()) for column in columns]
        self._blank = [reader.typed() for reader in self.readers]
        self._rows: list[list[Any]] = [list(self._blank)]
        self._errors: dict[tuple[int, int], str] = {}

    # What officers typed

    def filled(self) -> list[int]:
        """The rows in which anything stands."""
        return [at for at, row in enumerate(self._rows) if row != self._blank]

    def values(self) -> list[dict[str, Any]]:
        """What is meant, a row each; empty rows are left out."""
        return [{column.key: self._value(row, at) for at, column in enumerate(self.columns)} for row in self.filled()]

    def typed(self) -> list[dict[str, Any]]:
        """What stands there, for a draft."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, self._rows[row], strict=True)) for row in self.filled()]

    def retype(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put back what stood there."""
        self.beginResetModel()
        self._errors.clear()
        self._rows = [
            [row.get(column.key, blank) for column, blank in zip(self.columns, self._blank, strict=True)]
            for row in rows
        ]
        self._rows.append(list(self._blank))
        self.endResetModel()

    def write(self, row: int, at: int, typed: Any) -> bool:
        """Something is typed in a cell; whether it is anything else than before. An empty row always follows the last."""
        if self._rows[row][at] == typed:
            return False
        self._rows[row][at] = typed
        self._errors.pop((row, at), None)
        if row == len(self._rows) - 1:
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self._rows.append(list(self._blank))
            self.endInsertRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        return True

    def take_out(self, row: int) -> None:
        """Remove a row."""
        if row == len(self._rows) - 1:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self._errors.clear()
        self.endRemoveRows()

    def cell(self, row: int, at: int) -> Any:
        """What stands in a cell."""
        return self._rows[row][at]

    def total(self) -> Money:
        """The sum of the columns that are added up; what can't be read counts nothing."""
        found = ZERO
        for at, column in enumerate(self.columns):
            if column.total:
                amounts = [self._value(row, at) for row in self.filled()]
                found += Money(sum(amount.pence for amount in amounts if isinstance(amount, Money)))
        return found

    # What is wrong

    def check(self) -> tuple[int, int] | None:
        """Look through every filled row; the first cell that can't be taken, all of them marked."""
        wrong = {}
        for row in self.filled():
            for at in range(len(self.columns)):
                if problem := self.problem(row, at):
                    wrong[row, at] = problem
        self.mark(wrong)
        return min(wrong, default=None)

    def problem(self, row: int, at: int) -> str:
        """Why what stands in a cell can't be taken."""
        return self._reader(row, at).problem()

    def mark(self, wrong: Mapping[tuple[int, int], str]) -> None:
        """Mark these cells, by row and column, with what is wrong; no others."""
        self._errors = dict(wrong)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def wrong(self) -> int:
        """How many cells are marked."""
        return len(self._errors)

    def error(self, row: int, at: int) -> str:
        """What is wrong with a cell."""
        return self._errors.get((row, at), "")

    # Qt's part

    def rowCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802
        """How many rows, the empty one included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell is typed into."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Role.DisplayRole)) -> Any:  # noqa: N802
        """Titles above, numbers at the left."""
        if role == Role.DisplayRole:
            return self.columns[section].title if orientation is Qt.Orientation.Horizontal else str(section + 1)
        if role == Role.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return int(_side(self.columns[section]) | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        """The words of a cell, and how they look."""
        row, at = index.row(), index.column()
        error = self.error(row, at)
        if role == Role.DisplayRole:
            typed = self._rows[row][at]
            return f"{typed[1]}   {typed[2]}".strip() if isinstance(typed, list) else str(typed)
        if role == Role.TextAlignmentRole:
            return int(_side(self.columns[at]) | Qt.AlignmentFlag.AlignVCenter)
        if role in {Role.ToolTipRole, Role.AccessibleDescriptionRole}:
            return error or None
        if role == Role.AccessibleTextRole:
            return f"{self.columns[at].title}, row {row + 1}: {self.data(index)}{f'. {error}' if error else ''}"
        if error and role == Role.ForegroundRole:
            return tokens().colour("bad")
        if error and role == Role.DecorationRole:
            return icons.icon("alert-circle-outline", "bad")
        return None

    def _reader(self, row: int, at: int) -> Field:
        reader = self.readers[at]
        reader.retype(self._rows[row][at])
        return reader

    def _value(self, row: int, at: int) -> Any:
        return self._reader(row, at).value()


def _side(column: EntryColumn) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
