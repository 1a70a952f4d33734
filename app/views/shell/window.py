"""The window: tabs across the top, a message under them, the page, the status at the foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.services.core.changes import Changes
from app.views.common import icons
from app.views.common.changes import ChangeBus
from app.views.common.growing import Growing
from app.views.common.message_bar import MessageBar
from app.views.common.page import Page
from app.views.common.parts import column
from app.views.common.remembered import Memory, memory
from app.views.common.tasks import Tasks
from app.views.common.theme import Theme, dress
from app.views.shell import settings
from app.views.shell.banner import Banner
from app.views.shell.crash import CrashReporter
from app.views.shell.palette_item import Item
from app.views.shell.seeking import command, page_commands
from app.views.shell.status import StatusLine
from app.views.shell.tabs import key_of
from app.views.shell.topbar import TopBar
from app.views.shell.tour import Tour
from app.views.shell.tour_steps import steps_through

if TYPE_CHECKING:
    from app.views.shell.palette import Palette

_WIDTH, _HEIGHT = 1440, 900
_LEAST_WIDTH, _LEAST_HEIGHT = 960, 600
_TABS_WITH_KEYS = 9
_STOPPING = "Stopping what is under way, so that nothing is left half done. Rentbook closes by itself."


@dataclass(frozen=True, slots=True)
class Tab:
    """What a tab says, and its icon (a Material Design name). Its page is made when it is first opened."""

    title: str
    icon: str


class Window(QMainWindow):
    """The shell: it shows pages and knows nothing of what they do.

    Signals:
        page_wanted(place): a tab is opened that has no page yet: answer with `put_page`.
        leave_wanted: the officer wants another database.
        lock_wanted, sign_out_wanted: the officer leaves the desk.
        sheet_opened(Sheet): a dialog was opened over a page.
        payment_wanted: F5: take a payment, for the account that is shown.
        sought(text): the palette looks for this; it is answered by `palette_of_all.show_items`.
    """

    page_wanted = Signal(int)
    leave_wanted = Signal()
    lock_wanted = Signal()
    sign_out_wanted = Signal()
    sheet_opened = Signal(object)
    payment_wanted = Signal()
    sought = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, bus: ChangeBus, crashes: CrashReporter) -> None:
        super().__init__()
        self.setWindowTitle("Rentbook")
        self._tasks = tasks
        self._closing = False
        self.banner = Banner()
        self.notice = Banner()
        self.announcement = Banner("clock-outline")
        self.messages = MessageBar()
        self.top = TopBar(theme)
        self.pages = QStackedWidget()
        self.status = StatusLine(tasks)
        self._middle = QWidget()
        banners = (self.banner, self.announcement, self.notice)
        layout = column(self._middle, self.top, *banners, self.messages, self.pages, spacing=0)
        layout.setStretch(5, 1)
        self.setCentralWidget(self._middle)
        self._palette: Palette | None = None
        self.setStatusBar(self.status)
        self.tour = Tour(self, steps_through(self))
        self.tour.ended.connect(lambda: settings.TOURED.write("yes", memory()))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.resize(_WIDTH, _HEIGHT)
        Growing(self, theme)
        theme.changed.connect(self._redraw)
        bus.changed.connect(self._pass_changes)
        crashes.reported.connect(self._show_crash)
        self.top.tabs.opened.connect(self._show_tab)
        self.top.find_wanted.connect(self.find_anything)
        self._join_menu()
        self.status.keys.clicked.connect(self.show_keys)
        self._keys()
        dress(self)

    @property
    def palette_of_all(self) -> Palette:
        """The list of Ctrl+K, made when it is first wanted."""
        if self._palette is None:
            from app.views.shell.palette import Palette

            self._palette = Palette(self._middle)
            self._palette.asked.connect(self.sought)
        return self._palette

    def show_alone(self, page: Page) -> None:
        """Show one page without tabs, such as the welcome page."""
        self.show_nothing("No database is open")
        self.pages.addWidget(page)
        page.setFocus()

    def show_nothing(self, words: str) -> None:
        """Show no page, with these words at the foot, for the moment until there is one."""
        self._clear()
        self.top.setVisible(False)
        self.status.place.setText(words)

    def show_tabs(self, tabs: list[Tab], officer: str, place: str, first: int = 0) -> None:
        """Show the pages of an open database, and of them first the one at this place."""
        self._clear()
        self.top.name_officer(officer)
        for tab in tabs:
            self.pages.addWidget(QWidget())
            self.top.tabs.add_tab(tab.title, tab.icon)
        self.name_place(place)
        self.status.officer.setText(officer)
        self.top.setVisible(True)
        self.top.draw_icons()
        self.top.tabs.go_to(first)
        self._show_tab(first)

    def put_page(self, at: int, page: Page) -> None:
        """Give the tab at this place its page."""
        empty = self.pages.widget(at)
        self.pages.insertWidget(at, page)
        if empty is not None:
            self.pages.removeWidget(empty)
            empty.deleteLater()

    def name_place(self, place: str) -> None:
        """Say which database is open."""
        self.status.place.setText(place)
        self.setWindowTitle(f"{place} - Rentbook")

    def name_day(self, words: str) -> None:
        """Say which week and day it is."""
        self.status.today.setText(words)

    def come_forward(self) -> None:
        """Stand in front of other windows."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self.pages.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go_to(self, page: Page) -> None:
        """Show this page's tab."""
        self.top.tabs.go_to(self.pages.indexOf(page))

    def show_keys(self) -> None:
        """The sheet of keys."""
        from app.views.shell.help import KeysSheet

        page = self.page()
        KeysSheet(self, page.windowTitle() if page else "", page.keys if page else []).open()

    def show_help(self) -> None:
        """The help page of the area."""
        from app.views.shell.help import HelpSheet

        page = self.page()
        HelpSheet(self, page.help_topic if page else "welcome").open()

    def show_about(self) -> None:
        """The version, and the licences of what the program is made of."""
        from app.views.shell.about import AboutSheet

        AboutSheet(self, self._tasks).open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask the running work to stop, and close when it has: nothing is left half done. A second time closes at once."""
        for each in (memory(), Memory()):
            each.keep_window(self)
        if self._tasks.busy and not self._closing:
            self._closing = True
            event.ignore()
            self.banner.say(_STOPPING, "")
            self._tasks.idle.connect(self.close)
            self._tasks.stop_all()
            return
        super().closeEvent(event)

    def _keys(self) -> None:
        for number in range(_TABS_WITH_KEYS):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self.top.tabs.go_to(number))
        for keys, slot in (
            ("Ctrl+K", self.find_anything),
            ("F5", self.payment_wanted.emit),
            ("F1", self.show_help),
            ("?", self.show_keys),
            ("Esc", self.messages.clear),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def commands(self) -> Iterator[Item]:
        """Everything that could be done now: the shown page's commands, the other pages', the tabs and the menu."""
        shown = self.page()
        if shown is not None:
            yield from page_commands(shown)
        for at in range(self.pages.count()):
            page = self.pages.widget(at)
            if isinstance(page, Page) and page is not shown:
                yield from page_commands(page, partial(self.go_to, page))
        for at, title in enumerate(self.top.tabs.titles()):
            yield Item(f"Go to {title}", "", key_of(at), "arrow-right", "muted", partial(self.top.tabs.go_to, at))
        for title, action in self.top.menu.commands():
            yield command(title, action)

    def find_anything(self) -> None:
        """Ctrl+K: the palette."""
        if self.top.isVisible():
            self.palette_of_all.begin()

    def begin_tour(self) -> None:
        """Show the tour to an officer who has not seen it here."""
        if not settings.TOURED.read(memory()):
            self.tour.begin()

    def _join_menu(self) -> None:
        menu = self.top.menu
        menu.leave_wanted.connect(self.leave_wanted)
        menu.lock_wanted.connect(self.lock_wanted)
        menu.sign_out_wanted.connect(self.sign_out_wanted)
        menu.help_wanted.connect(self.show_help)
        menu.keys_wanted.connect(self.show_keys)
        menu.tour_wanted.connect(self.tour.begin)
        menu.about_wanted.connect(self.show_about)

    def _show_tab(self, at: int) -> None:
        if not 0 <= at < self.pages.count():
            return
        if not isinstance(self.pages.widget(at), Page):
            self.page_wanted.emit(at)
        self.pages.setCurrentIndex(at)
        if page := self.page():
            page.setFocus()

    def _clear(self) -> None:
        self.messages.clear()
        self.banner.clear()
        self.notice.clear()
        self.announcement.clear()
        if self._palette is not None:
            self._palette.end()
        self.tour.end()
        self.top.tabs.clear()
        while (gone := self.pages.currentWidget()) is not None:
            self.pages.removeWidget(gone)
            gone.deleteLater()

    def _pass_changes(self, changes: Changes) -> None:
        for at in range(self.pages.count()):
            page = self.pages.widget(at)
            if isinstance(page, Page):
                page.take_changes(changes)

    def _redraw(self) -> None:
        icons.redress()
        self.top.draw_icons()

    def _show_crash(self, reference: str, details: str) -> None:
        from app.views.shell.crash_sheet import CrashSheet

        CrashSheet(self, reference, details).open()
