"""The calendar that a run is asked from: a week a row, each day with the days on which its file is sent and its money moves.

Arrows walk from day to day, Page Up and Down from month to month, Enter goes on with the day; a day on which no file can be
processed is greyed and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.services.direct_debits.figures.dto import PlannedDay
from app.views.common import formats
from app.views.common.columns import RAW_ROLE
from app.views.common.enter import is_enter
from app.views.common.parts import made_viewport
from app.views.common.theme import scaled, tokens

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORKING: Final = 5
_HIGH, _SHOWN, _LEAST, _WEEKEND = 62, 5, 76, 46
_MONTH: Final = 4
"""Weeks that Page Up and Down go."""


def sentence(day: PlannedDay, *, lodges: bool = False) -> str:
    """All that is to be said of a day; by a lodgement no money moves."""
    if day.why_not and day.submit_on == day.on:
        return f"{formats.weekday(day.on)}: Bacs doesn't work ({day.why_not})."
    moves = "" if lodges else f", money moves on {formats.weekday(day.entry_on)}"
    days = f"Send by {formats.weekday(day.submit_on)}, processed on {formats.weekday(day.on)}{moves}."
    if day.why_not:
        return f"{day.why_not}. {days}"
    if lodges:
        return days
    planned = day.planned
    if not planned.count:
        return f"{days} No collection is planned for that day."
    are = "is" if planned.count == 1 else "are"
    return f"{days} {formats.count(planned.count, 'collection')} of {planned.total} {are} planned for that day."


class _Model(QAbstractTableModel):
    """The days, seven in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.days: tuple[PlannedDay, ...] = ()

    def show_days(self, days: Sequence[PlannedDay]) -> None:
        """Show these whole weeks."""
        self.beginResetModel()
        self.days = tuple(days)
        self.endResetModel()

    def day_at(self, index: Index) -> PlannedDay | None:
        """The day of a cell."""
        at = index.row() * 7 + index.column()
        return self.days[at] if index.isValid() and at < len(self.days) else None

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many weeks."""
        return 0 if parent is not None and parent.isValid() else -(-len(self.days) // 7)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Seven."""
        return 0 if parent is not None and parent.isValid() else 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Role.DisplayRole)) -> Any:  # noqa: N802
        """The names of the days."""
        across = orientation is Qt.Orientation.Horizontal
        return _NAMES[section][:3] if across and role == Role.DisplayRole else None

    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        """A day as words."""
        day = self.day_at(index)
        if day is None:
            return None
        if role == Role.DisplayRole:
            return _short(day.on)
        if role in {Role.ToolTipRole, Role.AccessibleTextRole}:
            return sentence(day)
        return day if role == RAW_ROLE else None


class _Delegate(QStyledItemDelegate):
    """Paints a day: its number, then when its file is sent and its money moves, or why there is none."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Three lines."""
        return QSize(scaled(_LEAST), scaled(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it in the colours of the theme."""
        day: PlannedDay | None = index.data(RAW_ROLE)
        if day is None:
            return
        shown, box = tokens(), option.rect.adjusted(0, 0, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        back = "selected" if chosen else "alternate" if day.why_not else "surface"
        painter.fillRect(option.rect, shown.colour(back))
        painter.setPen(QPen(shown.colour("line")))
        painter.drawRect(option.rect.adjusted(-1, -1, -1, -1))
        if focus or chosen:
            painter.setPen(QPen(shown.colour("focus" if focus else "brand"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        self._words(painter, option.font, box.adjusted(scaled(6), scaled(4), -scaled(4), -scaled(4)), day)
        painter.restore()

    def _words(self, painter: QPainter, font: QFont, box: QRect, day: PlannedDay) -> None:
        shown, small = tokens(), QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.82)
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(shown.colour("muted" if day.why_not else "strong"))
        line = painter.fontMetrics().height()
        painter.drawText(QRect(box.left(), box.top(), box.width(), line), Qt.AlignmentFlag.AlignLeft, _short(day.on))
        if day.planned.count and not day.why_not:
            painter.setPen(shown.colour("brand"))
            count = f"{day.planned.count:,}"
            painter.drawText(QRect(box.left(), box.top(), box.width(), line), Qt.AlignmentFlag.AlignRight, count)
        painter.setFont(small)
        painter.setPen(shown.colour("muted" if day.why_not else "text"))
        under = box.adjusted(0, line + scaled(1), 0, 0)
        if day.on.weekday() >= _WORKING:
            return
        words = day.why_not or f"in {_brief(day.submit_on)}\nentry {_brief(day.entry_on)}"
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(under, flags, words)


class RunDays(QTableView):
    """The calendar.

    Attributes:
        lodges: the run is a lodgement, which begins on the soonest day whatever is to be collected.

    Signals:
        day_chosen(PlannedDay): the officer went to another day.
        day_opened(PlannedDay): Enter, or a double click, on a day that can be processed.
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setViewport(made_viewport())
        self.setObjectName("run days")
        self.setAccessibleName("Processing day of Bacs")
        self.lodges = False
        self._model = _Model()
        self._model.setParent(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        for at in range(7):
            mode = QHeaderView.ResizeMode.Stretch if at < _WORKING else QHeaderView.ResizeMode.Fixed
            across.setSectionResizeMode(at, mode)
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        self.fit()
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _index: self._open())

    @property
    def day(self) -> PlannedDay | None:
        """The day that the officer is on."""
        return self._model.day_at(self.currentIndex())

    @property
    def said(self) -> str:
        """All that is to be said of that day for the run that is asked for."""
        return sentence(self.day, lodges=self.lodges) if self.day else ""

    def begin(self, *, lodges: bool) -> None:
        """Another run is asked for: no day is chosen yet."""
        self.lodges = lodges
        self.setCurrentIndex(QModelIndex())

    def show_days(self, days: Sequence[PlannedDay]) -> None:
        """Show these whole weeks; the officer stays on their day, else begins on the first that is meant."""
        kept = self.day.on if self.day else None
        self._model.show_days(days)
        self.fit()
        possible = [each.on for each in days if not each.why_not]
        planned = [each.on for each in days if not each.why_not and each.planned.count]
        first = next(iter(possible if self.lodges else planned or possible), None)
        if (wanted := kept if kept in possible else first) is not None:
            self.go_to(wanted)

    def go_to(self, on: date) -> None:
        """Go to a day that is shown."""
        at = next((at for at, each in enumerate(self._model.days) if each.on == on), None)
        if at is not None:
            self.setCurrentIndex(self._model.index(at // 7, at % 7))

    def fit(self) -> None:
        """As high as five weeks, at the text size in force."""
        self.verticalHeader().setDefaultSectionSize(scaled(_HIGH))
        for at in range(_WORKING, 7):
            self.setColumnWidth(at, scaled(_WEEKEND))
        self.setMinimumHeight(scaled(_HIGH) * _SHOWN + self.horizontalHeader().sizeHint().height() + scaled(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on with the day; Page Up and Down go by months; Home and End to the ends of the working week."""
        key, here = Qt.Key(event.key()), self.currentIndex()
        if is_enter(event):
            self._open()
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            step = _MONTH if key == Qt.Key.Key_PageDown else -_MONTH
            row = max(0, min(self._model.rowCount() - 1, here.row() + step))
            self.setCurrentIndex(self._model.index(row, max(0, here.column())))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.setCurrentIndex(self._model.index(here.row(), 0 if key == Qt.Key.Key_Home else _WORKING - 1))
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            at = here.row() * 7 + here.column() + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= at < len(self._model.days):
                self.setCurrentIndex(self._model.index(at // 7, at % 7))
        else:
            super().keyPressEvent(event)

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        day = self._model.day_at(current)
        if day is not None:
            self.setAccessibleDescription(sentence(day, lodges=self.lodges))
            self.day_chosen.emit(day)

    def _open(self) -> None:
        if (day := self.day) is not None and not day.why_not:
            self.day_opened.emit(day)


def _short(on: date) -> str:
    """`27`, or `1 Dec` where a month begins."""
    return f"{on.day} {formats.month(on)}" if on.day == 1 or on.weekday() == 0 else str(on.day)


def _brief(on: date) -> str:
    """`Mon 30`."""
    return f"{_NAMES[on.weekday()][:3]} {on.day}"
