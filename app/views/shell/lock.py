"""The lock: what is open stays behind it, and whoever left the desk opens it again.

Time is measured on the computer's steady clock, so that setting the date or the hour neither locks nor opens a desk.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

if TYPE_CHECKING:
    from app.views.shell.lock_screen import LockScreen

_TICK_MS = 5_000
_BUSY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Lock(QObject):
    """Locks the window when nobody touched it for a while, or when asked.

    Signals:
        password_given(password): answer with `unlock` or `screen.show_error`.
        leave_wanted: sign out.
        changed(locked)
    """

    password_given = Signal(str)
    leave_wanted = Signal()
    changed = Signal(bool)

    def __init__(self, window: QMainWindow, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window = window
        self._now = now
        self._officer = ""
        self._asks = False
        self._seconds = 0.0
        self._touched = now()
        self._hidden: list[QDialog] = []
        self._focus: QWidget | None = None
        self._screen: LockScreen | None = None
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)
        _application().focusWindowChanged.connect(self._watch)

    @property
    def screen(self) -> LockScreen:
        """What covers the window; it is made when it is first wanted."""
        if self._screen is None:
            from app.views.shell.lock_screen import LockScreen

            made = self._screen = LockScreen(self._window)
            made.password_given.connect(self.password_given)
            made.opened.connect(self.unlock)
            made.leave_wanted.connect(self.leave_wanted)
        return self._screen

    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return self._screen is not None and not self._screen.isHidden()

    def begin(self, officer: str, *, asks: bool, minutes: int) -> None:
        """An officer sits down; `asks`: only their password opens a locked window; 0 minutes never locks by itself."""
        self._officer, self._asks, self._seconds = officer, asks, minutes * 60.0
        self._touched = self._now()
        self._watch(self._window.windowHandle())
        if minutes:
            self._timer.start()

    def end(self) -> None:
        """The officer has left."""
        self._timer.stop()
        self._officer = ""
        if self.locked:
            self._uncover()
        self._hidden.clear()

    def look(self) -> None:
        """Lock if nobody touched the window for so long."""
        if self._seconds and self._now() - self._touched >= self._seconds:
            self.lock()

    def lock(self) -> None:
        """Cover the window and whatever dialogs are open; nothing typed is lost."""
        if self.locked or not self._officer:
            return
        self._focus = QApplication.focusWidget()
        self._hidden = [
            each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
        ]
        for dialog in self._hidden:
            dialog.setVisible(False)
        middle = self._window.centralWidget()
        if middle is not None:
            middle.setVisible(False)
        _application().installEventFilter(self)
        self.screen.begin(self._officer, asks=self._asks)
        self.changed.emit(True)

    def unlock(self) -> None:
        """Uncover everything as it was left."""
        if not self.locked:
            return
        self._touched = self._now()
        hidden, focus = self._hidden, self._focus
        self._uncover()
        for dialog in hidden:
            dialog.setVisible(True)
        if focus is not None and focus.isVisible():
            focus.setFocus()
        self._hidden, self._focus = [], None
        self.changed.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """See that somebody is there; while locked, let no key of a command through to what is behind."""
        kind = event.type()
        if kind in _BUSY and not self.locked:
            self._touched = self._now()
        elif kind == QEvent.Type.Resize and watched is self._window and self._screen is not None:
            self._screen.fit()
        elif kind == QEvent.Type.Shortcut and self.locked:
            return not self._belongs(watched)
        return False

    def _watch(self, shown: QWindow | None) -> None:
        """See what is done in a window of the program: what the system tells comes to it first, and once.

        A filter on the application would be called for each event of each widget.
        """
        if shown is not None:
            shown.installEventFilter(self)

    def _uncover(self) -> None:
        _application().removeEventFilter(self)
        self.screen.setVisible(False)
        middle = self._window.centralWidget()
        if middle is not None:
            middle.setVisible(True)

    def _belongs(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and (watched is self.screen or self.screen.isAncestorOf(watched))


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
