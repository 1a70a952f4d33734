"""A tab that is a list with the line that is chosen beside it: filter bar and table at the left, its card at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.views.common.listed_card import title_row
from app.views.common.paged_table import PagedTable, TableSpec
from app.views.common.parts import Card, action_button, column, label, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.sections import FIRST
from app.views.common.works import About, Offered, Work
from app.views.common.works_page import WorksPage

_LEAST_HEIGHT: Final = 370
"""The list and the card beside it, at 100 per cent; the page scrolls where the window is lower."""


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a tab with a list says.

    Attributes:
        title: the tab, and what stands over the list.
        section: the name of the list among the sections.
        icon: before that name, a Material Design name.
        menu: what the button of the menu of works says, and its tip.
        choose: why the works of a line can't be chosen while none is.
        find: what Ctrl+F does.
    """

    title: str
    section: str
    icon: str
    menu: tuple[str, str]
    choose: str
    find: str


class ListPage(WorksPage):
    """A list, and beside it the line that is chosen.

    Args:
        words: what it says.
        spec: the list.
        offered: what the officer may do, open and see.

    Attributes:
        list: filter bar, table and totals; a `ListDesk` feeds it.
        detail: what is shown of the chosen line; None where none is.

    Signals:
        line_chosen(row_id), line_opened(row_id): show it; open what it belongs to.
        account_wanted(account_id): open the account of what is shown.

    Keys: Ctrl+O its account, Ctrl+F find, and those of every page with works.
    """

    line_chosen = Signal(object)
    line_opened = Signal(object)
    account_wanted = Signal(object)

    def __init__(
        self, words: ListWords, spec: TableSpec[Any], *, areas: frozenset[str], help_topic: str, offered: Offered
    ) -> None:
        super().__init__(words.title, areas=areas, help_topic=help_topic, offered=offered)
        self._words = words
        self.detail: Any = None
        self._shown: int | None = None
        self._account_id: int | None = None
        self.list = PagedTable(spec)
        self._account: QAction = self.add_key(
            "Ctrl+O", "Account", self._open_account, tip="Open the account that it is about"
        )
        self.offer_works(*words.menu)
        card = self.make_card([*self.buttons(About.ONE, About.MANY), *self._more_buttons()])
        self.list.moved.connect(self.line_chosen)
        self.list.opened.connect(self.line_opened)
        self.list.choice_settled.connect(self.allow)
        self.add_key("Ctrl+F", words.find, self._find)
        self.setFocusProxy(self.list.bar.text)
        self.offer_sections(words.section, words.icon, self._arranged(card))

    # For the pages made of it

    def make_card(self, buttons: list[QPushButton]) -> QWidget:
        """The card at the right, with the buttons of what can be done."""
        raise NotImplementedError

    def fits(self, work: Work) -> bool:
        """A work of the office always; one of a line while it is shown, of several where it is made for several."""
        if work.about is About.OFFICE:
            return True
        if self.detail is None:
            return False
        if len(self.chosen()) > 1:
            return work.about is About.MANY
        return work.fits is None or work.fits(self.detail)

    def chosen(self) -> tuple[int, ...]:
        """The ids of the chosen lines."""
        return tuple(self.list.model.ids(self.list.chosen_places()))

    # For its desk

    def done_to(self, work: Work) -> tuple[int, ...]:
        """The ids of what a work is done to: one, several, or none where it is about the office."""
        if work.about is About.OFFICE or self.detail is None or self._shown is None:
            return ()
        return (self.chosen() or (self._shown,)) if work.about is About.MANY else (self._shown,)

    def show_detail(self, row_id: int | None, detail: Any, account_id: int | None = None) -> None:
        """A line is shown in the card (None: nothing that works are done to); `account_id` is whose account Ctrl+O opens."""
        self._shown = row_id
        self.detail = detail
        self._account_id = account_id
        self._account.setEnabled(account_id is not None)
        self.allow()

    def show_only(self, wanted: Any) -> None:
        """List the lines of another filter, such as a card of the home page."""
        self.sections.open(FIRST)
        self.list.bar.ask(wanted)

    @property
    def account_shown(self) -> int | None:
        """The account that Ctrl+O opens; None where what is shown has none."""
        return self._account_id

    def why_not(self) -> str:
        """No line is chosen."""
        return "" if self.detail is not None else self._words.choose

    def _more_buttons(self) -> list[QPushButton]:
        return [action_button(self._account, icon="account-outline"), self.make_menu_button("dots-horizontal")]

    def _arranged(self, card: QWidget) -> QWidget:
        left = Card(margins=(0, 12, 0, 6))
        left.column.addLayout(title_row(label(self._words.title, "title"), self.buttons(About.OFFICE)))
        left.column.addWidget(self.list, 1)
        whole = Panes(Pane(left, 560, 860, 420), Pane(card, 380, 520, 420))
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(whole, _LEAST_HEIGHT))
        return scrolled(inside)

    def _open_account(self) -> None:
        if self._account_id is not None:
            self.account_wanted.emit(self._account_id)

    def _find(self) -> None:
        self.list.bar.text.setFocus()
        self.list.bar.text.selectAll()
