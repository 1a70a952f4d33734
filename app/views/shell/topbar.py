"""The bar across the top: the tabs, the field that finds anything, and the officer's own menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QSizePolicy, QTabBar, QToolButton

from app.views.common import icons
from app.views.common.parts import row
from app.views.common.theme import TEXT_SIZES, Scheme, Theme, scaled
from app.views.shell import settings

T = TypeVar("T")
_LEAST_FINDER = 150
_COLOURS = {Scheme.SYSTEM: "As the system", Scheme.LIGHT: "Light", Scheme.DARK: "Dark"}


class TopBar(QFrame):
    """Tabs, finder, officer.

    Signals:
        find_wanted(text): Enter in the field.
        leave_wanted: the officer wants another database.
    """

    find_wanted = Signal(str)
    leave_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._theme = theme
        self._icons: list[str] = []
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Pages")
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(lambda _at: self.draw_icons())
        self.finder = QLineEdit()
        self.finder.setPlaceholderText("Find anything    Ctrl+K")
        self.finder.setAccessibleName("Find anything")
        self.finder.setClearButtonEnabled(True)
        self.finder.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._magnifier = self.finder.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self.finder.returnPressed.connect(lambda: self.find_wanted.emit(self.finder.text().strip()))
        self.officer = QToolButton()
        self.officer.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.officer.setMenu(self._menu())
        layout = row(self.tabs, None, self.finder, self.officer, spacing=10)
        layout.setContentsMargins(scaled(14), 0, scaled(14), 0)
        self.setLayout(layout)
        self.draw_icons()

    def add_tab(self, title: str, icon: str) -> None:
        """Add a tab; its number on the keyboard is its place."""
        self._icons.append(icon)
        at = self.tabs.addTab(title)
        self.tabs.setTabToolTip(at, f"{title}  Ctrl+{at + 1}")
        self.draw_icons()

    def clear(self) -> None:
        """Take every tab away."""
        self._icons.clear()
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.tabs.blockSignals(False)

    def name_officer(self, name: str) -> None:
        """Say who is at the desk."""
        self.officer.setText(name or "Settings")
        self.officer.setAccessibleName(f"Settings of {name}" if name else "Settings")

    def draw_icons(self) -> None:
        """Colour the icons by the theme and by which tab is open."""
        for at, name in enumerate(self._icons):
            self.tabs.setTabIcon(at, icons.icon(name, "brand" if at == self.tabs.currentIndex() else "muted"))
        self.tabs.setIconSize(QSize(scaled(16), scaled(16)))
        self._magnifier.setIcon(icons.icon("magnify", "muted"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the tabs their room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.finder.setFixedWidth(min(scaled(230), max(_LEAST_FINDER, self.width() // 6)))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        colours = menu.addMenu("&Colours")
        self._choices(
            colours,
            [(words, scheme) for scheme, words in _COLOURS.items()],
            self._theme.wanted,
            self._choose_scheme,
        )
        sizes = menu.addMenu("&Text size")
        self._choices(
            sizes,
            [(f"{size} %", size) for size in TEXT_SIZES],
            self._theme.text_size,
            self._choose_size,
        )
        menu.addSeparator()
        menu.addAction("&Open another database").triggered.connect(self.leave_wanted)
        return menu

    def _choose_scheme(self, scheme: Scheme) -> None:
        self._theme.choose(scheme=scheme)
        settings.SCHEME.write(scheme.value)

    def _choose_size(self, size: int) -> None:
        self._theme.choose(text_size=size)
        settings.TEXT_SIZE.write(str(size))

    def _choices(self, menu: QMenu, choices: list[tuple[str, T]], chosen: T, choose: Callable[[T], None]) -> None:
        group = QActionGroup(menu)
        for words, value in choices:
            action = QAction(words, menu, checkable=True, checked=value == chosen)
            action.triggered.connect(lambda _checked=False, value=value: choose(value))
            group.addAction(action)
            menu.addAction(action)
