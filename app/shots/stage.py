"""What a scene is, and what it may do to the program: go to a page, press keys, wait, find the dialog it opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from app.bootstrap import Rentbook
from app.offscreen import settle, wait_for
from app.views.common.draft_offer import DraftOffer
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import Theme
from app.views.common.works_panel import WorksPanel

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Stage:
    """The program as a scene acts on it, through its window as an officer would."""

    program: Rentbook
    theme: Theme

    @property
    def window(self) -> QWidget:
        """The program's window."""
        return self.program.window

    def controller(self, area: str) -> Any:
        """Go to the tab of an area; its controller, when the page has what it asked for."""
        found = self.program.controllers[area]
        self.program.window.go_to(found.page)
        self.settle()
        return found

    def register(self, key: str) -> QWidget:
        """Turn to a register of the Accounts tab and list it; its table has the focus."""
        page = self.controller("rent").page
        page.sections.open(key)
        self.settle()
        register = page.sections.page
        assert register is not None
        register.asked.emit()
        self.settle()
        register.table.setFocus()
        return self.window

    def settle(self) -> None:
        """Wait until the window has shown everything that it asked for."""
        settle(self.program)

    def wait(self, happened: Callable[[], bool]) -> None:
        """Wait until something has happened."""
        wait_for(self.program, happened)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus is, and wait for what it does."""
        window = QApplication.activeModalWidget() or self.window
        window.activateWindow()
        QApplication.processEvents()
        QTest.keyClick(QApplication.focusWidget() or window, key, held)
        self.settle()

    def write(self, text: str) -> None:
        """Type wherever the focus is, and wait for what it does."""
        self.window.activateWindow()
        QApplication.processEvents()
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.settle()

    def sheet(self, kind: type[W]) -> W:
        """The dialog of this class, as soon as it is open.

        Raises:
            TimeoutError: none opens.
        """
        self.settle()
        self.wait(lambda: bool(self._open_ones(kind)))
        return self._open_ones(kind)[0]

    def _open_ones(self, kind: type[W]) -> list[W]:
        windows = QApplication.topLevelWidgets()
        return [each for each in windows if isinstance(each, kind) and each.isVisible()]

    def fresh(self, kind: type[W]) -> W:
        """The dialog of this class that is open, with nothing in it that a scene before left half written."""
        sheet = self.sheet(kind)
        for offer in sheet.findChildren(DraftOffer):
            if offer.isVisible():
                offer.throw.click()
        self.settle()
        return sheet

    def reveal(self, part: QWidget) -> None:
        """Scroll the page until this part of it is in sight, as an officer would."""
        around = part.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(part)
            around = around.parentWidget()
        self.settle()

    def strike(self) -> None:
        """Clear the stage for the next scene: close every dialog and the message."""
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible():
                each.done(QDialog.DialogCode.Rejected)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for panel in self.window.findChildren(WorksPanel):
            panel.end()
        for scrolling in self.window.findChildren(QScrollArea):
            scrolling.verticalScrollBar().setValue(0)
        self.program.signing.lock.unlock()
        self.program.window.palette_of_all.end()
        self.program.window.tour.end()
        self.program.window.banner.clear()
        self.program.window.announcement.clear()
        self.program.window.messages.clear()
        for area in {"rent", "post_log", "adjustments"} & self.program.controllers.keys():
            controller: Any = self.program.controllers[area]
            controller.page.sections.open("")
        for card in self.window.findChildren(TabbedCard):
            card.open_part(0)
        self.settle()


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of a page, or a dialog, to be pictured and walked.

    Attributes:
        name: begins with its area; pictures are called by it.
        show: brings the program there and gives the widget to look at: the window, or the dialog opened.
    """

    name: str
    show: Callable[[Stage], QWidget]


def tab(area: str) -> Scene:
    """The page of an area as it is when its tab is opened."""

    def show(stage: Stage) -> QWidget:
        stage.controller(area)
        return stage.window

    return Scene(area, show)
