"""The menu under the officer's name: leaving the desk, how things look, and help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.views.common.remembered import memory
from app.views.common.theme import TEXT_SIZES, Scheme, Theme
from app.views.shell import settings

T = TypeVar("T")
_COLOURS = {Scheme.SYSTEM: "As the system", Scheme.LIGHT: "Light", Scheme.DARK: "Dark"}


class OfficeMenu(QMenu):
    """What an officer may do from any page.

    Signals:
        lock_wanted, sign_out_wanted, leave_wanted: lock the window, let somebody else sign in, open another database.
        password_wanted: choose another password.
        help_wanted, keys_wanted, tour_wanted: F1, ?, the tour of the first day.
        about_wanted: the version, and the licences of what the program is made of.
    """

    lock_wanted = Signal()
    sign_out_wanted = Signal()
    password_wanted = Signal()
    leave_wanted = Signal()
    help_wanted = Signal()
    keys_wanted = Signal()
    tour_wanted = Signal()
    about_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lock = self._add("&Lock", self.lock_wanted, "Ctrl+Shift+L")
        self.sign_out = self._add("Sign &out", self.sign_out_wanted)
        self.password = self._add("Change my &password", self.password_wanted)
        self._add("Open another &database", self.leave_wanted)
        self.addSeparator()
        self.colours = self._menu("&Colours")
        self._choices(self.colours, [(words, scheme) for scheme, words in _COLOURS.items()], self._choose_scheme)
        self.sizes = self._menu("&Text size")
        self._choices(self.sizes, [(f"{size} %", size) for size in TEXT_SIZES], self._choose_size)
        self.addSeparator()
        self._add("&Help", self.help_wanted).setText("&Help\tF1")
        self._add("&Keys of this page", self.keys_wanted).setText("&Keys of this page\t?")
        self._add("The first-day to&ur", self.tour_wanted)
        self._add("&About Rentbook", self.about_wanted)
        self.offer_sign_in(offered=False)
        self._mark()
        theme.changed.connect(self._mark)

    def offer_sign_in(self, *, offered: bool) -> None:
        """Show or leave out locking, signing out and the password."""
        for action in (self.lock, self.sign_out, self.password):
            action.setVisible(offered)
            action.setEnabled(offered)

    def commands(self) -> Iterator[tuple[str, QAction]]:
        """Every command of the menu with what it is called where it stands alone."""
        for action in self.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                for each in inner.actions():
                    yield f"{_plain(action)}: {_plain(each)}", each
            elif not action.isSeparator() and action.isVisible():
                yield _plain(action), action

    def _add(self, words: str, signal: object, keys: str = "") -> QAction:
        action = QAction(words, self)
        self.addAction(action)
        action.triggered.connect(signal)
        if keys:
            action.setShortcut(QKeySequence(keys))
        return action

    def _menu(self, words: str) -> QMenu:
        made = QMenu(words, self)
        self.addMenu(made)
        return made

    def _choices(self, menu: QMenu, choices: list[tuple[str, T]], choose: Callable[[T], None]) -> None:
        group = QActionGroup(menu)
        for words, value in choices:
            action = QAction(words, menu, checkable=True)
            action.setData(value)
            action.triggered.connect(lambda _checked=False, value=value: choose(value))
            group.addAction(action)
            menu.addAction(action)

    def _mark(self) -> None:
        """Mark what is chosen."""
        for menu, chosen in ((self.colours, self._theme.wanted), (self.sizes, self._theme.text_size)):
            for action in menu.actions():
                action.setChecked(action.data() == chosen)

    def _choose_scheme(self, scheme: Scheme) -> None:
        self._theme.choose(scheme=scheme)
        settings.keep_look(self._theme, memory())

    def _choose_size(self, size: int) -> None:
        self._theme.choose(text_size=size)
        settings.keep_look(self._theme, memory())


def _plain(action: QAction) -> str:
    """The words of an action without its key and mnemonic."""
    return action.text().partition("\t")[0].replace("&", "")
