"""The table that every page shows: keyboard first, widths remembered, copies true values."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.views.common.columns import RAW_ROLE, ColumnsModel, copied, row_height
from app.views.common.remembered import store
from app.views.common.theme import scaled, tokens

_COPY_ROWS = 10_000


class DataTable(QTableView):
    """Rows of a `ColumnsModel`.

    Args:
        name: what the table is called for screen readers and for its remembered widths.
        stretch: the column that takes the room left over.
        empty: what stands there when there are no rows.

    Signals:
        chosen(row): the current row changed, by mouse or keyboard; the row's object, or None.
        opened(row): Enter or a double click on a row.
        sort_wanted(key, descending): a click on a title that sorts.
    """

    chosen = Signal(object)
    opened = Signal(object)
    sort_wanted = Signal(str, bool)

    def __init__(
        self, name: str, model: ColumnsModel[Any], *, stretch: str = "", empty: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(name)
        self.columns = model
        self._stretch = next((at for at, column in enumerate(model.columns) if column.key == stretch), -1)
        self._order = ("", False)
        self._empty = empty
        self.setModel(model)
        model.setParent(self)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._heads()
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(lambda index: self.opened.emit(model.row_at(index.row())))

    def row(self) -> Any:
        """The row that the officer is on, or None."""
        index = self.currentIndex()
        return self.columns.row_at(index.row()) if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Move to the row at this place, from 0."""
        self.setCurrentIndex(self.columns.index(place, 0))

    def hide_empty_columns(self, most: int = 1_000) -> None:
        """Leave out the columns that hold nothing in any of the first rows."""
        rows = [self.columns.row_at(place) for place in range(min(most, self.columns.rowCount()))]
        for at, column in enumerate(self.columns.columns):
            held = not rows or any(row is not None and column.value(row) is not None for row in rows)
            self.setColumnHidden(at, not held)

    def _heads(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(scaled(36))
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSectionsClickable(any(column.sorts for column in self.columns.columns))
        head.sectionClicked.connect(self._sort)
        head.sectionResized.connect(self._remember)
        side = self.verticalHeader()
        side.setVisible(False)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._size()
        if self._stretch >= 0:
            head.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)

    def _size(self) -> None:
        """Set widths (the officer's own, else the column's) and the height of rows, for the text size in force."""
        self.verticalHeader().setMinimumSectionSize(row_height())
        self.verticalHeader().setDefaultSectionSize(row_height())
        kept = store()
        for at, column in enumerate(self.columns.columns):
            width = kept.value(self._key(column.key), column.width, type=int)
            if at != self._stretch:
                self.setColumnWidth(at, scaled(float(str(width))))

    def _key(self, column: str) -> str:
        return f"widths/{self.objectName()}/{column}".replace(" ", "_")

    def _remember(self, at: int, _before: int, width: int) -> None:
        if self.isVisible() and at != self._stretch and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            store().setValue(self._key(self.columns.columns[at].key), round(width / scaled(100) * 100))

    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.columns.row_at(current.row()) if current.isValid() else None)

    def _sort(self, at: int) -> None:
        column = self.columns.columns[at]
        if column.sorts:
            self._order = (column.key, not self._order[1] if self._order[0] == column.key else False)
            self.columns.show_order(*self._order)
            self.sort_wanted.emit(*self._order)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Size anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out what has no room, and keep the current row in sight."""
        super().resizeEvent(event)
        for at, column in enumerate(self.columns.columns):
            if column.least:
                self.setColumnHidden(at, self.width() < scaled(column.least))
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the rows, or the words that stand for none."""
        super().paintEvent(event)
        if self._empty and self.columns.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(tokens().colour("muted"))
            room = self.viewport().rect().adjusted(scaled(14), scaled(12), -scaled(14), 0)
            painter.drawText(
                room,
                int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap),
                self._empty,
            )
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+C copies true values; Enter opens."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.opened.emit(self.row())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as tab-separated true values, with the titles above them."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())[:_COPY_ROWS]
        columns = self.columns.columns
        lines = ["\t".join(column.title for column in columns)]
        for place in chosen:
            cells = (self.columns.index(place, at).data(RAW_ROLE) for at in range(len(columns)))
            lines.append("\t".join(copied(cell).replace("\t", " ").replace("\n", " ") for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))
