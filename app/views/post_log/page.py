"""The Post page: everything that came in and went out in one list, and beside it the line that is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.core.changes import Changes
from app.services.post_log.register.dto import ItemDetail, Register, RegisterFilter, RegisterRow
from app.views.common.facets import Choice
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable
from app.views.common.parts import Card, action_button, column, label, row, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.sections import FIRST, Sections
from app.views.common.theme import scaled
from app.views.post_log.detail import DetailCard
from app.views.post_log.table import SPEC, VIEWS
from app.views.post_log.works import About, Group, Part, Section, Work

if TYPE_CHECKING:
    from app.views.common.works_panel import WorksPanel

_LEAST_HEIGHT: Final = 370
"""The list and the item beside it, at 100 per cent; the page scrolls where the window is lower."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What an officer may do, see and open on the page beside the register itself."""

    works: tuple[Work, ...] = ()
    sections: tuple[Section, ...] = ()
    parts: tuple[Part, ...] = ()


class PostPage(Page):
    """Post.

    Signals:
        line_chosen(row_id), line_opened(row_id): show it; open what it belongs to.
        account_wanted(account_id): open the account of what is shown.
        work_wanted(Work): the officer wants to do something.
        section_wanted(key): a section is opened that has no page yet: answer with `put_section`.

    Attributes:
        detail: the item that is shown; None where none is.
    """

    line_chosen = Signal(object)
    line_opened = Signal(object)
    account_wanted = Signal(object)
    work_wanted = Signal(object)
    section_wanted = Signal(str)

    def __init__(self, offered: Offered | None = None) -> None:
        super().__init__("Post", areas=frozenset({"post_log", "letters"}), help_topic="post_log")
        self._offered = offered or Offered()
        self._works: dict[Work, QAction] = {}
        self._panel: WorksPanel | None = None
        self.detail: ItemDetail | None = None
        self.list = PagedTable(SPEC)
        self._account_id: int | None = None
        self._account = self.add_key("Ctrl+O", "Account", self._open_account, tip="Open the account that it is about")
        self._add_works()
        self.card = DetailCard(self._buttons(About.ITEM, About.ITEMS), self._offered.parts)
        self._arrange()
        self.list.moved.connect(self.line_chosen)
        self.list.opened.connect(self.line_opened)
        self.list.choice_settled.connect(self._allow)
        self.add_key("Ctrl+F", "Find in the post", self._find)
        self.setFocusProxy(self.list.bar.text)
        self._own = (tuple(self.actions()), tuple(self.keys))
        self._add_sections()
        self._allow()

    def chosen(self) -> tuple[int, ...]:
        """The ids of the chosen items; what went out is left out."""
        return tuple(each for each in self.list.model.ids(self.list.chosen_places()) if each > 0)

    def items_for(self, work: Work) -> tuple[int, ...]:
        """The items that a work is done to."""
        if work.about is About.OFFICE or self.detail is None:
            return ()
        one = (self.detail.row.row_id,)
        return (self.chosen() or one) if work.about is About.ITEMS else one

    def show_item(self, found: ItemDetail) -> None:
        """Show an item beside the list."""
        self.detail = found
        self._account_id = found.row.account_id
        self.card.show_item(found)
        self._allow()

    def show_letter(self, shown: RegisterRow) -> None:
        """Show what went out."""
        self.detail = None
        self._account_id = shown.account_id
        self.card.show_letter(shown)
        self._allow()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.detail = None
        self._account_id = None
        self.card.clear()
        self._allow()

    def show_register(self, found: Register) -> None:
        """Show how many each view has, and what the register can be filtered by."""
        bar = self.list.bar
        for view, words in VIEWS.items():
            count = found.counts.get(view, 0)
            pressed = bar.quick["view", view]
            pressed.setText(f"{words}  {count:,}" if count else words)
        trays = [(tray, f"{tray.name}, {tray.open:,} open") for tray in found.trays]
        bar.offer("officer_id", [Choice(tray.officer_id, words) for tray, words in trays if tray.officer_id])
        bar.offer("team_id", [Choice(tray.team_id, words) for tray, words in trays if tray.team_id])
        bar.offer("categories", [Choice(key, name) for key, name in found.categories])

    def show_only(self, wanted: RegisterFilter) -> None:
        """List the lines of another filter, such as a card of the home page."""
        self.sections.open(FIRST)
        self.list.bar.ask(wanted)

    def put_section(self, key: str, page: Page) -> None:
        """Give a section its page."""
        self.sections.put(key, page)

    def open_works(self) -> None:
        """Ctrl+J: the panel of everything that can be done."""
        from app.views.common.works_panel import WorksPanel

        if self._panel is None:
            self._panel = WorksPanel(self, self._works)
        why = "" if self.detail is not None else "Choose what came in to work on it."
        self._panel.begin(self._menu_button if self._menu_button.isVisible() else None, why)

    def take_changes(self, changes: Changes) -> None:
        """The sections catch up by themselves."""
        super().take_changes(changes)
        for page in self.sections.pages:
            page.take_changes(changes)

    # What can be done

    def _add_works(self) -> None:
        """Every work is a command of the page; those with a key of their own have it here."""
        self._menu = self.add_key("Ctrl+J", "Do", self.open_works, tip="Everything that can be done with the post")
        self._menu.setVisible(bool(self._offered.works))
        for work in self._offered.works:
            wanted = partial(self.work_wanted.emit, work)
            if work.keys:
                more = ("Ctrl+Enter",) if work.keys == "Ctrl+Return" else ()
                action = self.add_key(work.keys, work.title, wanted, more=more)
            else:
                action = QAction(work.title, self)
                action.triggered.connect(lambda _on=False, wanted=wanted: wanted())
                self.addAction(action)
            self._works[work] = action

    def _buttons(self, *about: About) -> list[QPushButton]:
        """The buttons of works that have one, and where they are of items the menu of the others."""
        shown = [
            action_button(action, role="primary" if work.primary else "", icon=work.icon)
            for work, action in self._works.items()
            if work.shown and work.about in about
        ]
        if About.ITEM in about:
            self._menu_button = action_button(self._menu, icon="dots-horizontal")
            shown += [action_button(self._account, icon="account-outline"), self._menu_button]
        return shown

    def _allow(self) -> None:
        """Offer what can be done with what is chosen; what can't be is not there to be read past."""
        many = len(self.chosen()) > 1
        self._account.setEnabled(self._account_id is not None)
        for work, action in self._works.items():
            fits = self._fits(work, many=many)
            action.setEnabled(fits and self.sections.key == FIRST)
            action.setVisible(fits)

    def _fits(self, work: Work, *, many: bool) -> bool:
        """Whether a work can be done with what is chosen. An account that was declared is handed on, and nothing else."""
        if work.about is About.OFFICE:
            return True
        if self.detail is None or (self.detail.row.declared and work.group is not Group.SHARE):
            return False
        if many:
            return work.about is About.ITEMS
        return (self.detail.row.open or not work.only_open) and (work.fits is None or work.fits(self.detail))

    # Sections

    def _add_sections(self) -> None:
        if self._offered.sections:
            self.add_key("Ctrl+PgDown", "Next section", partial(self.sections.step, 1))
            self.add_key("Ctrl+PgUp", "Last section", partial(self.sections.step, -1))
        for section in self._offered.sections:
            action = QAction(f"Post: {section.title}", self)
            action.triggered.connect(partial(self.sections.open, section.key))
            self.addAction(action)
        self._always = [key for key in self.keys if key not in self._own[1]]

    def _turned(self, _key: str) -> None:
        """Another section is shown: its keys take the place of those of the last."""
        page = self.sections.page
        for each in self.sections.pages:
            for action in each.actions():
                self.removeAction(action)
        for action in self._own[0]:
            self.addAction(action) if page is None else self.removeAction(action)
        if page is not None:
            self.addActions(page.actions())
        self.keys[:] = [*(page.keys if page else self._own[1]), *self._always]
        self.help_topic = page.help_topic if page else "post_log"
        self._begins = page or self.list.bar.text
        self._allow()
        if self.isVisible():
            self.setFocus()

    def _arrange(self) -> None:
        left = Card(margins=(0, 12, 0, 6))
        title = label("Post", "title")
        buttons = FlowLayout(right=True)
        for each in self._buttons(About.OFFICE):
            buttons.addWidget(each)
        top = row(title, buttons)
        top.setStretch(1, 1)
        top.setAlignment(title, Qt.AlignmentFlag.AlignTop)
        top.setContentsMargins(scaled(14), 0, scaled(14), 0)
        left.column.addLayout(top)
        left.column.addWidget(self.list, 1)
        whole = Panes(Pane(left, 560, 860, 420), Pane(self.card, 380, 520, 420))
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(whole, _LEAST_HEIGHT))
        self.sections = Sections("Register", "email-outline", scrolled(inside), self._offered.sections)
        self.sections.register_wanted.connect(self.section_wanted)
        self.sections.opened.connect(self._turned)
        column(self, self.sections, margin=14)

    def _open_account(self) -> None:
        if self._account_id is not None:
            self.account_wanted.emit(self._account_id)

    def _find(self) -> None:
        self.list.bar.text.setFocus()
        self.list.bar.text.selectAll()
