"""The Accounts page: the list, and beside it the account that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.services.core.calendars import RentYear, rent_year
from app.views.common.parts import action_button
from app.views.common.sections import FIRST
from app.views.common.theme import scaled
from app.views.common.works import About, Offered, Work
from app.views.common.works_page import WorksPage
from app.views.rent.finder import Finder

if TYPE_CHECKING:
    from app.views.rent.account import AccountPart

_LEAST_RIGHT = 760
_LEAST_ABREAST = 1_000
"""A narrower page, in pixels at 100 per cent, has the sum under the ledger."""
_PARTS = (
    ("Ctrl+L", "The ledger"),
    ("Ctrl+B", "Sums by week"),
    ("Ctrl+G", "Charges in force"),
    ("Ctrl+M", "Notes"),
    ("Ctrl+D", "Documents"),
    ("Ctrl+T", "Tasks"),
)
"""The parts of an account, in the order of their tabs; those of `works.PARTS` follow."""


class AccountsPage(WorksPage):
    """Accounts.

    Signals:
        account_made(AccountPart): the part that shows an account is there: fill it.
        explain_wanted, statement_wanted, contacts_wanted, history_wanted: F8, F6, F7, Ctrl+H.
        task_wanted, letter_wanted: Ctrl+N, F9.

    Keys: F8 explain, F6 statement, F7 contact details, Ctrl+J change, Ctrl+F find, Ctrl+L ledger, Ctrl+B by week, Ctrl+M notes,
    Ctrl+D documents, Ctrl+T tasks, Ctrl+N new task, Ctrl+H who changed the account, Ctrl+PgDown the next section.
    """

    account_made = Signal(object)
    explain_wanted = Signal()
    statement_wanted = Signal()
    task_wanted = Signal()
    contacts_wanted = Signal()
    letter_wanted = Signal()
    history_wanted = Signal()
    office_everywhere = True

    def __init__(
        self, today: date, year_of: Callable[[date], RentYear] = rent_year, offered: Offered | None = None
    ) -> None:
        areas = frozenset({"rent", "ledger", "charges", "diary", "documents", "holds"})
        super().__init__("Accounts", areas=areas, help_topic="rent", offered=offered or Offered())
        self._today = today
        self._year_of = year_of
        self._account: AccountPart | None = None
        self._shown = False
        self._declared = ""
        self.finder = Finder()
        self._add_actions()
        self.offer_works("Change", "Everything that can be done to the account")
        self._arrange()
        self._more_keys()
        self.setFocusProxy(self.finder.text)
        self.offer_sections("Accounts", "account-group-outline", self._whole)

    @property
    def account(self) -> AccountPart:
        """The part that shows an account, made if it isn't there."""
        return self._account or self.make_account()

    def make_account(self) -> AccountPart:
        """Make the part that shows an account, unless it is there: the list is to be seen before it."""
        from app.views.rent.account import AccountPart

        if self._account is not None:
            return self._account
        buttons = [
            self.make_menu_button("pencil-outline"),
            action_button(self._contacts, icon="card-account-phone-outline"),
            action_button(self._letter, icon="email-edit-outline"),
            action_button(self._statement, role="primary", icon="file-document-outline"),
        ]
        made = self._account = AccountPart(buttons, self._today, self._year_of, self.offered.parts)
        made.setMinimumWidth(_LEAST_RIGHT)
        made.shown.connect(self._show_account)
        made.stack(stacked=self._is_narrow())
        self._whole.replaceWidget(1, made)
        self._whole.setStretchFactor(1, 1)
        self._empty.deleteLater()
        self.account_made.emit(made)
        return made

    def _add_actions(self) -> None:
        """What can be done with the account, each with its key."""
        self._explain = self.add_key(
            "F8", "Explain", self.explain_wanted.emit, tip="Explain the balance, at the chosen line's date"
        )
        self._statement = self.add_key(
            "F6", "Statement", self.statement_wanted.emit, tip="Preview, print or save a statement"
        )
        self._letter = self.add_key(
            "F9", "Letter", self.letter_wanted.emit, tip="Write a letter, e-mail or text message"
        )
        self._contacts = self.add_key(
            "F7", "Contact", self.contacts_wanted.emit, tip="Change how the people are reached"
        )
        history = self.add_key(
            "Ctrl+H",
            "Who changed this account",
            self.history_wanted.emit,
            tip="Every change of it and of what hangs on it",
        )
        task = self.add_key("Ctrl+N", "New task", self.task_wanted.emit, tip="A task about this account")
        self._account_actions: tuple[QAction, ...] = (
            self._explain,
            self._statement,
            self._contacts,
            history,
            self._letter,
            task,
        )
        for action in self._account_actions:
            action.setEnabled(False)

    def _show_account(self, shown: bool) -> None:
        """An account is shown, or none is."""
        self._shown = shown
        for action in self._account_actions:
            action.setEnabled(shown)
        self.allow()

    # What can be done

    def fits(self, work: Work) -> bool:
        """The works of an account, while one is shown that the officer may work on."""
        return work.about is About.OFFICE or (self._shown and not self._declared)

    def why_not(self) -> str:
        """There is no account to work on, or it is the officer's own."""
        return self._declared if self._shown and self.sections.key == FIRST else "Open an account to change it."

    def declare(self, declared: str) -> None:
        """Say why the officer may not work on the account that is shown; nothing where they may."""
        self._declared = declared
        self.allow()

    def _arrange(self) -> None:
        self._empty = QWidget()
        self._empty.setObjectName("canvas")
        self._empty.setMinimumWidth(_LEAST_RIGHT)
        self._whole = QSplitter(Qt.Orientation.Horizontal)
        self._whole.addWidget(self.finder)
        self._whole.addWidget(self._empty)
        self._whole.setStretchFactor(1, 1)
        self._whole.setSizes([scaled(508), scaled(892)])
        self._whole.setHandleWidth(scaled(12))
        self._whole.setChildrenCollapsible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the sum under the ledger where large text leaves no room beside it; the account then scrolls."""
        super().resizeEvent(event)
        self._stack()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Larger text, less room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._stack()

    def _stack(self) -> None:
        if self._account is not None:
            self._account.stack(stacked=self._is_narrow())

    def _is_narrow(self) -> bool:
        return self.width() < scaled(_LEAST_ABREAST)

    def _more_keys(self) -> None:
        self.add_key("Ctrl+F", "Find an account", self._find)
        self.tell_key("Down, Up", "In the finder: the next or the previous account")
        more = ((part.keys, part.title) for part in self.offered.parts)
        for at, (keys, does) in enumerate((*_PARTS, *more)):
            self.add_key(keys, does, partial(self._open_part, at))

    def _find(self) -> None:
        self.finder.text.setFocus()
        self.finder.text.selectAll()

    def _open_part(self, at: int) -> None:
        self.account.open_part(at)
