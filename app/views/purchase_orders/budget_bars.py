"""The bar of a code: spent, owed and bound of its budget, what is left, and what is over; in a cell, and large with words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.models.values import Money
from app.services.purchase_orders.budgets.dto import BudgetRow, GroupRow
from app.views.common.columns import ColumnsModel
from app.views.common.theme import scaled, tokens

_HIGH, _THIN, _EDGE = 16, 10, 6
PARTS: Final = (("spent", "brand"), ("owed", "warning"), ("bound", "control_line"))
"""The parts of a bar in their order, each with its colour."""

Bar = tuple[int, tuple[int, ...]]
"""What is given, and the parts of it that are used, in pence."""


def bar_of(row: BudgetRow | GroupRow) -> Bar:
    """The bar of a code or of a group of them."""
    return row.given.pence, tuple(getattr(row, part).pence for part, _ in PARTS)


def left_words(left: Money) -> str:
    """What is left, or over, in words."""
    return f"{(-left).plain()} over" if left.pence < 0 else left.plain()


def paint_bar(painter: QPainter, room: QRectF, bar: Bar) -> None:
    """Draw a bar: its parts, what is left as the trough, and beyond the budget's end what is over, in the bad colour."""
    given, parts = bar
    used = sum(part for part in parts if part > 0)
    whole = max(given, used, 1)
    shown = tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shown.colour("line"))
    painter.drawRect(room)
    at = room.left()
    for part, (_name, colour) in zip(parts, PARTS, strict=True):
        wide = room.width() * max(0, part) / whole
        painter.setBrush(shown.colour(colour))
        painter.drawRect(QRectF(at, room.top(), wide, room.height()))
        at += wide
    if used > given:
        end = room.left() + room.width() * max(0, given) / whole
        painter.setBrush(shown.colour("bad"))
        painter.drawRect(QRectF(end, room.top(), room.right() - end, room.height()))


class BarDelegate(QStyledItemDelegate):
    """Draws the cells of a column as bars, with what they say (such as `62%`) at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The words as in any cell, and the bar before them."""
        super().paint(painter, option, index)
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, ColumnsModel) else None
        if row is None:
            return
        words = option.fontMetrics.horizontalAdvance("1,000%") + scaled(_EDGE) * 2
        cell = QRectF(option.rect)
        room = QRectF(cell.left() + scaled(_EDGE), 0, cell.width() - words - scaled(_EDGE), scaled(_THIN))
        room.moveTop(cell.center().y() - room.height() / 2)
        if room.width() > scaled(_EDGE):
            painter.save()
            paint_bar(painter, room, bar_of(row))
            painter.restore()


class LargeBar(QWidget):
    """The bar of one code, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._bar: Bar = (0, (0,) * len(PARTS))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bar(self, row: BudgetRow) -> None:
        """Show a code."""
        self._bar = bar_of(row)
        self.setAccessibleName(f"{row.percent or 0}% of {row.given} used")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A line of it."""
        return QSize(scaled(160), scaled(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_bar(painter, QRectF(self.rect()), self._bar)


class Swatch(QWidget):
    """A square in the colour of a part, before its words."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(scaled(_THIN), scaled(_THIN))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The square."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().colour(self._colour))
