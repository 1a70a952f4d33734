"""The tabs across the top; those without room stand in a menu at their end."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QTabBar, QToolButton, QWidget

from app.views.common import icons
from app.views.common.parts import row
from app.views.common.theme import scaled, tokens

_WITH_KEYS = 9


class TabStrip(QWidget):
    """Tabs with icons; where the room ends the icons go first, then the last tabs into the menu More.

    Signals:
        opened(place): another tab is chosen, from 0.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._icons: list[str] = []
        self._fitted: tuple[object, ...] = ()
        self.bar = QTabBar()
        self.bar.setAccessibleName("Pages")
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setDrawBase(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more = QToolButton()
        self.more.setObjectName("more_pages")
        self.more.setText("More")
        self.more.setAccessibleName("More pages")
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._rest = QMenu(self.more)
        self.more.setMenu(self._rest)
        self.more.setVisible(False)
        layout = row(self.bar, self.more, None, spacing=4)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bar.currentChanged.connect(self._chosen)

    def add_tab(self, title: str, icon: str) -> None:
        """Add a tab; its number on the keyboard is its place."""
        self._icons.append(icon)
        self.bar.blockSignals(True)
        at = self.bar.addTab(title)
        self.bar.blockSignals(False)
        self.bar.setTabToolTip(at, f"{title}  {key_of(at)}".rstrip())
        action = QAction(f"{title}\t{key_of(at)}", self._menu())
        self._menu().addAction(action)
        action.triggered.connect(lambda _checked=False, at=at: self.go_to(at))

    def clear(self) -> None:
        """Take every tab away."""
        self._icons.clear()
        self._menu().clear()
        self.bar.blockSignals(True)
        while self.bar.count():
            self.bar.removeTab(0)
        self.bar.blockSignals(False)

    def go_to(self, place: int) -> None:
        """Choose a tab, if there are so many."""
        if 0 <= place < self.bar.count():
            self.bar.setCurrentIndex(place)

    def titles(self) -> list[str]:
        """What the tabs say, in their order."""
        return [self.bar.tabText(at) for at in range(self.bar.count())]

    def dress(self) -> None:
        """Draw the icons in the colours in force, and see what has room."""
        self.bar.setIconSize(QSize(scaled(16), scaled(16)))
        icons.dress(self.more, "chevron-down", "muted", 14)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for one tab and the menu."""
        widest = max((self.bar.tabRect(at).width() for at in range(self.bar.count())), default=0)
        return QSize(max(scaled(120), widest), self.bar.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See what has room."""
        super().resizeEvent(event)
        self._fit()

    def _chosen(self, place: int) -> None:
        self._fit()
        if place >= 0:
            self.opened.emit(place)

    def _fit(self) -> None:
        """Show every tab with its icon; without icons; or those that have room, the chosen one among them."""
        if (now := self._now()) == self._fitted:
            return
        self._fitted = now
        self._choose_shown()
        self.bar.setFixedWidth(max(1, self._wide()))
        for scrolls in (True, False):  # the bar lays its tabs out anew: it had no room before
            self.bar.setUsesScrollButtons(scrolls)

    def _now(self) -> tuple[object, ...]:
        """All that the room and the colours of the tabs hang on."""
        styled = self.bar.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        return self.width(), self.bar.currentIndex(), self.titles(), styled, scaled(100), tokens()

    def _choose_shown(self) -> None:
        self.more.setVisible(False)
        for with_icons in (True, False):
            self._show_all(with_icons=with_icons)
            if self._wide() <= self.width():
                return
        self.more.setVisible(True)
        room = self.width() - self.more.sizeHint().width() - scaled(4)
        for at in reversed(range(self.bar.count())):
            if self._wide() <= room:
                break
            if at != self.bar.currentIndex():
                self.bar.setTabVisible(at, False)

    def _show_all(self, *, with_icons: bool) -> None:
        for at, name in enumerate(self._icons):
            colour = "brand" if at == self.bar.currentIndex() else "muted"
            if not self.bar.isTabVisible(at):
                self.bar.setTabVisible(at, True)
            drawn = icons.icon(name, colour) if with_icons else icons.NONE
            if drawn.cacheKey() != self.bar.tabIcon(at).cacheKey():
                self.bar.setTabIcon(at, drawn)

    def _wide(self) -> int:
        return sum(self.bar.tabRect(at).width() for at in range(self.bar.count()) if self.bar.isTabVisible(at))

    def _menu(self) -> QMenu:
        return self._rest


def key_of(place: int) -> str:
    """The key of a tab by its place from 0; tabs beyond the ninth have none."""
    return f"Ctrl+{place + 1}" if place < _WITH_KEYS else ""
