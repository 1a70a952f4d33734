"""A tab with works and sections: its own list and card first, the lists of the office across, Ctrl+J for what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.core.changes import Changes
from app.views.common.page import Page
from app.views.common.parts import action_button, column
from app.views.common.sections import FIRST, Sections
from app.views.common.works import About, Offered, Work

if TYPE_CHECKING:
    from app.views.common.works_panel import WorksPanel


class WorksPage(Page):
    """A tab. Made in this order: its own keys, `offer_works`, what stands on it, `offer_sections`.

    Args:
        title: what the tab says.
        offered: what the officer may do, open and see on it.

    Attributes:
        offered: as it was given.
        works: each work with its action.
        menu: Ctrl+J; `menu_button` is its button.
        sections: the tab's own section and the others; `sections.open(key)` turns to one.
        office_everywhere: whether the works of the office and their menu can be used beside the other sections too.

    Signals:
        work_wanted(Work): the officer wants to do something.
        section_wanted(key): a section is opened that has no page yet: answer with `put_section`.

    Keys: Ctrl+J what can be done, Ctrl+PgDown and Ctrl+PgUp the next and the last section, and those of the works.
    """

    work_wanted = Signal(object)
    section_wanted = Signal(str)
    office_everywhere = False

    def __init__(self, title: str, *, areas: frozenset[str], help_topic: str, offered: Offered) -> None:
        super().__init__(title, areas=areas, help_topic=help_topic)
        self.offered = offered
        self.works: dict[Work, QAction] = {}
        self.menu: QAction
        self.menu_button: QPushButton | None = None
        self.sections: Sections
        self._panel: WorksPanel | None = None
        self._help = help_topic

    # For the pages made of it

    def fits(self, work: Work) -> bool:
        """Whether a work can be done with what is shown and chosen."""
        raise NotImplementedError

    def why_not(self) -> str:
        """Why the works of a record can't be chosen now; empty where they can."""
        raise NotImplementedError

    def offer_works(self, menu: str, tip: str) -> None:
        """Make every work a command of the page; those with a key of their own have it here.

        Args:
            menu: what the button of the menu says.
            tip: what the menu holds.
        """
        self.menu = self.add_key("Ctrl+J", menu, self.open_works, tip=tip)
        self.menu.setVisible(bool(self.offered.works))
        for work in self.offered.works:
            wanted = partial(self.work_wanted.emit, work)
            if work.keys:
                more = ("Ctrl+Enter",) if work.keys == "Ctrl+Return" else ()
                action = self.add_key(work.keys, work.title, wanted, more=more)
            else:
                action = QAction(work.title, self)
                action.triggered.connect(lambda _on=False, wanted=wanted: wanted())
                self.addAction(action)
            self.works[work] = action

    def buttons(self, *about: About) -> list[QPushButton]:
        """The buttons of the works that have one."""
        return [
            action_button(action, role="primary" if work.primary else "", icon=work.icon)
            for work, action in self.works.items()
            if work.shown and work.about in about
        ]

    def make_menu_button(self, icon: str) -> QPushButton:
        """The button of the menu; the menu opens under it while it is seen."""
        self.menu_button = action_button(self.menu, icon=icon)
        if not self.works:
            self.menu_button.hide()
        return self.menu_button

    def offer_sections(self, title: str, icon: str, first: QWidget) -> None:
        """Put the tab's own section on the page, and the names of the others over it."""
        self._own = (tuple(self.actions()), tuple(self.keys))
        self._own_begin = self.focusProxy()
        self.sections = Sections(title, icon, first, self.offered.sections)
        self.sections.section_wanted.connect(self.section_wanted)
        self.sections.opened.connect(self._turned)
        column(self, self.sections, margin=14)
        if self.offered.sections:
            self.add_key("Ctrl+PgDown", "Next section", partial(self.sections.step, 1))
            self.add_key("Ctrl+PgUp", "Last section", partial(self.sections.step, -1))
        for section in self.offered.sections:
            action = QAction(f"{self.windowTitle()}: {section.title}", self)
            action.triggered.connect(partial(self.sections.open, section.key))
            self.addAction(action)
        self._always = [key for key in self.keys if key not in self._own[1]]
        self.allow()

    # For everybody

    def allow(self) -> None:
        """Offer what can be done with what is shown and chosen; what can't be is not there to be read past."""
        first = self.sections.key == FIRST
        for work, action in self.works.items():
            fits = self.fits(work)
            action.setEnabled(fits and (first or self._goes_on(action)))
            action.setVisible(fits)

    def open_works(self) -> None:
        """Ctrl+J: the panel of everything that can be done."""
        from app.views.common.works_panel import WorksPanel

        if self._panel is None:
            self._panel = WorksPanel(self, self.works)
        button = self.menu_button
        self._panel.begin(button if button is not None and button.isVisible() else None, self.why_not())

    def put_section(self, key: str, page: Page) -> None:
        """Give a section its page."""
        self.sections.put(key, page)

    def take_changes(self, changes: Changes) -> None:
        """The sections catch up by themselves."""
        super().take_changes(changes)
        for page in self.sections.pages:
            page.take_changes(changes)

    def _goes_on(self, action: QAction) -> bool:
        """Whether a command of the tab is of use beside another section."""
        office = (each for work, each in self.works.items() if work.about is About.OFFICE)
        return self.office_everywhere and (action is self.menu or action in office)

    def _turned(self, _key: str) -> None:
        """Another section is shown: its keys take the place of those of the last."""
        page = self.sections.page
        for each in self.sections.pages:
            for action in each.actions():
                self.removeAction(action)
        for action in self._own[0]:
            if page is None or self._goes_on(action):
                self.addAction(action)
            else:
                self.removeAction(action)
        if page is not None:
            self.addActions(page.actions())
        self.keys[:] = [*(page.keys if page else self._own[1]), *self._always]
        self.help_topic = page.help_topic if page else self._help
        self._begins = page or self._own_begin
        self.allow()
        if self.isVisible():
            self.setFocus()
