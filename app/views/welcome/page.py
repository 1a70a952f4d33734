"""The welcome page: the demonstration landlord, a landlord of one's own, or a shared server."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.views.common import icons
from app.views.common.message_bar import MessageBar
from app.views.common.page import Page
from app.views.common.parts import button, column, label, row, scrolled
from app.views.common.theme import scaled

_DEMONSTRATION = (
    "A made-up landlord with 9,000 homes, 1,500 garages and three years of rent. "
    "Try everything: nobody in it is real. It is ready in about a minute."
)
_OWN = (
    "An empty Rentbook on this computer. Load your properties, tenancies, charges and balances from a workbook "
    "or a folder of CSV files; a dry run finds every error first."
)
_SHARED = (
    "Join the office's database on SQL Server, with your Windows sign-in or a login that your administrator gave you."
)


class Choice(QFrame):
    """One way to begin: an icon, what it is, and its button."""

    def __init__(self, icon: str, title: str, text: str, does: str, *, primary: bool = False) -> None:
        super().__init__()
        self.setObjectName("choice")
        picture = label()
        icons.dress(picture, icon, "brand", 34)
        self.button: QPushButton = button(does, role="primary" if primary else "")
        self.button.setAccessibleName(f"{does.replace('&', '')}: {title}")
        self.button.setAccessibleDescription(text)
        words = label(text, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        column(
            self, row(picture, None), label(title, "heading", wrap=True), words, 4, row(self.button, None), margin=20
        )
        self.setMinimumWidth(scaled(220))


class WelcomePage(Page):
    """Where Rentbook begins when no database is open.

    Signals:
        demonstration_wanted, own_wanted, shared_wanted, file_wanted: the choices.
        stop_wanted: stop making the demonstration landlord.
    """

    demonstration_wanted = Signal()
    own_wanted = Signal()
    shared_wanted = Signal()
    file_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Welcome", help_topic="welcome")
        self.demonstration = Choice(
            "home-city-outline", "Look around", _DEMONSTRATION, "Open the &demonstration", primary=True
        )
        self.own = Choice("table-arrow-up", "Start my own", _OWN, "&Start my own")
        self.shared = Choice("server-network-outline", "Connect to a shared server", _SHARED, "&Connect to a server")
        self.file = button("&Open a database file on this computer", role="link", icon="folder-open-outline")
        for choice, signal in (
            (self.demonstration, self.demonstration_wanted),
            (self.own, self.own_wanted),
            (self.shared, self.shared_wanted),
        ):
            choice.button.clicked.connect(signal)
        self.file.clicked.connect(self.file_wanted)
        self.messages = MessageBar(inline=True)
        self._work = self._progress_row()
        self._arrange()
        self.setFocusProxy(self.demonstration.button)

    def show_work(self, words: str, done: int = 0, total: int = 0) -> None:
        """Show long work that was begun here; the choices wait."""
        self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._set_busy(busy=True)

    def end_work(self) -> None:
        """The work is over, one way or another."""
        self._set_busy(busy=False)

    def _set_busy(self, *, busy: bool) -> None:
        self._work.setVisible(busy)
        for choice in (self.demonstration, self.own, self.shared):
            choice.button.setEnabled(not busy)
        self.file.setEnabled(not busy)

    def _arrange(self) -> None:
        choices = row(self.demonstration, self.own, self.shared, spacing=12)
        for at in range(3):
            choices.setStretch(at, 1)
        words = "Rent accounts for a council's housing team, on this computer or shared by the office."
        inside = QWidget()
        inside.setObjectName("canvas")
        body = column(
            inside,
            None,
            label("Welcome to Rentbook", "title"),
            label(words, "muted", wrap=True),
            8,
            self.messages,
            choices,
            4,
            self._work,
            row(self.file, None),
            None,
            margin=24,
        )
        body.setStretch(0, 1)
        inside.setMaximumWidth(scaled(1040))
        room = scrolled(inside)
        room.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(self, room, spacing=0)

    def _progress_row(self) -> QWidget:
        self._words = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._stop = button("Stop", role="link")
        self._stop.clicked.connect(self.stop_wanted)
        made = QWidget()
        layout = row(self._words, self._bar, self._stop)
        layout.setStretch(1, 1)
        made.setLayout(layout)
        made.setVisible(False)
        return made
