"""The table that every page shows: keyboard first, columns remembered, copies true values, exported and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.services.workbench.listing import Listing
from app.views.common.columns import ColumnsModel, row_height
from app.views.common.enter import is_enter
from app.views.common.leaving import copied, heading, order_in_words
from app.views.common.parts import made_viewport
from app.views.common.places import Places, count_of, first_rows, joined
from app.views.common.short_names import Shortening
from app.views.common.table_columns import TableColumns
from app.views.common.table_desk import desk_of
from app.views.common.theme import scaled, tokens

MOST_COPIED, _SEARCHED = 50_000, 5_000


class DataTable(QTableView):
    """Rows of a `ColumnsModel`.

    Args:
        name: what the table is called for screen readers, in exports and for what is remembered of its columns.
        stretch: the column that takes the room left over.
        empty: what stands there when there are no rows.

    Signals:
        chosen(row): the current row changed, by mouse or keyboard; the row's object, or None.
        opened(row): Enter or a double click on a row.
        sort_wanted(key, descending): a click on a title that sorts.
        choice_changed: other rows are chosen.
        typed(text): a letter was typed in a table whose rows are not all in memory.
        menu_opening(QMenu): add what else can be done with the chosen rows.
    """

    chosen = Signal(object)
    opened = Signal(object)
    sort_wanted = Signal(str, bool)
    choice_changed = Signal()
    typed = Signal(str)
    menu_opening = Signal(object)

    def __init__(
        self, name: str, model: ColumnsModel[Any], *, stretch: str = "", empty: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setViewport(made_viewport())
        self.setObjectName(name)
        self.setAccessibleName(name)
        self.columns = model
        self.title: Callable[[], str] = lambda: name
        self.shown: Callable[[], tuple[str, ...]] = tuple
        self._order = ("", False)
        self._empty = empty or "There is nothing to show here."
        self._stretch = stretch
        self.setModel(model)
        model.setParent(self)
        self._behave()
        self.layout_of_columns = TableColumns(self, stretch)
        head = self.horizontalHeader()
        head.setSelectionModel(QItemSelectionModel(model, head))  # else each paint walks through every chosen row
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self.sort_by)
        self._size()
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(lambda index: self.opened.emit(model.row_at(index.row())))

    def _behave(self) -> None:
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for at, column in enumerate(self.columns.columns):
            if column.shorter:
                self.setItemDelegateForColumn(at, Shortening(self))
        side = self.verticalHeader()
        side.setVisible(False)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # What it shows

    def row(self) -> Any:
        """The row that the officer is on, or None."""
        index = self.currentIndex()
        return self.columns.row_at(index.row()) if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Move to the row at this place, from 0, and choose it alone whatever keys are held."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.columns.index(place, self.layout_of_columns.first())
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def say_when_empty(self, words: str) -> None:
        """What stands there when there are no rows."""
        self._empty = words
        self.viewport().update()

    def hide_empty_columns(self, most: int = 1_000) -> None:
        """Leave out the columns that hold nothing in any of the first rows."""
        self.layout_of_columns.show_only_filled(most)

    def show_order(self, key: str, descending: bool) -> None:
        """Mark the column that the rows are sorted by."""
        self._order = (key, descending)
        self.columns.show_order(key, descending)
        self.layout_of_columns.mark(key)

    def order_in_words(self) -> str:
        """How the rows are sorted: `Balance, largest first`; nothing where they stand as they are."""
        key, descending = self._order
        column = next((each for each in self.columns.columns if each.key == key), None)
        return order_in_words(column, self.columns.held()[:100], descending=descending) if column else ""

    # What is chosen

    def places(self) -> Places:
        """The chosen rows. However many there are this takes no time."""
        chosen = self.selectionModel().selection()
        spans = (chosen.at(at) for at in range(chosen.count()))
        return joined((span.top(), span.bottom()) for span in spans)

    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return count_of(self.places())

    def listing(self, places: Places | None = None, held: Sequence[Any] | None = None) -> Listing:
        """What an export or a print holds: every row, or those at some places, as they are shown; `held`: these are they."""
        columns = [self.columns.columns[at] for at in self.layout_of_columns.exported()]
        read = self.columns.reader(places) if held is None else lambda _ctx: iter(held)
        values = [column.value for column in columns]

        def rows(ctx: Any) -> Iterator[Sequence[Any]]:
            return ([value(row) for value in values] for row in read(ctx))

        count = self.columns.rowCount() if places is None else count_of(places)
        chosen = () if places is None else ("Only the chosen rows",)
        return Listing(
            self.title(),
            (*self.shown(), *chosen),
            self.order_in_words(),
            tuple(heading(column, self.columns.held()) for column in columns),
            rows,
            count,
        )

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as tab-separated true values, with the titles above them."""
        places = self.places()
        kept = first_rows(places, MOST_COPIED)
        rows = self.columns.in_memory(kept)
        desk = desk_of(self)
        if not places:
            return
        if rows is not None:
            QGuiApplication.clipboard().setText(self.as_text(kept, rows)(None))
            if desk is not None:
                desk.say_copied(count_of(kept), count_of(places))
        elif desk is not None:
            desk.copy(self.as_text(kept), count_of(kept), count_of(places))

    def as_text(self, places: Places, held: Sequence[Any] | None = None) -> Callable[[Any], str]:
        """What writes these rows as tab-separated true values, given a context to read those with that aren't held."""
        listing = self.listing(places, held)
        return lambda ctx: copied(listing, ctx)

    # Keys and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+C copies true values; Enter opens."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif is_enter(event):
            if self.currentIndex().isValid():
                self.opened.emit(self.row())
        elif (desk := desk_of(self)) is None or not desk.take_key(event, self):
            super().keyPressEvent(event)

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, held: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End are the first and the last row, as in a list."""
        last = self.columns.rowCount() - 1
        if last >= 0 and action is QAbstractItemView.CursorAction.MoveHome:
            return self.columns.index(0, max(0, self.currentIndex().column()))
        if last >= 0 and action is QAbstractItemView.CursorAction.MoveEnd:
            return self.columns.index(last, max(0, self.currentIndex().column()))
        return super().moveCursor(action, held)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Typing goes to the next row that begins so; a long table is searched by its field instead."""
        count = self.columns.rowCount()
        if self.columns.in_memory([(0, min(count, _SEARCHED) - 1)] if count else []) is None or count > _SEARCHED:
            self.typed.emit(search)
            return
        at = next((at for at, each in enumerate(self.columns.columns) if each.key == self._stretch), 0)
        column, start, wanted = self.columns.columns[at], self.currentIndex().row() + 1, search.casefold()
        for place in (*range(start, count), *range(start)):
            row = self.columns.row_at(place)
            if row is not None and column.text(row).casefold().startswith(wanted):
                self.go_to(place)
                return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """What can be done with the table: by the right button, or by the Menu key at the current row."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(scaled(8), 0))
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """What can be done with the table."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_opening.emit(made)
        if not made.isEmpty():
            made.addSeparator()
        made.addAction("&Copy\tCtrl+C", self.copy).setEnabled(bool(self.places()))
        made.addAction("Choose &all\tCtrl+A", self.selectAll)
        made.addSeparator()
        desk = desk_of(self)
        if desk is not None:
            made.addAction("&Export ...\tCtrl+E", lambda: desk.export(self))
            made.addAction("&Print preview\tCtrl+P", lambda: desk.preview(self))
        if any(self.columns.can_order(column) for column in self.columns.columns):
            self.layout_of_columns.fill_orders(made.addMenu("&Sort by"))
        self.layout_of_columns.fill(made.addMenu("C&olumns"))
        return made

    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.columns.row_at(current.row()) if current.isValid() else None)

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:  # noqa: N802
        """Tell that other rows are chosen."""
        super().selectionChanged(now, before)
        self.choice_changed.emit()

    def sort_by(self, at: int) -> None:
        """Sort by this column, the other way where it is sorted by it already."""
        column = self.columns.columns[at]
        if self.columns.can_order(column):
            self.show_order(column.key, not self._order[1] if self._order[0] == column.key else False)
            self.sort_wanted.emit(*self._order)

    # Size and paint

    def _size(self) -> None:
        self.verticalHeader().setMinimumSectionSize(row_height())
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.layout_of_columns.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Size anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Put the columns as the officer left them."""
        super().showEvent(event)
        self.layout_of_columns.load()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the width out anew, and keep the current row in sight."""
        super().resizeEvent(event)
        self.layout_of_columns.fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows, or the words that stand for none."""
        super().paintEvent(event)
        if self.columns.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(tokens().colour("muted"))
            room = self.viewport().rect().adjusted(scaled(14), scaled(12), -scaled(14), 0)
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, int(flags | Qt.TextFlag.TextWordWrap), self._empty)
            painter.end()
