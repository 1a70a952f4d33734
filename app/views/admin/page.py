"""The Admin page: its sections in a list at the left, the one that is open beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QStackedWidget

from app.services.core.changes import Changes
from app.views.admin.sections import Section
from app.views.common import icons
from app.views.common.page import Key, Page
from app.views.common.parts import Card, row
from app.views.common.theme import scaled

_WIDTH = 200
_HEADING, _ROW = 26, 28
_KEY = Qt.ItemDataRole.UserRole


class SectionList(QListWidget):
    """The sections under their headings: Up and Down, or the first letters of a name; Enter goes into the section.

    Signals:
        entered_section: the officer wants to work in the section that is shown.
    """

    entered_section = Signal()

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.setAccessibleName("Sections")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sections = {section.key: section for section in sections}
        for group, members in groupby(sections, lambda section: section.group):
            heading = QListWidgetItem(group.value, self)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for section in members:
                QListWidgetItem(section.title, self).setData(_KEY, section.key)
        self._dress()

    def keys(self) -> list[str]:
        """The keys of the sections in the order of the list."""
        return list(self._sections)

    def key(self) -> str:
        """The key of the section that the officer is on; empty if there is none."""
        at = self.currentRow()
        return str(self.item(at).data(_KEY) or "") if at >= 0 else ""

    def choose(self, key: str) -> None:
        """Go to a section."""
        for at in range(self.count()):
            if self.item(at).data(_KEY) == key:
                self.setCurrentRow(at)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Keep the section that is shown in sight."""
        super().resizeEvent(event)
        self.scrollToItem(self.currentItem())

    def step(self, by: int) -> None:
        """Go to the next or the last section, round the end."""
        keys = self.keys()
        if self.key() in keys:
            self.choose(keys[(keys.index(self.key()) + by) % len(keys)])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Enter or Right goes into the section."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right} and not event.modifiers():
            self.entered_section.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw the icons anew in the colours in force."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_sections"):
            self._dress()

    def _dress(self) -> None:
        self.setIconSize(QSize(scaled(16), scaled(16)))
        for at in range(self.count()):
            item = self.item(at)
            section = self._sections.get(str(item.data(_KEY)))
            if section is None:
                font = self.font()
                font.setWeight(font.Weight.DemiBold)
                font.setPointSizeF(font.pointSizeF() * 0.9)
                item.setFont(font)
                item.setSizeHint(QSize(0, scaled(_HEADING)))
            else:
                item.setIcon(icons.icon(section.icon, "brand"))
                item.setSizeHint(QSize(0, scaled(_ROW)))


class AdminPage(Page):
    """Admin.

    Keys: Up and Down in the list of sections, Ctrl+Page Up and Ctrl+Page Down from anywhere.

    Signals:
        section_wanted(key): a section is opened that has no page yet: answer with `put_section`.
        section_opened(key)
    """

    section_wanted = Signal(str)
    section_opened = Signal(str)

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__("Admin", help_topic="admin")
        self.list = SectionList(sections)
        self.stack = QStackedWidget()
        self._pages: dict[str, Page] = {}
        self._shown: Page | None = None
        card = Card(margins=(4, 4, 4, 4))
        card.column.addWidget(self.list)
        card.setFixedWidth(scaled(_WIDTH))
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._card = card
        layout = row(card, self.stack, spacing=12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(*([scaled(14)] * 4))
        self.setLayout(layout)
        self.add_key("Ctrl+PgDown", "Next section", partial(self.list.step, 1))
        self.add_key("Ctrl+PgUp", "Last section", partial(self.list.step, -1))
        self._own_keys = tuple(self.keys)
        for section in sections:
            action = QAction(f"Admin: {section.title}", self)
            action.triggered.connect(partial(self.open_section, section.key))
            self.addAction(action)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.entered_section.connect(self._enter)
        self.setFocusProxy(self.list)

    def open_section(self, key: str) -> None:
        """Show a section; it is made if it has no page yet."""
        self.list.choose(key)

    def put_section(self, key: str, page: Page) -> None:
        """Give a section its page."""
        self._pages[key] = page
        self.stack.addWidget(page)

    def section(self) -> Page | None:
        """The section that is shown."""
        return self._shown

    def take_changes(self, changes: Changes) -> None:
        """Each section catches up by itself, when it is seen."""
        for page in self._pages.values():
            page.take_changes(changes)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """The list grows with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_card"):
            self._card.setFixedWidth(scaled(_WIDTH))

    def _enter(self) -> None:
        if self._shown is not None:
            self._shown.setFocus()

    def _show(self) -> None:
        key = self.list.key()
        if not key:
            return
        if key not in self._pages:
            self.section_wanted.emit(key)
        page = self._pages[key]
        if self._shown is not None:
            for action in self._shown.actions():
                self.removeAction(action)
        self._shown = page
        self.stack.setCurrentWidget(page)
        self.addActions(page.actions())
        self.keys[:] = [*self._own_keys, Key("Up, Down", "Another section"), *page.keys]
        self.help_topic = page.help_topic
        self.section_opened.emit(key)
