"""The lock: what is open stays behind it, and whoever left the desk opens it again.

Time is measured on the computer's steady clock, so that setting the date or the hour neither locks nor opens a desk.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QWidget

from app.services.core.errors import UserError
from app.views.common import icons
from app.views.common.forms import Form
from app.views.common.message_bar import MessageBar
from app.views.common.parts import Card, button, column, label, row
from app.views.common.theme import scaled

_WIDTH = 400
_TICK_MS = 5_000
_BUSY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
_BY_COMPUTER = (
    "You signed in through the computer, so its own lock is what protects this desk. "
    "Rentbook only hides what is open: press any key to go on."
)
_BY_PASSWORD = "What you had open is as you left it. Type your password to go on."  # noqa: S105  a sentence


class LockScreen(QWidget):
    """Covers the window.

    Signals:
        password_given(password)
        opened: a key was pressed where no password is asked for.
        leave_wanted: sign out, so that another officer can sign in.
    """

    password_given = Signal(str)
    opened = Signal()
    leave_wanted = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Locked")
        self.asks = False
        self.title = label("", "title", wrap=True)
        self.words = label("", "muted", wrap=True)
        self.messages = MessageBar(inline=True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.form = Form()
        self.form.add("password", "&Password", self.password)
        self.go_on = button("&Unlock", role="primary", key="Enter")
        self.leave = button("&Sign out")
        self._arrange()
        self.password.returnPressed.connect(self._give)
        self.go_on.clicked.connect(self._give)
        self.leave.clicked.connect(self.leave_wanted)
        self.setVisible(False)

    def begin(self, officer: str, *, asks: bool) -> None:
        """Cover the window."""
        self.asks = asks
        self.title.setText(f"{officer} has left the desk" if not asks else f"Locked by {officer}")
        self.words.setText(_BY_PASSWORD if asks else _BY_COMPUTER)
        self.form.setRowVisible(0, asks)
        self.password.clear()
        self.form.clear_errors()
        self.messages.clear()
        self.set_busy(busy=False)
        self.fit()
        self.setVisible(True)
        self.raise_()
        (self.password if asks else self).setFocus()

    def fit(self) -> None:
        """Cover the whole window, however large it and the text are."""
        self._card.setFixedWidth(scaled(_WIDTH))
        owner = self.parentWidget()
        if owner is not None:
            self.setGeometry(owner.rect())

    def show_error(self, error: UserError) -> None:
        """Say what is wrong; the password is typed again."""
        self.set_busy(busy=False)
        self.password.clear()
        if not self.form.show_error(error):
            self.messages.bad(error)
        self.password.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While the password is looked at."""
        self.password.setEnabled(not busy)
        self.go_on.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Any key opens it where no password is asked for."""
        if not self.asks and Qt.Key(event.key()) not in _MODIFIERS | {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """A click goes nowhere."""
        event.accept()

    def _give(self) -> None:
        if not self.asks:
            self.opened.emit()
        elif self.password.text():
            self.set_busy(busy=True)
            self.password_given.emit(self.password.text())
        else:
            self.form.show_error(UserError("Type your password.", field="password"))

    def _arrange(self) -> None:
        card = Card(margins=(24, 20, 24, 20), spacing=12)
        picture = label()
        icons.dress(picture, "lock-outline", "brand", 34)
        card.column.addLayout(row(picture, None))
        for each in (self.title, self.words, self.messages):
            card.column.addWidget(each)
        card.column.addLayout(self.form)
        card.column.addLayout(row(self.go_on, self.leave, None))
        self._card = card
        column(self, None, row(None, card, None), None, margin=24)


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
        self.screen = LockScreen(window)
        self.screen.password_given.connect(self.password_given)
        self.screen.opened.connect(self.unlock)
        self.screen.leave_wanted.connect(self.leave_wanted)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)
        _application().focusWindowChanged.connect(self._watch)

    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return not self.screen.isHidden()

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
        elif kind == QEvent.Type.Resize and watched is self._window:
            self.screen.fit()
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
