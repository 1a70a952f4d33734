"""What is done with the account that is open: shows, explains, notes, and hands statements and letters on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from app.models.values import Basis, Subject
from app.services.core.errors import UserError
from app.services.core.later import Later
from app.services.rent.dto import AccountHeader
from app.services.workbench.presence import Record
from app.views.common.chart import load_library
from app.views.common.documents_desk import DocumentsDesk
from app.views.common.notes_desk import NotesDesk
from app.views.common.office import Office
from app.views.common.part_desk import PartsOfCard
from app.views.common.tasks import Task
from app.views.common.tasks_of_record import TasksOfRecord
from app.views.rent.account import AccountPart
from app.views.rent.page import AccountsPage

_HEADER = Later("app.services.rent.header", "account_header")
_LEDGER = Later("app.services.ledger.queries", "ledger_page")
_CHARGES = Later("app.services.rent.header", "charge_history")
_EXPLAIN = Later("app.services.ledger.explaining", "explain")


class AccountController(QObject):
    """Joins the part that shows an account to the services; every question runs off the GUI thread.

    Attributes:
        account_id: the account that is open, or None.
        header: what is shown of it, or None while nothing is.
        parts: those that are made when their tabs are first opened.
        person_id: whose contact details F7 shows first, if not the first person's.
    """

    def __init__(self, office: Office, page: AccountsPage, part: AccountPart) -> None:
        super().__init__(part)
        self._office = office
        self._page = page
        self._part = part
        self.account_id: int | None = None
        self.header: AccountHeader | None = None
        self.person_id: int | None = None
        self._asked: dict[str, Task] = {}
        self.parts = PartsOfCard(office, "rent", page.offered.parts, part.ledger)
        self._notes = NotesDesk(office, part.notes, Subject.ACCOUNT, "account")
        self._documents = DocumentsDesk(office, part.documents)
        self._tasks = TasksOfRecord(office, part.tasks)
        office.memory.follow_splitters(part, "rent.account")
        self._join()

    def _join(self) -> None:
        page, part = self._page, self._part
        self._documents.counted.connect(part.count_documents)
        self._tasks.counted.connect(part.count_tasks)
        part.ledger.filter_changed.connect(lambda _filter: self._ask_ledger())
        part.ledger.line_opened.connect(lambda _row: self._explain())
        part.why.asked.connect(lambda _as_at, _basis: self._ask_why())
        part.why.chart.library_wanted.connect(self._load_charts)
        self._notes.counted.connect(part.count_notes)
        page.explain_wanted.connect(self._explain)
        page.statement_wanted.connect(self._open_statement)
        page.letter_wanted.connect(self._write_letter)
        page.contacts_wanted.connect(self._open_contacts)
        page.history_wanted.connect(self._open_history)
        page.task_wanted.connect(self._tasks.new)

    def open(self, account_id: int) -> None:
        """Show an account."""
        self.account_id = account_id
        if self._office.presence:
            record = Record(Subject.ACCOUNT, account_id)
            self._office.presence.watch(self, record, self._part.header.presence.show_others)
        self._part.why.begin_at(self._office.desk.clock.today())
        self.refresh()

    def refresh(self) -> None:
        """Ask for all of it again."""
        if self.account_id is None:
            return
        self._ask("header", _HEADER, self.account_id, then=self._show_header, refused=self._refuse)
        self._ask("charges", _CHARGES, self.account_id, then=self._part.show_charges, refused=self._leave_out)
        self._ask_ledger()
        self._ask_why()
        self._notes.show(self.account_id, self.header)
        self._documents.show_record(Subject.ACCOUNT, self.account_id)

    def _refuse(self, error: UserError) -> None:
        """The account may not be opened: nothing of it is shown, nor of the one before it."""
        self.header = None
        self._page.declare("")
        self.parts.clear()
        self._part.show_closed()
        self._office.messages.bad(error)

    def _leave_out(self, error: UserError) -> None:
        """A part of the page that may not be opened; the header says why, where it was refused too."""
        if self.header is not None and self.header.account_id == self.account_id:
            self._office.messages.bad(error)

    def _show_header(self, header: AccountHeader) -> None:
        self.header = header
        self._page.declare(header.declared)
        self._part.show_header(header)
        self.parts.show(header.account_id, header)
        self._tasks.show_record(Subject.ACCOUNT, header.account_id, f"{header.reference}, {header.name}")

    # The ledger and its sum

    def _ask_ledger(self) -> None:
        if self.account_id is None:
            return
        wanted = self._part.ledger.wanted()
        self._ask(
            "ledger",
            _LEDGER,
            self.account_id,
            wanted.from_on,
            wanted.to_on,
            wanted.kinds,
            then=self._part.show_ledger,
            refused=self._leave_out,
        )

    def _ask_why(self) -> None:
        if self.account_id is None:
            return
        as_at, basis = self._part.why.question()
        self._ask(
            "why",
            _EXPLAIN,
            self.account_id,
            as_at,
            Basis(basis),
            then=self._part.show_explanation,
            refused=self._leave_out,
        )

    def _explain(self) -> None:
        """F8: at the date of the line that the officer is on, else as the panel says; then on to the panel's date."""
        line = self._part.ledger.line()
        if self._part.ledger.table.hasFocus() and line is not None and line.on is not None:
            self._part.why.set_date(line.on)
        self._ask_why()
        self._part.show_why()
        self._part.why.as_at.setFocus(Qt.FocusReason.TabFocusReason)

    def _load_charts(self) -> None:
        chart = self._part.why.chart
        self._office.elsewhere(self, load_library, then=lambda _done: chart.draw())

    def _open_contacts(self) -> None:
        from app.views.rent.controller.contacts import ContactController

        if self.header is not None and self.header.people:
            ContactController(self._office, self._page, self.header, self.person_id)

    def _open_statement(self) -> None:
        from app.views.rent.controller.statement import StatementController

        if self.header is not None:
            StatementController(self._office, self._page, self.header)

    def _write_letter(self) -> None:
        from app.views.common.fields_pickers import Picked
        from app.views.common.letter_sheet import write_letter

        if self.header is not None:
            shown = self.header
            write_letter(self._office, self._page, Picked(shown.account_id, shown.name, f"Account {shown.reference}"))

    def _open_history(self) -> None:
        from app.views.rent.controller.history import show_history

        if self.header is not None:
            show_history(self, self._office, self._page, self.header)

    def _ask(self, what: str, query: Any, *args: Any, then: Any, **named: Any) -> None:
        """Ask; a question of the same kind that is still being asked is dropped."""
        before = self._asked.get(what)
        self._asked[what] = self._office.ask(self, query, *args, then=then, instead_of=before, **named)
