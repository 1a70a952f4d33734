"""The list of the palette: headings, records of two lines, commands of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.views.common import icons
from app.views.common.theme import scaled, tokens
from app.views.shell.palette_item import Item

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_HEADING, _RECORD, _COMMAND = 28, 46, 34
_SIDE = 16
_VERTICAL = Qt.AlignmentFlag.AlignVCenter


class ItemsModel(QAbstractListModel):
    """The lines in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many lines."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The title to show, the whole line to be heard."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Role.DisplayRole:
            return item.title
        if role in {Role.AccessibleTextRole, Role.ToolTipRole}:
            return item.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is not chosen."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if index.isValid() and self.items[index.row()].act else Qt.ItemFlag.NoItemFlags


class ItemsDelegate(QStyledItemDelegate):
    """Draws a line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """By what the line is."""
        return QSize(scaled(200), height_of(item_at(index)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Icon, words, what stands at the right."""
        item = item_at(index)
        painter.save()
        room = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, tokens().colour("selected"))
        room.adjust(scaled(14), 0, -scaled(14), 0)
        if item.act is None:
            self._heading(painter, room, item)
        else:
            self._line(painter, room, item)
        painter.restore()

    def _heading(self, painter: QPainter, room: QRect, item: Item) -> None:
        painter.setFont(_font(painter.font(), 0.9, bold=True))
        painter.setPen(tokens().colour("muted"))
        painter.drawText(room.adjusted(0, scaled(4), 0, 0), int(Qt.AlignmentFlag.AlignLeft | _VERTICAL), item.title)

    def _line(self, painter: QPainter, room: QRect, item: Item) -> None:
        side = scaled(_SIDE)
        picture = QRect(room.left(), room.top() + (room.height() - side) // 2, side, side)
        icons.icon(item.icon or "chevron-right", "muted").paint(painter, picture)
        words = room.adjusted(side + scaled(10), 0, 0, 0)
        if item.side:
            painter.setPen(tokens().colour(item.tone))
            taken = painter.fontMetrics().horizontalAdvance(item.side)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | _VERTICAL), item.side)
            words.setRight(words.right() - taken - scaled(14))
        shown = [(item.title, "strong"), (item.detail, "muted")] if item.detail else [(item.title, "strong")]
        height = (room.height() - (scaled(6) if item.detail else 0)) // len(shown)
        for at, (text, colour) in enumerate(shown):
            line = QRect(
                words.left(), words.top() + at * height + (scaled(3) if item.detail else 0), words.width(), height
            )
            painter.setFont(_font(painter.font(), 1 if at == 0 else 0.9))
            painter.setPen(tokens().colour(colour))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | _VERTICAL), cut)


class ItemsList(QListView):
    """The lines; the field above it keeps the focus and moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What is found")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.lines = ItemsModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(ItemsDelegate(self))

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these lines, on the first of them."""
        self.lines.show_items(items)
        self._go_to(next((at for at, item in enumerate(items) if item.act), -1))

    def item(self) -> Item | None:
        """The line that the officer is on."""
        index = self.currentIndex()
        return self.lines.items[index.row()] if index.isValid() else None

    def step(self, by: int) -> None:
        """Move on, over headings; from the last line to the first."""
        places = [at for at, item in enumerate(self.lines.items) if item.act]
        if not places:
            return
        now = self.currentIndex().row()
        here = places.index(now) if now in places else -1 if by > 0 else 0
        at = min(max(here + by, 0), len(places) - 1) if abs(by) > 1 else (here + by) % len(places)
        self._go_to(places[at])

    def place(self) -> tuple[int, int]:
        """Which line this is, from 1, and of how many."""
        places = [at for at, item in enumerate(self.lines.items) if item.act]
        now = self.currentIndex().row()
        return (places.index(now) + 1 if now in places else 0), len(places)

    def wanted_height(self) -> int:
        """What every line takes."""
        return sum(height_of(item) for item in self.lines.items)

    def _go_to(self, row: int) -> None:
        self.setCurrentIndex(self.lines.index(row, 0) if row >= 0 else QModelIndex())
        if row == next((at for at, item in enumerate(self.lines.items) if item.act), -1):
            self.scrollToTop()


def item_at(index: Index) -> Item:
    """The line of an index."""
    model = index.model()
    assert isinstance(model, ItemsModel)
    return model.items[index.row()]


def height_of(item: Item) -> int:
    """How high a line is, in pixels."""
    if item.act is None:
        return scaled(_HEADING)
    return scaled(_RECORD if item.detail else _COMMAND)


def _font(font: QFont, by: float, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPointSizeF(scaled(1000) / 100 * by)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
