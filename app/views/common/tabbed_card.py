"""A card of several parts: their names across its top, one part under them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QTabBar, QWidget

from app.views.common.more_tabs import MoreTabs
from app.views.common.parts import Card, column, row
from app.views.common.table_foot import TableTools
from app.views.common.theme import scaled

_LEAST = 110
_FIRST = 1_000
"""The names take their room before what is left empty does."""


class Drawer(Protocol):
    """A part as data, such as `works.Part`: its key and what its tab says."""

    @property
    def key(self) -> str:
        """Its key."""
        ...

    @property
    def title(self) -> str:
        """What its tab says."""
        ...


class TabbedCard(Card):
    """Parts of one thing, such as the exceptions, totals and differences of a week; tables are exported from its head.

    A part that is made when its tab is first opened is a drawer until then.

    Signals:
        drawer_opened(key): the tab of a drawer is turned to; one that is empty is answered with `fill_drawer`.
    """

    drawer_opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(margins=(0, 8, 0, 6), spacing=6)
        self.tabs = QTabBar()
        self.tabs.setProperty("role", "inner")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(name)
        self.more = MoreTabs(self.tabs, f"More {name.lower()}")
        self.stack = QStackedWidget()
        self._titles: list[str] = []
        self._drawers: dict[str, int] = {}
        self._filled: dict[str, QWidget] = {}
        self.tools = TableTools(self.stack, name.lower())
        names = row(self.tabs, self.more, None, spacing=4)
        names.setStretch(0, _FIRST)
        self._head = head = row(names, self.tools)
        head.setStretch(0, 1)
        head.setAlignment(self.tools, Qt.AlignmentFlag.AlignRight)
        head.setContentsMargins(scaled(6), 0, scaled(12), 0)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.tabs.currentChanged.connect(lambda _at: self._tell())
        self.stack.currentChanged.connect(self._follow)

    def _follow(self, _at: int) -> None:
        self.tools.follow()
        self._fit()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Its tables scroll: it gives way to what stands above it, which needs its lines."""
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The names of the parts and a few rows."""
        return QSize(super().minimumSizeHint().width(), scaled(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Names without room go into a menu; what can be done with a table goes under them where there is none beside."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Larger text, less room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_head"):
            self._fit()

    def _fit(self) -> None:
        way = QBoxLayout.Direction
        sides = self._head.contentsMargins()
        room = self.width() - sides.left() - sides.right()
        beside = room - self._head.spacing() - self.tools.sizeHint().width()
        under = beside < self.more.least()
        self._head.setDirection(way.TopToBottom if under else way.LeftToRight)
        self.more.fit(room if under else beside)

    def add_part(self, title: str, widget: QWidget) -> int:
        """Add a part; returns its place."""
        self._titles.append(title)
        self.stack.addWidget(widget)
        at = self.tabs.addTab(title)
        self.more.fit()
        return at

    def count_part(self, at: int, count: int) -> None:
        """Say how many there are behind a name."""
        self.tabs.setTabText(at, f"{self._titles[at]}  {count:,}" if count else self._titles[at])
        self.more.fit()

    def open_part(self, at: int) -> None:
        """Turn to a part."""
        self.tabs.setCurrentIndex(at)

    # Parts that are made when they are first opened

    def add_drawers(self, drawers: Iterable[Drawer]) -> None:
        """Add tabs whose parts are made later."""
        for each in drawers:
            room = QWidget()
            column(room, spacing=0)
            self._drawers[each.key] = self.add_part(each.title, room)

    @property
    def drawer(self) -> str:
        """The key of the drawer that is turned to; empty where it is another part."""
        at = self.tabs.currentIndex()
        return next((key for key, place in self._drawers.items() if place == at), "")

    def fill_drawer(self, key: str, widget: QWidget) -> None:
        """Give a drawer what stands under its tab."""
        room = self.stack.widget(self._drawers[key])
        layout = room.layout() if room is not None else None
        assert layout is not None
        layout.addWidget(widget)
        widget.show()  # Qt would show it later: Export and Print stand only beside what is seen
        self._filled[key] = widget
        self.tools.follow()

    def filled(self, at: int) -> QWidget | None:
        """What was put into the drawer at a place; None: nothing yet, or no drawer is there."""
        return next((self._filled.get(key) for key, place in self._drawers.items() if place == at), None)

    def count_drawer(self, key: str, count: int) -> None:
        """Say how many there are behind the tab of a drawer."""
        self.count_part(self._drawers[key], count)

    def offer_drawer(self, key: str, *, offered: bool) -> None:
        """Have the tab of a drawer or have none, where the record has nothing to stand in it."""
        self.more.offer(self._drawers[key], offered=offered)

    def open_drawer(self, key: str) -> None:
        """Turn to a drawer."""
        self.open_part(self._drawers[key])

    def _tell(self) -> None:
        if key := self.drawer:
            self.drawer_opened.emit(key)
