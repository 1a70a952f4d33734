"""The Accounts page: the list, and beside it the account that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.services.core.calendars import RentYear, rent_year
from app.services.core.changes import Changes
from app.views.common.page import Page
from app.views.common.parts import action_button, column
from app.views.common.sections import FIRST, Sections
from app.views.common.theme import scaled
from app.views.rent.finder import Finder
from app.views.rent.works import About, Part, Register, Work

if TYPE_CHECKING:
    from app.views.common.works_panel import WorksPanel
    from app.views.rent.account import AccountPart

_HELP = "rent"
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


@dataclass(frozen=True, slots=True)
class Offered:
    """What an officer may do, see and open on the page beside the account itself."""

    works: tuple[Work, ...] = ()
    registers: tuple[Register, ...] = ()
    parts: tuple[Part, ...] = ()


class AccountsPage(Page):
    """Accounts.

    Signals:
        account_made(AccountPart): the part that shows an account is there: fill it.
        explain_wanted, statement_wanted, contacts_wanted, history_wanted: F8, F6, F7, Ctrl+H.
        work_wanted(Work): the officer wants to do something.
        register_wanted(key): a register is opened that has no page yet: answer with `put_register`.

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
    work_wanted = Signal(object)
    register_wanted = Signal(str)

    def __init__(
        self, today: date, year_of: Callable[[date], RentYear] = rent_year, offered: Offered | None = None
    ) -> None:
        super().__init__(
            "Accounts", areas=frozenset({"rent", "ledger", "charges", "diary", "documents", "holds"}), help_topic=_HELP
        )
        self._today = today
        self._year_of = year_of
        self._offered = offered or Offered()
        self._account: AccountPart | None = None
        self._works: dict[Work, QAction] = {}
        self._panel: WorksPanel | None = None
        self._declared = ""
        self.finder = Finder()
        self._add_actions()
        self._add_works()
        self._arrange()
        self._more_keys()
        self.setFocusProxy(self.finder.text)
        self._own = (tuple(self.actions()), tuple(self.keys))
        self._add_sections()

    @property
    def account(self) -> AccountPart:
        """The part that shows an account, made if it isn't there."""
        return self._account or self.make_account()

    def make_account(self) -> AccountPart:
        """Make the part that shows an account, unless it is there: the list is to be seen before it."""
        from app.views.rent.account import AccountPart

        if self._account is not None:
            return self._account
        self._change_button = action_button(self._change, icon="pencil-outline")
        self._change_button.setVisible(bool(self._works))
        buttons = [
            self._change_button,
            action_button(self._contacts, icon="card-account-phone-outline"),
            action_button(self._letter, icon="email-edit-outline"),
            action_button(self._statement, role="primary", icon="file-document-outline"),
        ]
        made = self._account = AccountPart(buttons, self._today, self._year_of, self._offered.parts)
        made.setMinimumWidth(_LEAST_RIGHT)
        made.shown.connect(self._allow)
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
        self._allow(False)

    def _allow(self, shown: bool) -> None:
        for action in self._account_actions:
            action.setEnabled(shown)
        for work, action in self._works.items():
            action.setEnabled(work.about is About.OFFICE or (shown and not self._declared))

    # What can be done

    def _add_works(self) -> None:
        """Every work is a command of the page; those with a key of their own have it here."""
        self._change = self.add_key(
            "Ctrl+J", "Change", self.open_works, tip="Everything that can be done to the account"
        )
        self._change.setVisible(bool(self._offered.works))
        for work in self._offered.works:
            wanted = partial(self.work_wanted.emit, work)
            if work.keys:
                action = self.add_key(work.keys, work.title, wanted)
            else:
                action = QAction(work.title, self)
                action.triggered.connect(lambda _on=False, wanted=wanted: wanted())
                self.addAction(action)
            self._works[work] = action
        self._allow(False)

    def declare(self, declared: str) -> None:
        """Say why the officer may not work on the account that is shown; nothing where they may."""
        self._declared = declared
        self._allow(self._statement.isEnabled())

    def open_works(self) -> None:
        """Ctrl+J: the panel of everything that can be done."""
        from app.views.common.works_panel import WorksPanel

        if self._panel is None:
            self._panel = WorksPanel(self, self._works)
        opened = self._statement.isEnabled() and self.sections.key == FIRST
        why = self._declared if opened else "Open an account to change it."
        button = self._change_button if self._account is not None and opened else None
        self._panel.begin(button, why)

    # Sections

    def _add_sections(self) -> None:
        if self._offered.registers:
            self.add_key("Ctrl+PgDown", "Next section", partial(self.sections.step, 1))
            self.add_key("Ctrl+PgUp", "Last section", partial(self.sections.step, -1))
        for register in self._offered.registers:
            action = QAction(f"Accounts: {register.title}", self)
            action.triggered.connect(partial(self.sections.open, register.key))
            self.addAction(action)
        self._always = [key for key in self.keys if key not in self._own[1]]

    def put_register(self, key: str, page: Page) -> None:
        """Give a register its page."""
        self.sections.put(key, page)

    def take_changes(self, changes: Changes) -> None:
        """The registers catch up by themselves."""
        super().take_changes(changes)
        for page in self.sections.pages:
            page.take_changes(changes)

    def _turned(self, key: str) -> None:
        """Another section is shown: its keys take the place of those of the last."""
        page = self.sections.page
        own = self._own[0]
        for register in self.sections.pages:
            for action in register.actions():
                self.removeAction(action)
        for action in own:
            if page is None or self._goes_on(action):
                self.addAction(action)
            else:
                self.removeAction(action)
        if page is not None:
            self.addActions(page.actions())
        self.keys[:] = [*(page.keys if page else self._own[1]), *self._always]
        self.help_topic = page.help_topic if page else _HELP
        self._begins = page or self.finder.text
        for work, action in self._works.items():
            if work.about is About.ACCOUNT and page is not None:
                action.setEnabled(False)
        if page is None:
            self._allow(self._statement.isEnabled())
        if self.isVisible():
            self.setFocus()

    def _goes_on(self, action: QAction) -> bool:
        """Whether a command of the accounts is of use beside a register: the menu, and works without an account."""
        office = (each for work, each in self._works.items() if work.about is About.OFFICE)
        return action is self._change or action in office

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
        self.sections = Sections("Accounts", "account-group-outline", self._whole, self._offered.registers)
        self.sections.register_wanted.connect(self.register_wanted)
        self.sections.opened.connect(self._turned)
        column(self, self.sections, margin=14)

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
        more = ((part.keys, part.title) for part in self._offered.parts)
        for at, (keys, does) in enumerate((*_PARTS, *more)):
            self.add_key(keys, does, partial(self._open_part, at))

    def _find(self) -> None:
        self.finder.text.setFocus()
        self.finder.text.selectAll()

    def _open_part(self, at: int) -> None:
        self.account.open_part(at)
