"""The tabs of a bar that have no room stand in a menu at its end; the one that is turned to is always seen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QTabBar, QToolButton

from app.views.common import icons
from app.views.common.theme import scaled, tokens


class MoreTabs(QToolButton):
    """Stands beside the bar and is hidden while every tab has room. Whoever lays the two out calls `fit` with the room there is.

    Args:
        bar: its tabs; it grows to the width that those shown take, no further.
        name: what the menu holds, for screen readers.
    """

    def __init__(self, bar: QTabBar, name: str) -> None:
        super().__init__()
        self._bar = bar
        self._room = 0
        self._away: set[int] = set()
        self._fitted: tuple[object, ...] = ()
        self.setObjectName("more_pages")
        self.setProperty("role", "inner")
        self.setText("More")
        self.setAccessibleName(name)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._rest = QMenu(self)
        self._rest.aboutToShow.connect(self._list)
        self.setMenu(self._rest)
        self.setVisible(False)
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bar.setMinimumWidth(1)  # else what is shown keeps its room from shrinking
        bar.setUsesScrollButtons(False)
        bar.currentChanged.connect(lambda _at: self.fit())

    def least(self) -> int:
        """The room that one tab and the menu take."""
        shown = self._bar.currentIndex()
        return self._bar.tabRect(max(0, shown)).width() + self._own_width()

    def fit(self, room: int | None = None) -> None:
        """Show the tabs that have room, in pixels; in the room that there was, where none is said."""
        self._room = self._room if room is None else room
        if not self._bar.count() or self._room <= 0 or (now := self._now()) == self._fitted:
            return
        self._fitted = now
        icons.dress(self, "chevron-down", "muted", 14)
        for at in range(self._bar.count()):
            if self._bar.isTabVisible(at) is (at in self._away):
                self._bar.setTabVisible(at, at not in self._away)
        self._lay_out()
        short = self._wide() > self._room
        for at in reversed(range(self._bar.count())):
            if not short or self._wide() <= self._room - self._own_width():
                break
            if at != self._bar.currentIndex():
                self._bar.setTabVisible(at, False)
        self.setVisible(short)
        self._bar.setMaximumWidth(max(1, self._wide()))
        self._lay_out()

    def _now(self) -> tuple[object, ...]:
        """All that the room of the tabs hangs on."""
        bar = self._bar
        styled = bar.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        said = [(bar.tabText(at), bar.tabIcon(at).isNull()) for at in range(bar.count())]
        kept = (set(self._away), styled, bar.iconSize().toTuple(), self._own_width(), tokens())
        return self._room, bar.currentIndex(), said, kept

    def offer(self, at: int, *, offered: bool) -> None:
        """Have a tab or have none: one that is of no use just now stands neither in the bar nor in the menu."""
        if offered is (at not in self._away):
            return
        (self._away.discard if offered else self._away.add)(at)
        if not offered and self._bar.currentIndex() == at:
            self._bar.setCurrentIndex(0)
        self._bar.setTabVisible(at, offered)
        self.fit()

    def _lay_out(self) -> None:
        """The bar lays its tabs out anew: a tab that was hidden has no width before."""
        for scrolls in (True, False):
            self._bar.setUsesScrollButtons(scrolls)

    def hidden_tabs(self) -> list[str]:
        """What stands in the menu."""
        return [self._bar.tabText(at) for at in range(self._bar.count()) if self._is_hidden(at)]

    def _is_hidden(self, at: int) -> bool:
        return not self._bar.isTabVisible(at) and at not in self._away

    def _own_width(self) -> int:
        return self.sizeHint().width() + scaled(4)

    def _wide(self) -> int:
        return sum(self._bar.tabRect(at).width() for at in range(self._bar.count()) if self._bar.isTabVisible(at))

    def _list(self) -> None:
        self._rest.clear()
        for at in range(self._bar.count()):
            if self._is_hidden(at):
                action = self._rest.addAction(self._bar.tabText(at))
                action.triggered.connect(partial(self._bar.setCurrentIndex, at))
