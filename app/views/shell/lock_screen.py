"""What covers a locked window: it says whose desk it is, and asks for the password where one is needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QWidget

from app.services.core.errors import UserError
from app.views.common import icons
from app.views.common.forms import Form
from app.views.common.message_bar import MessageBar
from app.views.common.parts import Card, button, column, label, row
from app.views.common.theme import scaled

_WIDTH = 400
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
        self.title.setText(f"{officer} is away" if not asks else f"Locked by {officer}")
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
