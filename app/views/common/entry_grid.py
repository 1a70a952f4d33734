"""The grid for entering many rows, such as the cheques of a batch: number pad and Enter, no mouse.

    grid = EntryGrid("Cheques", (
        EntryColumn("account", "Account", lambda: account_picker(find), 260),
        EntryColumn("amount", "Amount", lambda: MoneyField(required=True), 110, right=True, total=True),
    ))
    form.add("lines", "&Cheques", grid)      # it is a field: its value is a list of rows, its draft what stands in them

Enter and Tab go on, at the end into a new row, and from an empty row out of the grid; Shift+Tab goes back; Ctrl+Delete removes
a row; Esc in a cell puts back what stood there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyledItemDelegate, QTableView, QWidget
from shiboken6 import isValid

from app.views.common import formats
from app.views.common.columns import row_height
from app.views.common.enter import is_enter
from app.views.common.entry_model import EntryColumn, EntryModel
from app.views.common.fields_pickers import Picker
from app.views.common.fields_protocol import Field
from app.views.common.parts import column, label, row
from app.views.common.theme import scaled

Index = QModelIndex | QPersistentModelIndex
_ROWS_SHOWN: Final = 7
_HINTS = QAbstractItemDelegate.EndEditHint


class _Delegate(QStyledItemDelegate):
    """Puts the field of a column into the cell that is typed in; Enter goes on as Tab does."""

    def __init__(self, model: EntryModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._typed_in: tuple[QWidget, QPersistentModelIndex] | None = None

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:  # noqa: N802
        """The field."""
        made = self._model.columns[index.column()]
        field = made.make()
        field.setParent(parent)
        field.setProperty("cell", "true")
        field.setAccessibleName(f"{made.title}, row {index.row() + 1}")
        self._typed_in = (field, QPersistentModelIndex(index))
        return field

    def take_typed(self) -> None:
        """Take what stands in the cell that is typed in, as if it had been left."""
        if self._typed_in is None or not isValid(self._typed_in[0]):
            return
        editor, index = self._typed_in
        if index.isValid() and cast("Field", editor).typed() != self._model.cell(index.row(), index.column()):
            self.setModelData(editor, self._model, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Show what stands in the cell, ready to be typed over."""
        cast("Field", editor).retype(self._model.cell(index.row(), index.column()))
        if hasattr(editor, "selectAll"):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: N802
        """Take what was typed, written as the office writes it."""
        if hasattr(editor, "tidy"):
            editor.tidy()
        self._model.write(index.row(), index.column(), cast("Field", editor).typed())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter goes on, once what was typed into a cell that is looked up has its answer."""
        if isinstance(editor, QWidget) and is_enter(event):
            if not (isinstance(editor, Picker) and editor.wait_for_answer(partial(self._go_on, editor))):
                self._go_on(editor)
            return True
        return super().eventFilter(editor, event)

    def _go_on(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, _HINTS.EditNextItem)


class _Table(QTableView):
    """The cells; what is typed goes into the one that is current."""

    def __init__(self, model: EntryModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self._cells = _Delegate(model, self)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(name)
        self.setProperty("role", "entry")
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.clicked.connect(self._type_in)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.verticalHeader().setMinimumWidth(scaled(36))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        for at, made in enumerate(model.columns):
            self.setColumnWidth(at, scaled(made.width))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Go on to the next cell or back to the one before, by rows; from the empty last row, or back from the first, leave."""
        now = self.currentIndex()
        super().closeEditor(editor, _HINTS.NoHint)
        step = {_HINTS.EditNextItem: 1, _HINTS.EditPreviousItem: -1}.get(hint, 0)
        if not step or not now.isValid():
            return
        ends = now.row() == self.model().rowCount() - 1 if step > 0 else (now.row(), now.column()) == (0, 0)
        if ends:
            self.focusNextPrevChild(step > 0)
        else:
            self.go(now.row(), now.column() + step)

    def go(self, at_row: int, at_column: int) -> None:
        """Type in this cell; past the last column it is the first of the next row, which is there."""
        model, columns = self.model(), self.model().columnCount()
        place = min(max(0, at_row * columns + at_column), model.rowCount() * columns - 1)
        index = model.index(place // columns, place % columns)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._type_in(index)

    def take_typed(self) -> None:
        """A primary action comes while a cell is typed in: what stands there counts."""
        if self.state() is QAbstractItemView.State.EditingState:
            self._cells.take_typed()

    def _type_in(self, index: Index) -> None:
        if self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter on a cell begins typing in it; Ctrl+Delete removes its row."""
        now = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            cast("EntryModel", self.model()).take_out(now.row())
        elif is_enter(event) and now.isValid():
            self._type_in(now)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Typing begins at the first empty row, unless a cell was clicked."""
        fresh = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if fresh and event.reason() is not Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        """Unless the officer has moved on meanwhile."""
        if self.hasFocus():
            self.go(self.model().rowCount() - 1, 0)


class EntryGrid(QWidget):
    """Rows of fields with a running total: a field of a form, whose value is a list of rows.

    Signals:
        changed: something else is typed.
        left, told: as of every field.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)

    def __init__(self, name: str, columns: Sequence[EntryColumn], *, one: str = "row", many: str = "") -> None:
        super().__init__()
        self._one, self._many = one, many
        self._model = EntryModel(columns)
        for reader in self._model.readers:
            cast("QWidget", reader).setParent(self)
            cast("QWidget", reader).hide()
        self.table = _Table(self._model, name)
        self.table.setMinimumHeight(row_height() * _ROWS_SHOWN)
        self._wrong = label("", wrap=True, tone="bad")
        self._count = label("", "muted")
        self._total = label("", "strong")
        self._wrong.setVisible(False)
        foot = row(None, self._count, 12, self._total)
        column(self, self.table, self._wrong, foot, spacing=6).setStretch(0, 1)
        self.setFocusProxy(self.table)
        self._model.dataChanged.connect(lambda *_: self._follow())
        self._model.rowsRemoved.connect(lambda *_: self._follow())
        self._model.modelReset.connect(self._follow)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._follow()

    # A field of a form

    def value(self) -> Any:
        """The filled rows, each a value by column."""
        self.table.take_typed()
        return self._model.values()

    def set_value(self, value: Any) -> None:
        """Empty it, or put back rows as they were typed."""
        self._model.retype(value or ())

    def typed(self) -> Any:
        """What stands in the filled rows."""
        return self._model.typed()

    def retype(self, typed: Any) -> None:
        """Put back what stood there."""
        self._model.retype(typed or ())

    def problem(self) -> str:
        """What is wrong in the first cell that can't be taken; every such cell is marked."""
        self.table.take_typed()
        first = self._model.check()
        if first is None:
            return ""
        self.table.go(*first)
        self._tell()
        wrong = self._model.wrong()
        return f"{formats.count(wrong, 'cell')} to put right, the first in row {first[0] + 1}."

    # What a page asks

    def total(self) -> Any:
        """The sum of the amounts."""
        return self._model.total()

    def show_errors(self, wrong: Mapping[tuple[int, str], str]) -> None:
        """Mark cells that a service refused, by number of the filled row and key; the first is gone to."""
        keys = [each.key for each in self._model.columns]
        filled = self._model.filled()
        cells = {(filled[at], keys.index(key)): words for (at, key), words in wrong.items()}
        self._model.mark(cells)
        if cells:
            self.table.go(*min(cells))
            self._tell()

    def error(self, at_row: int, key: str) -> str:
        """What is wrong with a cell, by its row."""
        return self._model.error(at_row, [each.key for each in self._model.columns].index(key))

    def _follow(self) -> None:
        self._count.setText(formats.count(len(self._model.filled()), self._one, self._many))
        if any(each.total for each in self._model.columns):
            self._total.setText(f"Total {self._model.total()}")
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Say what is wrong with the cell that is current."""
        now = self.table.currentIndex()
        words = self._model.error(now.row(), now.column()) if now.isValid() else ""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
