"""The bar across the top: the tabs, the way to find anything, and the officer's own menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QToolButton

from app.views.common import icons
from app.views.common.parts import row
from app.views.common.theme import Theme, scaled
from app.views.shell.office_menu import OfficeMenu
from app.views.shell.tabs import TabStrip

_LEAST_FINDER, _FINDER = 96, 230
_LONGEST_NAME = 24


class TopBar(QFrame):
    """Tabs, finder, officer.

    Signals:
        find_wanted: the officer wants to find something.
    """

    find_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.tabs = TabStrip()
        self.finder = QPushButton()
        self.finder.setObjectName("finder")
        self.finder.setAccessibleName("Find anything")
        self.finder.setToolTip("Find anything  Ctrl+K")
        self.finder.setAutoDefault(False)
        self.finder.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.finder.clicked.connect(self.find_wanted)
        self.menu = OfficeMenu(theme, self)
        self.officer = QToolButton()
        self.officer.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.officer.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.officer.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.officer.setMenu(self.menu)
        layout = row(self.tabs, self.finder, self.officer, spacing=10)
        layout.setStretch(0, 1)
        layout.setContentsMargins(scaled(14), 0, scaled(14), 0)
        self.setLayout(layout)
        self.draw_icons()

    def name_officer(self, name: str) -> None:
        """Say who is at the desk."""
        short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        self.officer.setText(short or "Settings")
        self.officer.setToolTip(name)
        self.officer.setAccessibleName(f"Menu of {name}" if name else "Settings")

    def draw_icons(self) -> None:
        """Colour the icons by the theme and by which tab is open."""
        icons.dress(self.finder, "magnify", "muted", 16)
        icons.dress(self.officer, "chevron-down", "muted", 14)
        self.tabs.dress()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the tabs their room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = min(scaled(_FINDER), max(scaled(_LEAST_FINDER), self.width() // 6))
        self.finder.setFixedWidth(width)
        letters = self.finder.fontMetrics()
        room = width - scaled(48)
        written = ("Find anything    Ctrl+K", "Find  Ctrl+K", "Ctrl+K")
        self.finder.setText(next((each for each in written if letters.horizontalAdvance(each) <= room), written[-1]))
