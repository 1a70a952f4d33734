"""The Accounts page: the list, the account, its ledger and why its balance is what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QSplitter, QWidget

from app.services.core.calendars import RentYear, rent_year
from app.services.ledger.dto import Explanation, LedgerPage
from app.services.rent.dto import AccountHeader, ChargeRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.documents import DocumentsPanel
from app.views.common.notes import NotesPart
from app.views.common.page import Page
from app.views.common.parts import action_button, column, scrolled
from app.views.common.tasks_panel import TasksPanel
from app.views.common.theme import scaled
from app.views.rent.finder import Finder
from app.views.rent.header import HeaderCard
from app.views.rent.ledger import LedgerCard
from app.views.rent.table import CHARGES
from app.views.rent.why import WhyPanel

_LEAST_RIGHT = 860
_LEAST_ABREAST = 1_000
"""A narrower page, in pixels at 100 per cent, has the sum under the ledger."""
_ABREAST, _STACKED = 240, 640
"""The least height of the ledger and the sum, side by side and one under the other."""


class AccountsPage(Page):
    """Accounts.

    Signals:
        explain_wanted, statement_wanted, contacts_wanted, history_wanted: F8, F6, F7, Ctrl+H.

    Keys: F8 explain, F6 statement, F7 contact details, Ctrl+F find, Ctrl+L ledger, Ctrl+B by week, Ctrl+M notes, Ctrl+D documents,
    Ctrl+T tasks, Ctrl+N new task, Ctrl+H who changed the account.
    """

    explain_wanted = Signal()
    statement_wanted = Signal()
    task_wanted = Signal()
    contacts_wanted = Signal()
    letter_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, today: date, year_of: Callable[[date], RentYear] = rent_year) -> None:
        super().__init__(
            "Accounts", areas=frozenset({"rent", "ledger", "charges", "diary", "documents", "holds"}), help_topic="rent"
        )
        self.finder = Finder()
        self.header = HeaderCard(self._actions())
        self.ledger = LedgerCard(today, year_of)
        self._add_parts()
        self.why = WhyPanel(today)
        self._arrange()
        self._more_keys()
        self.explain_wanted.connect(lambda: self._right.ensureWidgetVisible(self.why))
        self.ledger.line_opened.connect(lambda _row: self.explain_wanted.emit())
        self.setFocusProxy(self.finder.text)
        self.show_nothing()

    def _actions(self) -> list[QPushButton]:
        """What can be done with the account, each with its key; the buttons of the commonest."""
        explain = self.add_key(
            "F8", "Explain", self.explain_wanted.emit, tip="Explain the balance, at the chosen line's date"
        )
        statement = self.add_key(
            "F6", "Statement", self.statement_wanted.emit, tip="Preview, print or save a statement"
        )
        letter = self.add_key("F9", "Letter", self.letter_wanted.emit, tip="Write a letter, e-mail or text message")
        contacts = self.add_key("F7", "Contact", self.contacts_wanted.emit, tip="Change how the people are reached")
        history = self.add_key(
            "Ctrl+H",
            "Who changed this account",
            self.history_wanted.emit,
            tip="Every change of it and of what hangs on it",
        )
        task = self.add_key("Ctrl+N", "New task", self.task_wanted.emit, tip="A task about this account")
        self._account_actions = (explain, statement, contacts, history, letter, task)
        return [
            action_button(contacts, icon="card-account-phone-outline"),
            action_button(letter, icon="email-edit-outline"),
            action_button(explain, icon="help-circle-outline"),
            action_button(statement, role="primary", icon="file-document-outline"),
        ]

    def _add_parts(self) -> None:
        """The parts of the account behind its ledger."""
        self.notes = NotesPart()
        self.documents = DocumentsPanel()
        self.tasks = TasksPanel()
        self.charges: ListModel[ChargeRow] = ListModel(CHARGES)
        empty = "Nothing is charged on this account today."
        self.charges_table = DataTable("Charges in force", self.charges, stretch="what", empty=empty)
        self.charges_table.title = lambda: f"Charges in force on {self.ledger.about}"
        self._charges_at = self.ledger.add_part("Charges", self.charges_table)
        self._notes_at = self.ledger.add_part("Notes", self.notes)
        self._documents_at = self.ledger.add_part("Documents", self.documents)
        self._tasks_at = self.ledger.add_part("Tasks", self.tasks)

    def show_closed(self) -> None:
        """The account is a restricted record, and not the officer's to open."""
        self.show_nothing()
        self.header.clear(
            "Restricted record", "Only named officers may open it. If you need it for your work, ask your team leader."
        )

    def show_nothing(self) -> None:
        """No account is open."""
        self.header.clear()
        self.ledger.clear()
        self.why.clear()
        self.notes.show_notes(())
        self.documents.show_documents(())
        self.tasks.show_tasks(())
        self.ledger.setEnabled(False)
        for action in self._account_actions:
            action.setEnabled(False)

    def show_header(self, header: AccountHeader) -> None:
        """Show an account's header."""
        about = f"{header.reference}, {header.name}"
        if about != self.ledger.about:  # who it is, is seen first where the page scrolls
            self._right.verticalScrollBar().setValue(0)
        self.ledger.about = about
        self.header.show_header(header)
        self.charges.show_rows(header.charges)
        self.ledger.setEnabled(True)
        for action in self._account_actions:
            action.setEnabled(True)

    def show_ledger(self, page: LedgerPage) -> None:
        """Show its lines."""
        self.ledger.show_ledger(page)

    def show_explanation(self, found: Explanation) -> None:
        """Show its balance as a sum, and the weeks of it."""
        self.why.show_explanation(found)
        self.ledger.show_weeks(found)

    def show_notes(self, notes: tuple[object, ...]) -> None:
        """Show its notes."""
        self.notes.show_notes(notes)  # type: ignore[arg-type]
        self.ledger.count_part(self._notes_at, len(notes))

    def count_documents(self, count: int) -> None:
        """Say how many documents it has."""
        self.ledger.count_part(self._documents_at, count)

    def count_tasks(self, count: int) -> None:
        """Say how many tasks about it are open."""
        self.ledger.count_part(self._tasks_at, count)

    def _arrange(self) -> None:
        lower = QSplitter(Qt.Orientation.Horizontal)
        self._lower = lower
        lower.addWidget(self.ledger)
        lower.addWidget(self.why)
        lower.setStretchFactor(0, 1)
        lower.setSizes([scaled(616), scaled(304)])
        right = QWidget()
        body = column(right, self.header, lower, spacing=12)
        body.setStretch(1, 1)
        lower.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        right.setObjectName("canvas")
        self._right = scrolled(right)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.finder)
        whole.addWidget(self._right)
        self._right.setMinimumWidth(_LEAST_RIGHT)
        whole.setStretchFactor(1, 1)
        whole.setSizes([scaled(508), scaled(892)])
        for splitter in (lower, whole):
            splitter.setHandleWidth(scaled(12))
            splitter.setChildrenCollapsible(False)
        column(self, whole, margin=14)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the sum under the ledger where large text leaves no room beside it; the page then scrolls."""
        super().resizeEvent(event)
        self._stack()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Larger text, less room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._stack()

    def _stack(self) -> None:
        stacked = self.width() < scaled(_LEAST_ABREAST)
        self.header.put_actions_under(stacked)
        self._lower.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)
        self._lower.setMinimumHeight(scaled(_STACKED if stacked else _ABREAST))

    def _more_keys(self) -> None:
        self.add_key("Ctrl+F", "Find an account", self._find)
        self.tell_key("Down, Up", "In the finder: the next or the previous account")
        parts: tuple[tuple[str, str, int], ...] = (
            ("Ctrl+L", "The ledger", 0),
            ("Ctrl+B", "Sums by week", 1),
            ("Ctrl+G", "Charges in force", self._charges_at),
            ("Ctrl+M", "Notes", self._notes_at),
            ("Ctrl+D", "Documents", self._documents_at),
            ("Ctrl+T", "Tasks", self._tasks_at),
        )
        for keys, does, at in parts:
            self.add_key(keys, does, partial(self._open_part, at))

    def _find(self) -> None:
        self.finder.text.setFocus()
        self.finder.text.selectAll()

    def _open_part(self, at: int) -> None:
        self.ledger.open_part(at)
        self._right.ensureWidgetVisible(self.ledger)
        fields = (self.ledger.table, self.ledger.weeks_table, self.charges_table, self.notes.text, self.documents.table)
        (*fields, self.tasks.table)[at].setFocus()
