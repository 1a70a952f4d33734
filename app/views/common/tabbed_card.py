"""A card of several parts: their names across its top, one part under them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QWidget

from app.views.common.parts import Card, row
from app.views.common.table_foot import TableTools
from app.views.common.theme import scaled

_LEAST = 110


class TabbedCard(Card):
    """Parts of one thing, such as the exceptions, totals and differences of a week; tables are exported from its head."""

    def __init__(self, name: str) -> None:
        super().__init__(margins=(0, 8, 0, 6), spacing=6)
        self.tabs = QTabBar()
        self.tabs.setProperty("role", "inner")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(name)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stack = QStackedWidget()
        self._titles: list[str] = []
        self.tools = TableTools(self.stack, name.lower())
        self._head = head = row(self.tabs, self.tools)
        head.setStretch(0, 1)
        head.setAlignment(self.tools, Qt.AlignmentFlag.AlignRight)
        head.setContentsMargins(scaled(6), 0, scaled(12), 0)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.stack.currentChanged.connect(lambda _at: self.tools.follow())

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Its tables scroll: it gives way to what stands above it, which needs its lines."""
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The names of the parts and a few rows."""
        return QSize(super().minimumSizeHint().width(), scaled(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put what can be done with a table under the names where large text leaves no room beside them."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        sides = self._head.contentsMargins()
        room = self.width() - sides.left() - sides.right() - self._head.spacing()
        under = self.tabs.sizeHint().width() + self.tools.sizeHint().width() > room
        self._head.setDirection(way.TopToBottom if under else way.LeftToRight)

    def add_part(self, title: str, widget: QWidget) -> int:
        """Add a part; returns its place."""
        self._titles.append(title)
        self.stack.addWidget(widget)
        return self.tabs.addTab(title)

    def count_part(self, at: int, count: int) -> None:
        """Say how many there are behind a name."""
        self.tabs.setTabText(at, f"{self._titles[at]}  {count:,}" if count else self._titles[at])

    def open_part(self, at: int) -> None:
        """Turn to a part."""
        self.tabs.setCurrentIndex(at)
