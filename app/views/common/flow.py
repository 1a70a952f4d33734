"""A row that goes on in the next line where the room ends, as words do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from app.views.common.theme import scaled


class FlowLayout(QLayout):
    """Widgets side by side, in as many lines as they need; those of a line are aligned at its middle.

    `across`, `down`: between widgets and between lines, in pixels at 100 per cent. `right`: each line ends at the right
    edge. `apart`: the last of a line does, and the others begin at the left.
    """

    def __init__(self, across: int = 8, down: int = 6, *, right: bool = False, apart: bool = False) -> None:
        super().__init__()
        self._right = right
        self._apart = apart
        self._items: list[QLayoutItem] = []
        self._taken: list[QLayoutItem] = []
        self._across = across
        self._down = down
        self._heights: dict[int, int] = {}
        self._hints: list[tuple[QLayoutItem, QSize]] | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take an item at the end, as one made here.

        What is known of an item that Qt made is found by its address, and may be of another that stood there before.
        """
        widget = item.widget()
        self._items.append(QWidgetItem(widget) if isinstance(widget, QWidget) else item)
        self._forget()

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """The item at this place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Let go of the item at this place; Qt deletes it, so it is kept until then."""
        if not 0 <= index < len(self._items):
            return None
        self._taken.append(self._items.pop(index))
        self._forget()
        return self._taken[-1]

    def clear(self) -> None:
        """Let go of every widget."""
        while self._items:
            widget = self._items.pop().widget()
            if isinstance(widget, QWidget):
                widget.hide()
                widget.deleteLater()
        self._forget()

    def invalidate(self) -> None:
        """Something in it asks for another size: what is known of its heights is no longer so."""
        self._forget()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """It grows downwards when it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """How high it is when it is so wide: worked out once, for Qt wants to know it hundreds of times."""
        known = self._heights.get(width)
        if known is None:
            margins = self.contentsMargins()
            inside = QRect(0, 0, width - margins.left() - margins.right(), 0)
            known = self._heights[width] = self._place(inside, move=False) + margins.top() + margins.bottom()
        return known

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Everything in one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + scaled(self._across) * max(0, len(hints) - 1)
        size = QSize(width, max((hint.height() for hint in hints), default=0))
        return size.grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest item alone."""
        least = [item.minimumSize() for item in self._items if not item.isEmpty()]
        widest = max((size.width() for size in least), default=0)
        highest = max((size.height() for size in least), default=0)
        return QSize(widest, highest).grownBy(self.contentsMargins())

    def _place(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        across, down = scaled(self._across), scaled(self._down)
        for line in self._lines(rect.width(), across):
            height = max(hint.height() for _, hint in line)
            if move:
                used = sum(hint.width() for _, hint in line) + across * (len(line) - 1)
                spare = max(0, rect.width() - used)
                left = rect.left() + (spare if self._right else 0)
                for at, (item, hint) in enumerate(line, 1):
                    if self._apart and 1 < at == len(line):
                        left += spare
                    size = QSize(min(hint.width(), rect.width()), hint.height())
                    item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                    left += size.width() + across
            top += height + down
        return max(0, top - down - rect.top())

    def _lines(self, width: int, across: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items of each line with the size that each asks for."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        if self._hints is None:
            self._hints = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        for item, hint in self._hints:
            if lines and left + hint.width() <= width:
                lines[-1].append((item, hint))
            else:
                lines.append([(item, hint)])
                left = 0
            left += hint.width() + across
        return lines

    def _forget(self) -> None:
        self._heights.clear()
        self._hints = None
