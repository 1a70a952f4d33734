"""The sections of a tab: what it is there for, and the lists of the office beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.views.common import icons
from app.views.common.more_tabs import MoreTabs
from app.views.common.page import Page
from app.views.common.parts import column, row
from app.views.common.theme import scaled

_NAMES_FIRST = 1_000
"""The names take their room before what is left empty does."""
FIRST = ""
"""The key of the section that is there from the beginning."""


class Section(Protocol):
    """A section as data: its key, what its name says, and a Material Design name."""

    @property
    def key(self) -> str:
        """Its key."""
        ...

    @property
    def title(self) -> str:
        """What its name says."""
        ...

    @property
    def icon(self) -> str:
        """What stands before its name."""
        ...


class Sections(QWidget):
    """A row of names, and the section that is chosen under it; without others there is no row.

    Args:
        title, icon, first: the first section.
        others: those beside it, in their order; each is made when it is first opened.

    Signals:
        section_wanted(key): a section is opened that has no page yet: answer with `put`.
        opened(key): another section is shown.
    """

    section_wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, title: str, icon: str, first: QWidget, others: Sequence[Section]) -> None:
        super().__init__()
        self._icons = (icon, *(each.icon for each in others))
        self._keys = [FIRST, *(each.key for each in others)]
        self._pages: dict[str, Page] = {}
        self._first = first
        self.bar = QTabBar()
        self.bar.setProperty("role", "sections")
        self.bar.setAccessibleName("Sections")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.more = MoreTabs(self.bar, "More sections")
        for name in (title, *(each.title for each in others)):
            self.bar.addTab(name)
        self._stack = QStackedWidget()
        self._stack.addWidget(first)
        if others:
            names = row(self.bar, self.more, None, spacing=4)
            names.setStretch(0, _NAMES_FIRST)
            column(self, names, self._stack, spacing=8).setStretch(1, 1)
        else:
            column(self, self._stack)
        self.bar.currentChanged.connect(self._show)
        self._dress()

    @property
    def key(self) -> str:
        """The section that is shown."""
        return self._keys[self.bar.currentIndex()]

    @property
    def page(self) -> Page | None:
        """The page of the section that is shown; none where it is the first."""
        return self._pages.get(self.key)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the sections that were opened."""
        return tuple(self._pages.values())

    def open(self, key: str) -> None:
        """Show a section; one that this officer doesn't see changes nothing."""
        if key in self._keys:
            self.bar.setCurrentIndex(self._keys.index(key))

    def step(self, by: int) -> None:
        """Go to the next or the last section, round the end."""
        self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self._keys))

    def put(self, key: str, page: Page) -> None:
        """Give a section its page."""
        self._pages[key] = page
        self._stack.addWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Names without room go into a menu."""
        super().resizeEvent(event)
        self.more.fit(self.width())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Draw the icons anew in the colours in force."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_stack"):
            self._dress()

    def _show(self, _at: int) -> None:
        key = self.key
        if key and key not in self._pages:
            self.section_wanted.emit(key)
        self._stack.setCurrentWidget(self._pages.get(key, self._first))
        self._dress()
        self.opened.emit(key)

    def _dress(self) -> None:
        self.bar.setIconSize(QSize(scaled(16), scaled(16)))
        for at, name in enumerate(self._icons):
            self.bar.setTabIcon(at, icons.icon(name, "brand" if at == self.bar.currentIndex() else "muted"))
        self.more.fit()
